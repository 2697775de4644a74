-- Reviewing: what waits, what is decided, and the whole story of one figure.

-- name: reports_named
-- The reports of :keys, a JSON list of [series, period, revision], with who handed them in, what was decided
-- over them, the latest revision there is, and the figure that stands approved for their period.
SELECT r.series_id, r.period, r.revision, r.value, r.approved_at, r.review_id, s.plan,
       s.indicator, s.region, b.by, v.at AS decided_at, v.outcome,
       coalesce(c.name, v.by, '') AS decided_by,
       (SELECT max(n.revision) FROM report AS n
        WHERE n.series_id = r.series_id AND n.period = r.period) AS newest,
       (SELECT n.value FROM report AS n
        WHERE n.series_id = r.series_id AND n.period = r.period AND n.approved_at IS NOT NULL
        ORDER BY n.revision DESC LIMIT 1) AS approved
FROM json_each(:keys) AS k
JOIN report AS r ON r.series_id = json_extract(k.value, '$[0]') AND r.period = json_extract(k.value, '$[1]')
    AND r.revision = json_extract(k.value, '$[2]')
JOIN batch AS b ON b.id = r.batch_id
JOIN place AS s ON s.series_id = r.series_id
LEFT JOIN review AS v ON v.id = r.review_id
LEFT JOIN account AS c ON c.login = v.by
ORDER BY r.series_id, r.period, r.revision;

-- name: add_review<!
INSERT INTO review (at, by, outcome, comment) VALUES (:at, :by, :outcome, :comment);

-- name: decide_report!
UPDATE report SET review_id = :review_id, approved_at = :approved_at
WHERE series_id = :series_id AND period = :period AND revision = :revision;

-- name: open_places
-- Where something waits to be reviewed: the series with their plan and region.
SELECT DISTINCT r.series_id, s.plan, s.region
FROM report AS r
JOIN place AS s ON s.series_id = r.series_id
WHERE r.approved_at IS NULL AND r.review_id IS NULL AND (:plan IS NULL OR s.plan = :plan);

-- name: open_reports
-- What waits to be reviewed in :series (a JSON list) and was not handed in by :login: the latest revisions, each
-- with the figure that stands approved for its period and the last one approved before it.
WITH waiting AS (
    SELECT r.*,
           (SELECT max(n.revision) FROM report AS n
            WHERE n.series_id = r.series_id AND n.period = r.period AND n.approved_at IS NOT NULL) AS kept,
           (SELECT max(n.period) FROM report AS n
            WHERE n.series_id = r.series_id AND n.period < r.period AND n.approved_at IS NOT NULL) AS earlier
    FROM report AS r
    WHERE r.approved_at IS NULL AND r.review_id IS NULL
      AND r.series_id IN (SELECT value FROM json_each(:series))
      AND NOT EXISTS (SELECT 1 FROM report AS n
                      WHERE n.series_id = r.series_id AND n.period = r.period AND n.revision > r.revision)
)
SELECT w.series_id, w.period, w.revision, s.plan, s.indicator, s.region, w.observed,
       w.value, w.numerator, w.denominator, coalesce(t.note, '') AS note, coalesce(t.evidence, '') AS evidence,
       coalesce(t.reason, '') AS reason, coalesce(t.doubts, '') AS doubts, b.by, coalesce(c.name, b.by) AS by_name,
       b.at, b.origin, b.demo, a.value AS approved, l.value AS last_value, l.period AS last_period,
       (SELECT json_group_array(json_array(f.digest, f.name)) FROM report_file AS f
        WHERE f.series_id = w.series_id AND f.period = w.period AND f.revision = w.revision) AS files
FROM waiting AS w
JOIN batch AS b ON b.id = w.batch_id
JOIN place AS s ON s.series_id = w.series_id
LEFT JOIN account AS c ON c.login = b.by
LEFT JOIN report_text AS t ON t.series_id = w.series_id AND t.period = w.period AND t.revision = w.revision
LEFT JOIN report AS a ON a.series_id = w.series_id AND a.period = w.period AND a.revision = w.kept
LEFT JOIN report AS l ON l.series_id = w.series_id AND l.period = w.earlier
    AND l.revision = (SELECT max(n.revision) FROM report AS n
                      WHERE n.series_id = w.series_id AND n.period = w.earlier AND n.approved_at IS NOT NULL)
WHERE b.by <> :login
ORDER BY b.at, b.id, w.series_id, w.period;

-- name: figure_story
-- Every revision ever handed in for one indicator and region with what became of it, oldest period first.
SELECT r.series_id, r.period, r.revision, r.observed AS day, r.value, r.numerator, r.denominator, r.approved_at, r.review_id,
       max(r.revision) OVER (PARTITION BY r.period) AS newest,
       max(CASE WHEN r.approved_at IS NOT NULL THEN r.revision END) OVER (PARTITION BY r.period) AS newest_approved,
       b.at, b.by, coalesce(c.name, b.by) AS by_name, b.origin, coalesce(b.file, '') AS file, b.demo, b.reviewed,
       coalesce(t.note, '') AS note, coalesce(t.evidence, '') AS evidence, coalesce(t.reason, '') AS reason,
       coalesce(t.doubts, '') AS doubts, v.at AS decided_at, coalesce(v.by, '') AS decided_by,
       coalesce(d.name, v.by, '') AS decided_by_name, coalesce(v.outcome, '') AS outcome,
       coalesce(v.comment, '') AS comment,
       (SELECT json_group_array(json_array(f.digest, f.name)) FROM report_file AS f
        WHERE f.series_id = r.series_id AND f.period = r.period AND f.revision = r.revision) AS files
FROM report AS r
JOIN batch AS b ON b.id = r.batch_id
JOIN place AS s ON s.series_id = r.series_id
LEFT JOIN account AS c ON c.login = b.by
LEFT JOIN review AS v ON v.id = r.review_id
LEFT JOIN account AS d ON d.login = v.by
LEFT JOIN report_text AS t ON t.series_id = r.series_id AND t.period = r.period AND t.revision = r.revision
WHERE s.plan = :plan AND s.indicator = :indicator AND s.region = :region
ORDER BY r.period, r.revision;

-- name: reviews
-- Every decision of a reviewer.
SELECT id, at, by, outcome, comment FROM review ORDER BY id;

-- name: reviewed_reports
-- Every report that was decided over, by the decision.
SELECT review_id, series_id, period, revision, approved_at FROM report WHERE review_id IS NOT NULL
ORDER BY review_id, series_id, period, revision;

-- name: standing_without_review
-- The hand-ins with figures that stand although nobody decided over them.
SELECT DISTINCT batch_id FROM report WHERE approved_at IS NOT NULL AND review_id IS NULL ORDER BY batch_id;
