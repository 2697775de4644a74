-- People and what they were given to do.

-- name: grants_of
SELECT t.role, g.code AS region, t.below, t.plans
FROM account_grant AS t
JOIN account AS a ON a.id = t.account_id
JOIN region AS g ON g.id = t.region_id
WHERE a.login = :login AND a.disabled = 0
ORDER BY t.id;

-- name: held
-- What changes with the plans, or with the regions.
SELECT version FROM held WHERE what = :what;

-- name: held_versions
SELECT what, version FROM held ORDER BY what;

-- name: figure_versions
-- The number of each indicator that changes with its approved figures.
SELECT p.code AS plan, i.code AS indicator, i.figures FROM indicator AS i JOIN plan AS p ON p.id = i.plan_id ORDER BY i.id;
