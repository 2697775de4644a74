-- The one place that says what a series' row is made of: used to keep the maintained rows, to judge a past
-- day, and to check that the two agree. `pick` chooses, of the reports observed on one day, the latest period
-- and revision; x counts days from 2020-01-01 (18262), as trackers.assessment.trend does.

-- name: standings_from_log
-- Standings of the series in :series (a JSON list) from reports observed by :day and approved by :known.
WITH picked AS (
    SELECT r.*, b.demo, CASE WHEN b.reviewed OR r.review_id IS NOT NULL THEN 0 ELSE 1 END AS unreviewed,
           row_number() OVER (PARTITION BY r.series_id, r.observed ORDER BY r.period DESC, r.revision DESC) AS pick
    FROM report AS r JOIN batch AS b ON b.id = r.batch_id
    WHERE r.series_id IN (SELECT value FROM json_each(:series))
      AND r.observed <= :day AND r.approved_at <= :known
), ordered AS (
    SELECT *, row_number() OVER (PARTITION BY series_id ORDER BY observed) AS forth,
           row_number() OVER (PARTITION BY series_id ORDER BY observed DESC) AS back
    FROM picked WHERE pick = 1
)
SELECT series_id, count(*) AS n,
       max(CASE WHEN forth = 1 THEN value END) AS first_value,
       max(CASE WHEN forth = 1 THEN observed END) AS first_day,
       max(CASE WHEN back = 1 THEN value END) AS value,
       max(CASE WHEN back = 1 THEN numerator END) AS numerator,
       max(CASE WHEN back = 1 THEN denominator END) AS denominator,
       max(CASE WHEN back = 1 THEN observed END) AS day,
       max(CASE WHEN back = 1 THEN period END) AS period,
       max(CASE WHEN back = 1 THEN revision END) AS revision,
       max(CASE WHEN back = 2 THEN value END) AS previous,
       max(CASE WHEN back = 2 THEN observed END) AS previous_day,
       sum(observed - 18262.0) AS sum_x,
       sum(value) AS sum_y,
       sum((observed - 18262.0) * (observed - 18262.0)) AS sum_xx,
       sum((observed - 18262.0) * value) AS sum_xy,
       sum(value * value) AS sum_yy,
       max(demo) AS demo, max(unreviewed) AS unreviewed
FROM ordered GROUP BY series_id ORDER BY series_id;

-- name: standings_kept
-- The maintained rows of the series in :series (a JSON list).
SELECT * FROM standing WHERE series_id IN (SELECT value FROM json_each(:series)) ORDER BY series_id;

-- name: all_series_ids
SELECT id FROM series ORDER BY id;

-- name: standings_mispacked
-- Series whose maintained row says one thing as numbers and another as bytes.
SELECT t.series_id FROM standing AS t JOIN series AS s ON s.id = t.series_id
WHERE t.packed <> packed(
    t.series_id, s.indicator_id, s.region_id, t.n, t.first_value, t.first_day, t.value, t.numerator, t.denominator, t.day,
    t.period, t.previous, t.sum_x, t.sum_y, t.sum_xx, t.sum_xy, t.sum_yy, t.demo, t.unreviewed)
ORDER BY t.series_id;

-- name: keep_standing!
INSERT INTO standing (series_id, n, first_value, first_day, value, numerator, denominator, day, period, revision,
    previous, previous_day, sum_x, sum_y, sum_xx, sum_xy, sum_yy, demo, unreviewed, packed)
SELECT :series_id, :n, :first_value, :first_day, :value, :numerator, :denominator, :day, :period, :revision,
    :previous, :previous_day, :sum_x, :sum_y, :sum_xx, :sum_xy, :sum_yy, :demo, :unreviewed, packed(
    s.id, s.indicator_id, s.region_id, :n, :first_value, :first_day, :value, :numerator, :denominator, :day, :period,
    :previous, :sum_x, :sum_y, :sum_xx, :sum_xy, :sum_yy, :demo, :unreviewed)
FROM series AS s WHERE s.id = :series_id
ON CONFLICT (series_id) DO UPDATE SET n = excluded.n, first_value = excluded.first_value,
    first_day = excluded.first_day, value = excluded.value, numerator = excluded.numerator,
    denominator = excluded.denominator, day = excluded.day, period = excluded.period,
    revision = excluded.revision, previous = excluded.previous, previous_day = excluded.previous_day,
    sum_x = excluded.sum_x, sum_y = excluded.sum_y, sum_xx = excluded.sum_xx, sum_xy = excluded.sum_xy,
    sum_yy = excluded.sum_yy, demo = excluded.demo, unreviewed = excluded.unreviewed, packed = excluded.packed;

-- name: begin_standings!
-- The maintained rows of series that had none, in this order, with their bytes ready made.
INSERT INTO standing (series_id, n, first_value, first_day, value, numerator, denominator, day, period, revision,
    previous, previous_day, sum_x, sum_y, sum_xx, sum_xy, sum_yy, demo, unreviewed, packed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);
