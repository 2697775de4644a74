-- What 总览, and every judgement made for today, reads.

-- name: plan_series
-- Every series of a plan that has a figure or had one: its id, indicator and region.
SELECT series_id, indicator, region FROM place WHERE plan = :plan ORDER BY series_id;

-- name: standing_rows
-- The maintained rows of the indicators in :indicators (a JSON list of ids): how many, and their bytes in a row. Bytes in UTF-8
-- are strung together by group_concat as they are.
SELECT count(*) AS rows, cast(coalesce(group_concat(t.packed, ''), '') AS BLOB) AS packed
FROM json_each(:indicators) AS j
CROSS JOIN series AS s ON s.indicator_id = j.value
CROSS JOIN standing AS t ON t.series_id = s.id;

-- name: standing_rows_among
-- As standing_rows, but with the rows of others that lie between: for a whole plan they are read one after the other.
SELECT count(*) AS rows, cast(coalesce(group_concat(t.packed, ''), '') AS BLOB) AS packed
FROM (
    SELECT min((SELECT min(id) FROM series WHERE indicator_id = j.value)) AS first,
        max((SELECT max(id) FROM series WHERE indicator_id = j.value)) AS last
    FROM json_each(:indicators) AS j
) AS own
CROSS JOIN standing AS t ON t.series_id BETWEEN own.first AND own.last;

-- name: standing_rows_in
-- As standing_rows, but of the regions in :regions (a JSON list of codes) alone.
SELECT count(*) AS rows, cast(coalesce(group_concat(t.packed, ''), '') AS BLOB) AS packed
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
