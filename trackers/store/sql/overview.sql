-- What 总览, and every judgement made for today, reads.

-- name: plan_series
-- Every series of a plan that has a figure or had one: its id, indicator and region.
SELECT series_id, indicator, region FROM place WHERE plan = :plan ORDER BY series_id;

-- name: standing_rows
-- The maintained row of every series of the indicators in :indicators (a JSON list of ids), in numbers: which indicator and
-- region, and what is kept of it.
SELECT s.indicator_id, s.region_id, t.series_id, t.n, t.first_value AS first, t.first_day, t.value, t.numerator, t.denominator,
       t.day, t.period, t.previous, t.sum_x, t.sum_y, t.sum_xx, t.sum_xy, t.sum_yy, t.demo, t.unreviewed
FROM json_each(:indicators) AS j
CROSS JOIN series AS s ON s.indicator_id = j.value
CROSS JOIN standing AS t ON t.series_id = s.id;

-- name: standing_rows_in
-- As standing_rows, but of the regions in :regions (a JSON list of codes) alone.
SELECT s.indicator_id, s.region_id, t.series_id, t.n, t.first_value AS first, t.first_day, t.value, t.numerator, t.denominator,
       t.day, t.period, t.previous, t.sum_x, t.sum_y, t.sum_xx, t.sum_xy, t.sum_yy, t.demo, t.unreviewed
FROM json_each(:regions) AS j
CROSS JOIN region AS g ON g.code = j.value
CROSS JOIN plan AS p ON p.code = :plan
CROSS JOIN indicator AS i ON i.plan_id = p.id
CROSS JOIN series AS s ON s.indicator_id = i.id AND s.region_id = g.id
CROSS JOIN standing AS t ON t.series_id = s.id;

-- name: indicator_numbers
-- Every indicator of a plan, with the number that changes with its approved figures.
SELECT i.id, i.code, i.figures FROM indicator AS i JOIN plan AS p ON p.id = i.plan_id WHERE p.code = :plan;

-- name: region_numbers
SELECT id, code FROM region;
