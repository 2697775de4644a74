-- The record of actions.

-- name: audit_last
SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_add!
INSERT INTO audit (id, at, by, action, subject, detail, previous, digest)
VALUES (:id, :at, :by, :action, :subject, :detail, :previous, :digest);

-- name: audit_all
SELECT * FROM audit ORDER BY id;

-- name: audit_digests
-- The digests of the entries whose numbers are in :ids (a JSON list).
SELECT id, digest FROM audit WHERE id IN (SELECT value FROM json_each(:ids));

-- name: audit_found
-- Entries before number :before, newest first, with the name of whoever acted. An empty text, or no list of
-- logins, asks for nothing. With a list of logins the details of actions that are not among :without_figures (a JSON
-- list) read :withheld, and cannot be found by their words: they may speak of regions one may not see (any more).
SELECT a.id, a.at, a.by, coalesce(c.name, '') AS name, a.action, a.subject, a.detail, a.digest
FROM (
    SELECT id, at, by, action, subject, digest,
           CASE WHEN :logins IS NULL OR by = :me OR action IN (SELECT value FROM json_each(:without_figures))
                THEN detail ELSE :withheld END AS detail
    FROM audit
) AS a LEFT JOIN account AS c ON c.login = a.by
WHERE a.id < :before AND a.at >= :first AND a.at < :last
  AND (:logins IS NULL OR a.by IN (SELECT value FROM json_each(:logins)))
  AND (:who = '' OR instr(lower(a.by), :who) OR instr(lower(c.name), :who))
  AND (:action = '' OR a.action = :action)
  AND (:subject = '' OR instr(a.subject, :subject))
  AND (:words = '' OR instr(a.detail, :words))
  AND (:refused = 0 OR instr(a.detail, '"refused"') AND json_valid(a.detail)
       AND json_extract(a.detail, '$.refused') IS NOT NULL)
ORDER BY a.id DESC LIMIT :limit;

-- name: audit_last_done
-- The last entry of an action on a subject that tells :told, as those do not that were refused.
SELECT id, detail FROM audit WHERE action = :action AND subject = :subject AND instr(detail, :told) ORDER BY id DESC LIMIT 1;
