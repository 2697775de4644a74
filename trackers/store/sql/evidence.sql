-- What came with the figures.

-- name: evidence_on
-- Note, evidence and origin of the figure that each series of a plan stands on by :day.
SELECT indicator, region, observed, note, evidence, origin, file FROM (
    SELECT s.indicator, s.region, r.observed, b.origin, coalesce(b.file, '') AS file,
           coalesce(t.note, '') AS note, coalesce(t.evidence, '') AS evidence,
           row_number() OVER (
               PARTITION BY r.series_id ORDER BY r.observed DESC, r.period DESC, r.revision DESC
           ) AS pick
    FROM report AS r
    JOIN batch AS b ON b.id = r.batch_id
    JOIN place AS s ON s.series_id = r.series_id
    LEFT JOIN report_text AS t
        ON t.series_id = r.series_id AND t.period = r.period AND t.revision = r.revision
    WHERE s.plan = :plan AND r.observed <= :day AND r.approved_at IS NOT NULL
)
WHERE pick = 1 ORDER BY indicator, region;
