-- Each time the assignment of a third party was taken back, and given again, in order: the last one counts. Append-only.
CREATE TABLE evaluation_assigned_later (
    evaluation_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    given INTEGER NOT NULL CHECK (given IN (0, 1)), -- 0: taken back
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, account_id, number),
    FOREIGN KEY (evaluation_id, account_id) REFERENCES evaluation_assigned (evaluation_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER evaluation_assigned_later_is_never_deleted BEFORE DELETE ON evaluation_assigned_later
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER evaluation_assigned_later_is_never_changed BEFORE UPDATE ON evaluation_assigned_later
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
