-- Evidence files: what is kept of each, and who has to do with it. The bytes lie beside the database.

-- name: evidence_file
SELECT kind, size FROM evidence_file WHERE digest = :digest;

-- name: evidence_files
SELECT digest FROM evidence_file ORDER BY digest;

-- name: keep_evidence_file!
INSERT INTO evidence_file (digest, kind, size, at, by) VALUES (:digest, :kind, :size, :at, :by)
ON CONFLICT (digest) DO NOTHING;

-- name: evidence_named_by
-- The plans and regions of the reports, of whatever state and revision, and of the answers to orders that name the file.
SELECT s.plan, s.region
FROM report_file AS f JOIN place AS s ON s.series_id = f.series_id
WHERE f.digest = :digest
UNION
SELECT p.code, g.code
FROM supervision_file AS f
JOIN supervision_order AS o ON o.id = f.order_id
JOIN indicator AS i ON i.id = o.indicator_id
JOIN plan AS p ON p.id = i.plan_id
JOIN region AS g ON g.id = o.region_id
WHERE f.digest = :digest;

-- name: evidence_added
-- Whether the person added the file, as the record says: the same content may have been added by several.
SELECT 1 AS found FROM audit WHERE action = 'add_evidence' AND subject = :digest AND by = :login
  AND json_valid(detail) AND json_extract(detail, '$.refused') IS NULL LIMIT 1;
