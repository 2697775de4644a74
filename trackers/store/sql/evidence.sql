-- What came with the figures.

-- name: evidence_on
-- Note, evidence and origin of the figure that each series of a plan stands on by :day: the latest one where that is
-- early enough, else the last one of the log until then. With :indicator of this one alone.
WITH stands AS (
    SELECT s.indicator, s.region, t.series_id, t.period, t.revision
    FROM place AS s CROSS JOIN standing AS t ON t.series_id = s.series_id
    WHERE s.plan = :plan AND (:indicator IS NULL OR s.indicator = :indicator) AND t.day <= :day
    UNION ALL
    SELECT indicator, region, series_id, period, revision FROM (
        SELECT s.indicator, s.region, r.series_id, r.period, r.revision,
               row_number() OVER (
                   PARTITION BY r.series_id ORDER BY r.observed DESC, r.period DESC, r.revision DESC
               ) AS pick
        FROM place AS s
        CROSS JOIN standing AS t ON t.series_id = s.series_id
        CROSS JOIN report AS r ON r.series_id = s.series_id
        WHERE s.plan = :plan AND (:indicator IS NULL OR s.indicator = :indicator) AND t.day > :day AND r.observed <= :day AND r.approved_at IS NOT NULL
    ) WHERE pick = 1
)
SELECT s.indicator, s.region, r.observed, coalesce(t.note, '') AS note, coalesce(t.evidence, '') AS evidence,
       b.origin, coalesce(b.file, '') AS file
FROM stands AS s
CROSS JOIN report AS r ON r.series_id = s.series_id AND r.period = s.period AND r.revision = s.revision
CROSS JOIN batch AS b ON b.id = r.batch_id
LEFT JOIN report_text AS t ON t.series_id = r.series_id AND t.period = r.period AND t.revision = r.revision
ORDER BY s.indicator, s.region;
