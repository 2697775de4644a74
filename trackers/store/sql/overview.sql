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

-- name: plan_counts
-- How many reports, series with a figure and demonstration series each plan has.
SELECT p.code AS plan, count(t.series_id) AS series, coalesce(sum(t.n), 0) AS reports,
       coalesce(max(t.demo), 0) AS demo, max(t.day) AS latest_day
FROM plan AS p
LEFT JOIN indicator AS i ON i.plan_id = p.id
LEFT JOIN series AS s ON s.indicator_id = i.id
LEFT JOIN standing AS t ON t.series_id = s.id
GROUP BY p.code ORDER BY p.code;
