-- Accounts as those see them who keep them.

-- name: accounts
SELECT login, name, unit, claim, must_change, one_time_since, disabled, demo FROM account ORDER BY login;

-- name: accounts_granted
SELECT a.login, t.role, g.code AS region, t.below, t.plans
FROM account_grant AS t
JOIN account AS a ON a.id = t.account_id
JOIN region AS g ON g.id = t.region_id
ORDER BY t.id;

-- name: account
SELECT id, login, name, unit, claim, must_change, one_time_since, disabled, demo FROM account WHERE login = :login;

-- name: account_granted
SELECT a.login, t.role, g.code AS region, t.below, t.plans
FROM account_grant AS t
JOIN account AS a ON a.id = t.account_id
JOIN region AS g ON g.id = t.region_id
WHERE a.login = :login
ORDER BY t.id;

-- name: account_by_claim
SELECT login FROM account WHERE claim = :claim;

-- name: account_count
SELECT COUNT(*) AS accounts FROM account;

-- name: administrators_of
-- Who keeps the accounts of a region and of all below it, for every plan, and may sign in.
SELECT DISTINCT a.login
FROM account_grant AS t
JOIN account AS a ON a.id = t.account_id
JOIN region AS g ON g.id = t.region_id
WHERE t.role = 'administrator' AND g.code = :region AND t.below = 1 AND t.plans = '[]' AND a.disabled = 0;

-- name: add_account!
INSERT INTO account (login, name, unit, claim, password, must_change, one_time_since, disabled, demo)
VALUES (:login, :name, :unit, :claim, :password, :must_change, :one_time_since, 0, :demo);

-- name: change_account!
UPDATE account SET name = :name, unit = :unit, claim = :claim WHERE login = :login;

-- name: set_disabled!
UPDATE account SET disabled = :disabled WHERE login = :login;

-- name: set_one_time_password!
UPDATE account SET password = :password, must_change = 1, one_time_since = :since WHERE login = :login;

-- name: forget_failures_of!
-- A new password is tried without waiting for what went wrong with the old one.
DELETE FROM sign_in_failure WHERE login = :login;

-- name: end_sessions_of!
UPDATE session SET ended = :ended
WHERE ended IS NULL AND account_id = (SELECT id FROM account WHERE login = :login);

-- name: take_grants_away!
DELETE FROM account_grant WHERE account_id = (SELECT id FROM account WHERE login = :login);

-- name: give_grant!
INSERT INTO account_grant (account_id, role, region_id, below, plans)
SELECT a.id, :role, g.id, :below, :plans
FROM account AS a
JOIN region AS g ON g.code = :region
WHERE a.login = :login;

-- name: drafts_of_both
-- Sheets for which each of two people has a draft.
SELECT p.code AS plan, g.code AS region, d.period
FROM draft AS d
JOIN account AS a ON a.id = d.account_id
JOIN account AS b ON b.login = :other
JOIN draft AS e
  ON e.account_id = b.id AND e.plan_id = d.plan_id AND e.region_id = d.region_id AND e.period = d.period
JOIN plan AS p ON p.id = d.plan_id
JOIN region AS g ON g.id = d.region_id
WHERE a.login = :login
ORDER BY p.code, g.code, d.period;

-- name: sheets_of
-- The sheets for which a person has a draft.
SELECT p.code AS plan, g.code AS region, d.period
FROM draft AS d
JOIN account AS a ON a.id = d.account_id
JOIN plan AS p ON p.id = d.plan_id
JOIN region AS g ON g.id = d.region_id
WHERE a.login = :login
ORDER BY p.code, g.code, d.period;

-- name: give_drafts!
UPDATE draft SET account_id = (SELECT id FROM account WHERE login = :other)
WHERE account_id = (SELECT id FROM account WHERE login = :login);
