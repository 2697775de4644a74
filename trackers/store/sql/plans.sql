-- Plans, regions and published figures: kept as the JSON of their models.

-- name: plans
SELECT code, document, digest FROM plan ORDER BY id;

-- name: regions
SELECT code, document FROM region ORDER BY code;

-- name: keep_region!
INSERT INTO region (code, document) VALUES (:code, :document)
ON CONFLICT (code) DO UPDATE SET document = excluded.document;

-- name: keep_plan!
INSERT INTO plan (code, document, digest) VALUES (:code, :document, :digest)
ON CONFLICT (code) DO UPDATE SET document = excluded.document, digest = excluded.digest;

-- name: keep_indicator!
INSERT INTO indicator (plan_id, code) SELECT id, :indicator FROM plan WHERE code = :plan ON CONFLICT DO NOTHING;

-- name: published
SELECT q.document FROM published AS q
JOIN indicator AS i ON i.id = q.indicator_id JOIN plan AS p ON p.id = i.plan_id
WHERE p.code = :plan ORDER BY q.id;

-- name: keep_published!
INSERT INTO published (indicator_id, document)
SELECT i.id, :document FROM indicator AS i JOIN plan AS p ON p.id = i.plan_id
WHERE p.code = :plan AND i.code = :indicator
ON CONFLICT DO NOTHING;

-- name: loaded
-- What the database was filled with.
SELECT what, digest FROM loaded;

-- name: keep_loaded!
INSERT INTO loaded (what, digest) VALUES (:what, :digest)
ON CONFLICT (what) DO UPDATE SET digest = excluded.digest;
