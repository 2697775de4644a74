-- When figures are taken.

-- name: entry_said
-- All that was said about one level's period, and until when one region may hand in later.
SELECT w.opens, w.deadline, w.closed, w.reason, r.working_days,
       (SELECT max(e.until) FROM entry_exception AS e JOIN region AS g ON g.id = e.region_id
        WHERE e.plan_id = p.id AND g.code = :region AND e.period = :period) AS until
FROM plan AS p
LEFT JOIN entry_window AS w ON w.plan_id = p.id AND w.level = :level AND w.period = :period
LEFT JOIN entry_rule AS r ON r.plan_id = p.id AND r.level = :level
WHERE p.code = :plan;

-- name: entry_windows
-- What was said about a plan's periods, one by one.
SELECT w.level, w.period, w.opens, w.deadline, w.closed, w.reason, NULL AS working_days
FROM entry_window AS w JOIN plan AS p ON p.id = w.plan_id
WHERE p.code = :plan ORDER BY w.period, w.level;

-- name: entry_rules
SELECT r.level, r.working_days FROM entry_rule AS r JOIN plan AS p ON p.id = r.plan_id
WHERE p.code = :plan ORDER BY r.level;

-- name: entry_exceptions
-- Who may hand in later, with reason and end, the newest first.
SELECT g.code AS region, e.period, e.until, e.reason, e.at, e.by, coalesce(c.name, e.by) AS by_name
FROM entry_exception AS e
JOIN plan AS p ON p.id = e.plan_id
JOIN region AS g ON g.id = e.region_id
LEFT JOIN account AS c ON c.login = e.by
WHERE p.code = :plan ORDER BY e.id DESC;

-- name: keep_entry_window!
INSERT INTO entry_window (plan_id, level, period, opens, deadline, closed, reason)
SELECT id, :level, :period, :opens, :deadline, :closed, :reason FROM plan WHERE code = :plan
ON CONFLICT (plan_id, level, period) DO UPDATE SET opens = excluded.opens, deadline = excluded.deadline,
    closed = excluded.closed, reason = excluded.reason;

-- name: keep_entry_rule!
INSERT INTO entry_rule (plan_id, level, working_days)
SELECT id, :level, :working_days FROM plan WHERE code = :plan
ON CONFLICT (plan_id, level) DO UPDATE SET working_days = excluded.working_days;

-- name: add_entry_exception!
INSERT INTO entry_exception (plan_id, region_id, period, until, reason, at, by)
SELECT p.id, g.id, :period, :until, :reason, :at, :by FROM plan AS p, region AS g
WHERE p.code = :plan AND g.code = :region;

-- name: handed_in_for
-- What became of a plan's figures of :periods (a JSON list) in :regions (a JSON list, or null for all): whether one was
-- approved, the newest revision, the newest that waits, and when the first that was not returned came.
SELECT i.code AS indicator, g.code AS region, r.period, max(r.revision) AS newest,
       max(CASE WHEN r.approved_at IS NOT NULL THEN r.revision END) AS approved,
       max(CASE WHEN r.approved_at IS NULL AND r.review_id IS NULL THEN r.revision END) AS waiting,
       min(CASE WHEN r.approved_at IS NOT NULL OR r.review_id IS NULL THEN b.at END) AS first_at
FROM plan AS p
JOIN indicator AS i ON i.plan_id = p.id
JOIN series AS s ON s.indicator_id = i.id
JOIN region AS g ON g.id = s.region_id
JOIN report AS r ON r.series_id = s.id AND r.period IN (SELECT value FROM json_each(:periods))
JOIN batch AS b ON b.id = r.batch_id
WHERE p.code = :plan AND (:regions IS NULL OR g.code IN (SELECT value FROM json_each(:regions)))
GROUP BY i.code, g.code, r.period;

-- name: waiting_counted
-- Figures that wait for a review and were not handed in by :login, counted by plan, region and period.
SELECT s.plan, s.region, r.period, count(*) AS number, min(b.at) AS oldest
FROM report AS r
JOIN batch AS b ON b.id = r.batch_id
JOIN place AS s ON s.series_id = r.series_id
WHERE r.approved_at IS NULL AND r.review_id IS NULL AND b.by <> :login
  AND NOT EXISTS (SELECT 1 FROM report AS n
                  WHERE n.series_id = r.series_id AND n.period = r.period AND n.revision > r.revision)
GROUP BY s.plan, s.region, r.period;

-- name: returned_open
-- Figures given back that nobody has mended yet, with what the reviewer said.
SELECT s.plan, s.indicator, s.region, r.period, v.at, v.comment
FROM report AS r
JOIN review AS v ON v.id = r.review_id
JOIN place AS s ON s.series_id = r.series_id
WHERE r.approved_at IS NULL AND r.review_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM report AS n
                  WHERE n.series_id = r.series_id AND n.period = r.period AND n.revision > r.revision)
ORDER BY s.plan, s.region, r.period, s.indicator;
