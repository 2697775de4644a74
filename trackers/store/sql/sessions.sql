-- Signing in: sessions, browsers known to an account, failures.

-- name: sign_in_account
SELECT login, password, disabled, must_change, one_time_since, demo FROM account WHERE login = :login;

-- name: session_row
SELECT a.login, a.claim, a.disabled, a.must_change, s.began, s.seen, s.ended
FROM session AS s
JOIN account AS a ON a.id = s.account_id
WHERE s.digest = :digest;

-- name: session_begin!
INSERT INTO session (digest, account_id, began, seen, ended, address)
SELECT :digest, id, :now, :now, NULL, :address FROM account WHERE login = :login;

-- name: session_seen!
UPDATE session SET seen = :now WHERE digest = :digest AND seen < :now AND ended IS NULL;

-- name: session_end!
UPDATE session SET ended = :now WHERE digest = :digest AND ended IS NULL;

-- name: sessions_end_all!
UPDATE session SET ended = :now WHERE ended IS NULL;

-- name: sessions_prune!
DELETE FROM session WHERE began < :before;

-- name: own_password_set!
UPDATE account SET password = :password, must_change = 0, one_time_since = NULL WHERE login = :login;

-- name: browser_accounts
-- The accounts to which the browser is known.
SELECT a.login
FROM known_browser AS k
JOIN account AS a ON a.id = k.account_id
WHERE k.digest = :digest;

-- name: browser_add!
INSERT INTO known_browser (digest, account_id)
SELECT :digest, id FROM account WHERE login = :login
ON CONFLICT DO NOTHING;

-- name: failures_of
SELECT at FROM sign_in_failure WHERE login = :login AND client = :client ORDER BY at;

-- name: failures_from
SELECT at FROM sign_in_failure WHERE client = :client ORDER BY at;

-- name: failure_add!
INSERT INTO sign_in_failure (at, login, client) VALUES (:now, :login, :client);

-- name: failures_forget!
DELETE FROM sign_in_failure WHERE login = :login AND client = :client;

-- name: failures_prune!
DELETE FROM sign_in_failure WHERE at < :before;
