-- What 总览, and every judgement made for today, reads.

-- name: plan_series
-- Every series of a plan that has a figure or had one: its id, indicator and region.
SELECT s.id AS series_id, i.code AS indicator, r.code AS region
FROM series AS s
JOIN indicator AS i ON i.id = s.indicator_id
JOIN plan AS p ON p.id = i.plan_id
JOIN region AS r ON r.id = s.region_id
WHERE p.code = :plan ORDER BY s.id;

-- name: overview_standings
-- The maintained row of every series of a plan.
SELECT i.code AS indicator, r.code AS region, t.*
FROM standing AS t
JOIN series AS s ON s.id = t.series_id
JOIN indicator AS i ON i.id = s.indicator_id
JOIN plan AS p ON p.id = i.plan_id
JOIN region AS r ON r.id = s.region_id
WHERE p.code = :plan ORDER BY s.id;
