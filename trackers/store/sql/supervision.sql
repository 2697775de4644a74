-- Supervision orders: what was sent, what became of it.

-- name: supervision_orders
-- The orders of :plan, of :ids (a JSON list), or all of them, each with its last step.
SELECT o.id, p.code AS plan, i.code AS indicator, g.code AS region, o.level, o.day, o.verdict, o.word, o.unit, o.value,
       o.target, o.expected, o.shortfall, o.target_text, o.observed, o.demo, o.unreviewed, o.units, o.asked, o.due,
       o.at, o.by, coalesce(c.name, o.by) AS by_name, coalesce(s.number, 0) AS steps, s.kind AS last, s.at AS last_at
FROM supervision_order AS o
JOIN indicator AS i ON i.id = o.indicator_id
JOIN plan AS p ON p.id = i.plan_id
JOIN region AS g ON g.id = o.region_id
LEFT JOIN account AS c ON c.login = o.by
LEFT JOIN supervision_step AS s ON s.order_id = o.id
    AND s.number = (SELECT max(n.number) FROM supervision_step AS n WHERE n.order_id = o.id)
WHERE (:plan IS NULL OR p.code = :plan) AND (:ids IS NULL OR o.id IN (SELECT value FROM json_each(:ids)))
ORDER BY o.id;

-- name: supervision_steps
-- Every step of the orders :ids (a JSON list), in order, with the files that came with it.
SELECT s.order_id, s.number, s.kind, s.said, s.until, s.turned, s.at, s.by, coalesce(c.name, s.by) AS by_name,
       (SELECT json_group_array(json_array(f.digest, f.name)) FROM supervision_file AS f
        WHERE f.order_id = s.order_id AND f.number = s.number) AS files
FROM supervision_step AS s
LEFT JOIN account AS c ON c.login = s.by
WHERE s.order_id IN (SELECT value FROM json_each(:ids))
ORDER BY s.order_id, s.number;

-- name: supervision_waiting
-- How many orders of a plan and region have no accepted answer, by their last step and whether they are overdue on :on.
SELECT p.code AS plan, g.code AS region, s.kind AS last, s.by AS last_by, o.due < :on AS late, count(*) AS number,
       min(o.due) AS due
FROM supervision_order AS o
JOIN indicator AS i ON i.id = o.indicator_id
JOIN plan AS p ON p.id = i.plan_id
JOIN region AS g ON g.id = o.region_id
LEFT JOIN supervision_step AS s ON s.order_id = o.id
    AND s.number = (SELECT max(n.number) FROM supervision_step AS n WHERE n.order_id = o.id)
WHERE s.kind IS NULL OR s.kind NOT IN ('accepted', 'closed')
GROUP BY p.code, g.code, s.kind, s.by, o.due < :on
ORDER BY p.code, g.code, s.kind, s.by;

-- name: add_supervision_order<!
INSERT INTO supervision_order (indicator_id, region_id, level, day, verdict, word, unit, value, target, expected,
                               shortfall, target_text, observed, demo, unreviewed, units, asked, due, at, by)
SELECT i.id, g.id, :level, :day, :verdict, :word, :unit, :value, :target, :expected, :shortfall, :target_text,
       :observed, :demo, :unreviewed, :units, :asked, :due, :at, :by
FROM indicator AS i
JOIN plan AS p ON p.id = i.plan_id
JOIN region AS g ON g.code = :region
WHERE p.code = :plan AND i.code = :indicator;

-- name: add_supervision_step!
INSERT INTO supervision_step (order_id, number, kind, said, until, turned, at, by)
VALUES (:order_id, :number, :kind, :said, :until, :turned, :at, :by);

-- name: add_supervision_file!
INSERT INTO supervision_file (order_id, number, digest, name) VALUES (:order_id, :number, :digest, :name);
