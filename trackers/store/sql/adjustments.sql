-- Changes of targets and what was done about each.

-- name: adjustments
-- Every change ever proposed, oldest first.
SELECT a.id, p.code AS plan, i.code AS indicator, g.code AS region, a.kind, a.year, a.old, a.value, a.effective,
       a.reason, a.reference, a.at, a.by, coalesce(c.name, a.by) AS by_name
FROM adjustment AS a
JOIN indicator AS i ON i.id = a.indicator_id
JOIN plan AS p ON p.id = i.plan_id
LEFT JOIN region AS g ON g.id = a.region_id
LEFT JOIN account AS c ON c.login = a.by
ORDER BY a.id;

-- name: adjustment_steps
-- What was done about every change, oldest first.
SELECT s.id, s.adjustment_id, s.step, s.at, s.by, coalesce(c.name, s.by) AS by_name, s.comment, s.number,
       s.approved_on, s.effective
FROM adjustment_step AS s
LEFT JOIN account AS c ON c.login = s.by
ORDER BY s.id;

-- name: add_adjustment<!
INSERT INTO adjustment (indicator_id, region_id, kind, year, old, value, effective, reason, reference, at, by)
SELECT i.id, (SELECT id FROM region WHERE code = :region), :kind, :year, :old, :value, :effective, :reason, :reference, :at, :by
FROM indicator AS i JOIN plan AS p ON p.id = i.plan_id
WHERE p.code = :plan AND i.code = :indicator;

-- name: add_adjustment_step<!
INSERT INTO adjustment_step (adjustment_id, step, at, by, comment, number, approved_on, effective)
VALUES (:adjustment_id, :step, :at, :by, :comment, :number, :approved_on, :effective);
