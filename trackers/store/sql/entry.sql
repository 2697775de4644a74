-- What an entry sheet shows beside the cells to be filled.

-- name: review_comments
-- The decisions in :ids (a JSON list): what the reviewer said, who, and when.
SELECT v.id, v.comment, coalesce(c.name, v.by) AS by, v.at
FROM review AS v LEFT JOIN account AS c ON c.login = v.by
WHERE v.id IN (SELECT value FROM json_each(:ids));
