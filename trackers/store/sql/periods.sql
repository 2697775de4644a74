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
