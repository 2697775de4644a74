-- The record of actions.

-- name: audit_last
SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_add!
INSERT INTO audit (id, at, by, action, subject, detail, previous, digest)
VALUES (:id, :at, :by, :action, :subject, :detail, :previous, :digest);

-- name: audit_all
SELECT * FROM audit ORDER BY id;
