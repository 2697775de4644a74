-- Evaluation rounds, what was frozen, findings and spot checks.

-- name: evaluations
-- The evaluations of :plan, the one numbered :id, or all, newest first.
SELECT e.id, p.code AS plan, e.kind, e.cutoff, e.policy
FROM evaluation AS e JOIN plan AS p ON p.id = e.plan_id
WHERE (:plan IS NULL OR p.code = :plan) AND (:id IS NULL OR e.id = :id)
ORDER BY e.id DESC;

-- name: evaluation_steps
-- Every step of the evaluations :ids (a JSON list), in order.
SELECT s.evaluation_id, s.number, s.kind, s.reason, s.digest, s.at, s.by, coalesce(a.name, s.by) AS by_name
FROM evaluation_step AS s LEFT JOIN account AS a ON a.login = s.by
WHERE s.evaluation_id IN (SELECT value FROM json_each(:ids))
ORDER BY s.evaluation_id, s.number;

-- name: evaluation_third_parties
-- Who is assigned to the evaluations :ids (a JSON list) and was not taken off them since.
SELECT s.evaluation_id, a.login FROM evaluation_assigned AS s JOIN account AS a ON a.id = s.account_id
WHERE s.evaluation_id IN (SELECT value FROM json_each(:ids))
  AND coalesce((SELECT l.given FROM evaluation_assigned_later AS l
                WHERE l.evaluation_id = s.evaluation_id AND l.account_id = s.account_id
                ORDER BY l.number DESC LIMIT 1), 1)
ORDER BY s.evaluation_id, s.at, a.login;

-- name: evaluation_assigned
-- Who was ever assigned to the evaluations :ids (a JSON list), and when first.
SELECT s.evaluation_id, a.login, s.at, s.by FROM evaluation_assigned AS s JOIN account AS a ON a.id = s.account_id
WHERE s.evaluation_id IN (SELECT value FROM json_each(:ids))
ORDER BY s.evaluation_id, s.at, a.login;

-- name: evaluation_assigned_later
-- Each time an assignment to the evaluations :ids (a JSON list) was taken back or given again, in order.
SELECT l.evaluation_id, a.login, l.number, l.given, l.at, l.by
FROM evaluation_assigned_later AS l JOIN account AS a ON a.id = l.account_id
WHERE l.evaluation_id IN (SELECT value FROM json_each(:ids))
ORDER BY l.evaluation_id, a.login, l.number;

-- name: frozen_document
SELECT document FROM evaluation_frozen WHERE evaluation_id = :id AND number = :number;

-- name: frozen_documents
-- Every step that froze something, with what is kept of it.
SELECT s.evaluation_id, s.number, s.digest, f.document
FROM evaluation_step AS s
LEFT JOIN evaluation_frozen AS f ON f.evaluation_id = s.evaluation_id AND f.number = s.number
WHERE s.kind = 'frozen' ORDER BY s.evaluation_id, s.number;

-- name: figures_approved
-- The figure that stood for each period of a plan observed by :day, of those approved by :known.
SELECT series_id, indicator, region, period, revision, value, numerator, denominator, note, evidence, origin, approved_at,
       demo, unreviewed
FROM (
    SELECT r.series_id, i.code AS indicator, g.code AS region, r.period, r.revision, r.value, r.numerator, r.denominator,
           coalesce(t.note, '') AS note, coalesce(t.evidence, '') AS evidence, b.origin, r.approved_at, b.demo,
           CASE WHEN b.reviewed OR r.review_id IS NOT NULL THEN 0 ELSE 1 END AS unreviewed,
           row_number() OVER (PARTITION BY r.series_id, r.period ORDER BY r.revision DESC) AS pick
    FROM report AS r
    JOIN batch AS b ON b.id = r.batch_id
    JOIN series AS s ON s.id = r.series_id
    JOIN indicator AS i ON i.id = s.indicator_id
    JOIN plan AS p ON p.id = i.plan_id
    JOIN region AS g ON g.id = s.region_id
    LEFT JOIN report_text AS t ON t.series_id = r.series_id AND t.period = r.period AND t.revision = r.revision
    WHERE p.code = :plan AND r.observed <= :day AND r.approved_at <= :known
)
WHERE pick = 1 ORDER BY indicator, region, period;

-- name: freezings
-- Cut-off and moment of every freezing that counts, of :plan or of the plan of the series :series.
SELECT e.cutoff, f.at
FROM evaluation AS e
JOIN evaluation_step AS f ON f.evaluation_id = e.id AND f.kind = 'frozen'
WHERE e.plan_id = coalesce((SELECT p.id FROM plan AS p WHERE p.code = :plan),
                           (SELECT i.plan_id FROM series AS s JOIN indicator AS i ON i.id = s.indicator_id
                            WHERE s.id = :series))
  AND NOT EXISTS (SELECT 1 FROM evaluation_step AS n
                  WHERE n.evaluation_id = e.id AND n.number > f.number AND n.kind IN ('reopened', 'frozen'));

-- name: add_evaluation<!
INSERT INTO evaluation (plan_id, kind, cutoff, policy)
SELECT p.id, :kind, :cutoff, :policy FROM plan AS p WHERE p.code = :plan;

-- name: add_evaluation_step!
INSERT INTO evaluation_step (evaluation_id, number, kind, reason, digest, at, by)
VALUES (:evaluation_id, :number, :kind, :reason, :digest, :at, :by);

-- name: add_evaluation_frozen!
INSERT INTO evaluation_frozen (evaluation_id, number, document) VALUES (:evaluation_id, :number, :document);

-- name: add_evaluation_assigned!
INSERT INTO evaluation_assigned (evaluation_id, account_id, at, by)
SELECT :evaluation_id, a.id, :at, :by FROM account AS a WHERE a.login = :login;

-- name: add_evaluation_assigned_later!
INSERT INTO evaluation_assigned_later (evaluation_id, account_id, number, given, at, by)
SELECT :evaluation_id, a.id,
       1 + coalesce((SELECT max(l.number) FROM evaluation_assigned_later AS l
                     WHERE l.evaluation_id = :evaluation_id AND l.account_id = a.id), 0),
       :given, :at, :by
FROM account AS a WHERE a.login = :login;

-- name: findings
-- Every finding of an evaluation, oldest first, or the one numbered :finding.
SELECT f.id, f.evaluation_id, f.subject, f.code, g.code AS region, f.voice, f.grade, f.computed, f.reason, f.cause,
       f.explained, f.suggestion, f.evidence, f.delivered, f.at, f.by, coalesce(a.name, f.by) AS by_name
FROM finding AS f
JOIN region AS g ON g.id = f.region_id
LEFT JOIN account AS a ON a.login = f.by
WHERE (:evaluation IS NULL OR f.evaluation_id = :evaluation) AND (:finding IS NULL OR f.id = :finding)
ORDER BY f.id;

-- name: self_assessed
-- The regions that assessed themselves in an evaluation.
SELECT DISTINCT g.code AS region FROM finding AS f JOIN region AS g ON g.id = f.region_id
WHERE f.evaluation_id = :evaluation AND f.voice = 'self';

-- name: finding_comments
SELECT c.id, c.finding_id, c.text, c.at, c.by, coalesce(a.name, c.by) AS by_name
FROM finding_comment AS c
JOIN finding AS f ON f.id = c.finding_id
LEFT JOIN account AS a ON a.login = c.by
WHERE f.evaluation_id = :evaluation ORDER BY c.id;

-- name: add_finding<!
INSERT INTO finding (evaluation_id, subject, code, region_id, voice, grade, computed, reason, cause, explained, suggestion,
                     evidence, delivered, at, by)
SELECT :evaluation_id, :subject, :code, g.id, :voice, :grade, :computed, :reason, :cause, :explained, :suggestion,
       :evidence, :delivered, :at, :by
FROM region AS g WHERE g.code = :region;

-- name: add_finding_comment<!
INSERT INTO finding_comment (finding_id, text, at, by) VALUES (:finding_id, :text, :at, :by);

-- name: spot_checks
-- Figures taken out for a check in an evaluation, or the one numbered :check, in order.
SELECT c.id, d.evaluation_id, d.id AS draw, d.seed, i.code AS indicator, g.code AS region, c.period, c.revision,
       r.value AS reported, b.demo
FROM spot_check AS c
JOIN spot_draw AS d ON d.id = c.draw_id
JOIN report AS r ON r.series_id = c.series_id AND r.period = c.period AND r.revision = c.revision
JOIN batch AS b ON b.id = r.batch_id
JOIN series AS s ON s.id = c.series_id
JOIN indicator AS i ON i.id = s.indicator_id
JOIN region AS g ON g.id = s.region_id
WHERE (:evaluation IS NULL OR d.evaluation_id = :evaluation) AND (:check IS NULL OR c.id = :check)
ORDER BY c.id;

-- name: spot_draws
-- When the figures of an evaluation were taken out.
SELECT id, at FROM spot_draw WHERE evaluation_id = :evaluation;

-- name: spot_results
SELECT r.check_id, r.value, r.evidence, r.at, r.by, coalesce(a.name, r.by) AS by_name
FROM spot_result AS r
JOIN spot_check AS c ON c.id = r.check_id
JOIN spot_draw AS d ON d.id = c.draw_id
LEFT JOIN account AS a ON a.login = r.by
WHERE d.evaluation_id = :evaluation ORDER BY r.id;

-- name: add_spot_draw<!
INSERT INTO spot_draw (evaluation_id, seed, at, by) VALUES (:evaluation_id, :seed, :at, :by);

-- name: add_spot_check!
INSERT INTO spot_check (draw_id, series_id, period, revision) VALUES (:draw_id, :series_id, :period, :revision);

-- name: add_spot_result!
INSERT INTO spot_result (check_id, value, evidence, at, by) VALUES (:check_id, :value, :evidence, :at, :by);
