-- What people have typed into sheets and not handed in.

-- name: draft
SELECT d.document, d.at
FROM draft AS d
JOIN account AS a ON a.id = d.account_id
JOIN plan AS p ON p.id = d.plan_id
JOIN region AS g ON g.id = d.region_id
WHERE a.login = :login AND p.code = :plan AND g.code = :region AND d.period = :period;

-- name: drafts
-- Every draft of one person, the one touched last first.
SELECT p.code AS plan, g.code AS region, d.period, d.document, d.at
FROM draft AS d
JOIN account AS a ON a.id = d.account_id
JOIN plan AS p ON p.id = d.plan_id
JOIN region AS g ON g.id = d.region_id
WHERE a.login = :login ORDER BY d.at DESC, p.code, g.code, d.period;

-- name: keep_draft!
INSERT INTO draft (account_id, plan_id, region_id, period, document, at)
SELECT a.id, p.id, g.id, :period, :document, :at FROM account AS a, plan AS p, region AS g
WHERE a.login = :login AND p.code = :plan AND g.code = :region
ON CONFLICT DO UPDATE SET document = excluded.document, at = excluded.at;

-- name: drop_draft!
DELETE FROM draft
WHERE account_id = (SELECT id FROM account WHERE login = :login)
  AND plan_id = (SELECT id FROM plan WHERE code = :plan)
  AND region_id = (SELECT id FROM region WHERE code = :region) AND period = :period;
