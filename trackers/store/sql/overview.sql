-- What 总览, and every judgement made for today, reads.

-- name: plan_series
-- Every series of a plan that has a figure or had one: its id, indicator and region.
SELECT series_id, indicator, region FROM place WHERE plan = :plan ORDER BY series_id;

-- name: overview_standings
-- The maintained row of every series of a plan.
SELECT s.indicator, s.region, t.*
FROM standing AS t JOIN place AS s ON s.series_id = t.series_id
WHERE s.plan = :plan ORDER BY t.series_id;
