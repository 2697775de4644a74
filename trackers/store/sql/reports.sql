-- The log of reports.

-- name: history_of
-- Every approved figure of one indicator in the regions of :regions (a JSON list of codes) observed by :day, the latest
-- revision of each observation day; nothing else of the log is read.
SELECT region, period, observed AS day, value, numerator, denominator, revision, demo, unreviewed
FROM (
    SELECT g.code AS region, r.series_id, r.period, r.observed, r.value, r.numerator, r.denominator,
           r.revision, b.demo, CASE WHEN b.reviewed OR r.review_id IS NOT NULL THEN 0 ELSE 1 END AS unreviewed,
           row_number() OVER (PARTITION BY r.series_id, r.observed ORDER BY r.period DESC, r.revision DESC) AS pick
    FROM plan AS p
    CROSS JOIN indicator AS i ON i.plan_id = p.id AND i.code = :indicator
    CROSS JOIN json_each(:regions) AS j
    CROSS JOIN region AS g ON g.code = j.value
    CROSS JOIN series AS s ON s.indicator_id = i.id AND s.region_id = g.id
    CROSS JOIN report AS r ON r.series_id = s.id
    CROSS JOIN batch AS b ON b.id = r.batch_id
    WHERE p.code = :plan AND r.observed <= :day AND r.approved_at <= :known
)
WHERE pick = 1 ORDER BY region, day;

-- name: reports_of
-- Every approved figure of the series in :series (a JSON list) observed by :day, in any order, in numbers.
SELECT r.series_id, r.period, r.revision, r.observed AS day, r.value, r.numerator, r.denominator, b.demo,
       b.reviewed = 0 AND r.review_id IS NULL AS unreviewed
FROM json_each(:series) AS j
CROSS JOIN report AS r ON r.series_id = j.value
CROSS JOIN batch AS b ON b.id = r.batch_id
WHERE r.observed <= :day AND r.approved_at <= :known;

-- name: revisions
-- Every revision ever handed in for one indicator and region, oldest period first, with who and when.
SELECT r.period, r.revision, r.observed AS day, r.value, r.numerator, r.denominator, r.approved_at,
       b.at, b.by, b.origin, b.file, b.demo, b.reviewed, coalesce(t.note, '') AS note,
       coalesce(t.evidence, '') AS evidence, r.review_id
FROM report AS r
JOIN batch AS b ON b.id = r.batch_id
JOIN place AS s ON s.series_id = r.series_id
LEFT JOIN report_text AS t
    ON t.series_id = r.series_id AND t.period = r.period AND t.revision = r.revision
WHERE s.plan = :plan AND s.indicator = :indicator AND s.region = :region
ORDER BY r.period, r.revision;

-- name: latest_revisions
-- The latest revision of each period, whatever its state, of the series in :series (a JSON list), and only of those
-- in :periods, a list from :first to :last, where there is that list. The columns beside max() are those of the row that
-- holds it.
SELECT r.series_id, r.period, max(r.revision) AS revision, r.observed, r.value, r.numerator, r.denominator, r.approved_at,
       r.review_id, coalesce(t.note, '') AS note, coalesce(t.evidence, '') AS evidence,
       coalesce(t.reason, '') AS reason, b.demo,
       (SELECT a.value FROM report AS a
        WHERE a.series_id = r.series_id AND a.period = r.period AND a.approved_at IS NOT NULL
        ORDER BY a.revision DESC LIMIT 1) AS standing
FROM report AS r
JOIN batch AS b ON b.id = r.batch_id
LEFT JOIN report_text AS t
    ON t.series_id = r.series_id AND t.period = r.period AND t.revision = r.revision
WHERE r.series_id IN (SELECT value FROM json_each(:series)) AND r.period BETWEEN :first AND :last
  AND (:periods IS NULL OR r.period IN (SELECT value FROM json_each(:periods)))
GROUP BY r.series_id, r.period ORDER BY r.series_id, r.period;

-- name: approved_beside
-- As approved_values, but only of the periods in :periods (a JSON list) and the nearest before and after each: every
-- revision, some more than once, in any order.
SELECT r.series_id, r.period, r.revision, r.value
FROM json_each(:series) AS s
CROSS JOIN json_each(:periods) AS p
CROSS JOIN report AS r ON r.series_id = s.value AND r.period IN (
    p.value,
    (SELECT n.period FROM report AS n
     WHERE n.series_id = s.value AND n.period < p.value AND (n.approved_at IS NOT NULL OR (:waiting AND n.review_id IS NULL))
     ORDER BY n.period DESC LIMIT 1),
    (SELECT n.period FROM report AS n
     WHERE n.series_id = s.value AND n.period > p.value AND (n.approved_at IS NOT NULL OR (:waiting AND n.review_id IS NULL))
     ORDER BY n.period LIMIT 1))
WHERE r.approved_at IS NOT NULL OR (:waiting AND r.review_id IS NULL);

-- name: approved_values
-- The value that stands for each period of the series in :series (a JSON list); with :waiting what waits for its review
-- takes its place.
SELECT r.series_id, r.period, max(r.revision) AS revision, r.value, r.numerator, r.denominator, b.demo
FROM report AS r JOIN batch AS b ON b.id = r.batch_id
WHERE r.series_id IN (SELECT value FROM json_each(:series)) AND (r.approved_at IS NOT NULL OR (:waiting AND r.review_id IS NULL))
GROUP BY r.series_id, r.period ORDER BY r.series_id, r.period;

-- name: approved_until
-- What stands of the series in :series for the periods in :periods (JSON lists), and for the last one before each of them.
SELECT r.series_id, r.period, max(r.revision) AS revision, r.value, r.numerator, r.denominator, b.demo
FROM json_each(:series) AS s
CROSS JOIN json_each(:periods) AS p
CROSS JOIN report AS r ON r.series_id = s.value AND r.period IN (
    p.value,
    (SELECT n.period FROM report AS n
     WHERE n.series_id = s.value AND n.period < p.value AND n.approved_at IS NOT NULL ORDER BY n.period DESC LIMIT 1))
JOIN batch AS b ON b.id = r.batch_id
WHERE r.approved_at IS NOT NULL
GROUP BY r.series_id, r.period ORDER BY r.series_id, r.period;

-- name: series_in
-- The series of a plan in :regions (a JSON list of codes).
SELECT s.id AS series_id, i.code AS indicator, g.code AS region
FROM json_each(:regions) AS j
CROSS JOIN region AS g ON g.code = j.value
CROSS JOIN plan AS p ON p.code = :plan
CROSS JOIN indicator AS i ON i.plan_id = p.id
CROSS JOIN series AS s ON s.indicator_id = i.id AND s.region_id = g.id;

-- name: add_batch<!
INSERT INTO batch (at, by, origin, file, file_digest, demo, reviewed)
VALUES (:at, :by, :origin, :file, :file_digest, :demo, :reviewed);

-- name: add_report!
INSERT INTO report (series_id, period, revision, observed, value, numerator, denominator, batch_id, approved_at)
VALUES (:series_id, :period, :revision, :observed, :value, :numerator, :denominator, :batch_id, :approved_at);

-- name: add_reports!
-- As add_report, for rows of one hand-in in this order.
INSERT INTO report (series_id, period, revision, observed, value, numerator, denominator, batch_id, approved_at)
VALUES (?, ?, ?, ?, ?, ?, ?, :batch_id, :approved_at);

-- name: add_report_text!
INSERT INTO report_text (series_id, period, revision, note, evidence, reason, doubts)
VALUES (:series_id, :period, :revision, :note, :evidence, :reason, :doubts);

-- name: add_report_file!
INSERT INTO report_file (series_id, period, revision, digest, name)
VALUES (:series_id, :period, :revision, :digest, :name);

-- name: add_series!
-- The series of a plan in :places (a JSON object: by region a list of indicators), in that order; those there already stay.
INSERT INTO series (indicator_id, region_id)
SELECT i.id, g.id
FROM json_each(:places) AS j
CROSS JOIN json_each(j.value) AS k
CROSS JOIN region AS g ON g.code = j.key
CROSS JOIN plan AS p ON p.code = :plan
CROSS JOIN indicator AS i ON i.plan_id = p.id AND i.code = k.value
WHERE true
ON CONFLICT DO NOTHING;

-- name: series_numbers
-- Which indicator and region each series in :series (a JSON list) is of, by their numbers, in the order of the series.
SELECT id AS series_id, indicator_id, region_id FROM series
WHERE id IN (SELECT value FROM json_each(:series)) ORDER BY id;

-- name: batches
SELECT id, at, by, origin, file, file_digest, demo, reviewed FROM batch ORDER BY id;

-- name: handed_in
-- Every report with its texts and the files that go with it, by the hand-in it came with.
SELECT r.batch_id, r.series_id, r.period, r.revision, r.observed, r.value, r.numerator, r.denominator,
       coalesce(t.note, '') AS note, coalesce(t.evidence, '') AS evidence,
       coalesce(t.reason, '') AS reason, coalesce(t.doubts, '') AS doubts,
       coalesce((SELECT group_concat(file, char(10)) FROM (SELECT f.digest || ' ' || f.name AS file FROM report_file AS f
                 WHERE f.series_id = r.series_id AND f.period = r.period AND f.revision = r.revision
                 ORDER BY f.digest)), '') AS files
FROM report AS r
LEFT JOIN report_text AS t ON t.series_id = r.series_id AND t.period = r.period AND t.revision = r.revision
ORDER BY r.batch_id, r.series_id, r.period, r.revision;
