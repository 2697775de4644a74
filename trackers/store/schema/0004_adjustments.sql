-- Changes of targets: proposed, examined, approved; in force from a day. Nothing is ever changed or deleted: what is
-- done about a proposal is a step of its own, and a later change of the same target is a new row.

CREATE TABLE adjustment (
    id INTEGER PRIMARY KEY,
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    region_id INTEGER REFERENCES region (id), -- whose share of the target; absent where it is the plan's
    kind TEXT NOT NULL,               -- target, annual, regional, confirmation
    year INTEGER NOT NULL,
    old REAL,                         -- as it stood when the change was proposed; absent where there was none
    value REAL NOT NULL,
    effective TEXT,                   -- a day; of what needs no approval but an examination
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;

CREATE TABLE adjustment_step (
    id INTEGER PRIMARY KEY,
    adjustment_id INTEGER NOT NULL REFERENCES adjustment (id),
    step TEXT NOT NULL,               -- examined, sent_back, approved, rejected, withdrawn
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    comment TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',  -- of the document that approved it
    approved_on TEXT,                 -- that document's day
    effective TEXT,                   -- from which day on the new value holds
    UNIQUE (adjustment_id, step)
) STRICT;

CREATE TRIGGER adjustment_is_never_deleted BEFORE DELETE ON adjustment
BEGIN SELECT RAISE(ABORT, 'changes of targets are append-only'); END;

CREATE TRIGGER adjustment_is_never_changed BEFORE UPDATE ON adjustment
BEGIN SELECT RAISE(ABORT, 'changes of targets are append-only'); END;

CREATE TRIGGER adjustment_step_is_never_deleted BEFORE DELETE ON adjustment_step
BEGIN SELECT RAISE(ABORT, 'changes of targets are append-only'); END;

CREATE TRIGGER adjustment_step_is_never_changed BEFORE UPDATE ON adjustment_step
BEGIN SELECT RAISE(ABORT, 'changes of targets are append-only'); END;

INSERT INTO held (what, version) VALUES ('adjustments', lower(hex(randomblob(16))));
CREATE TRIGGER adjustment_is_proposed AFTER INSERT ON adjustment
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'adjustments'; END;
CREATE TRIGGER adjustment_goes_on AFTER INSERT ON adjustment_step
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'adjustments'; END;
CREATE TRIGGER account_is_called_otherwise AFTER UPDATE OF name ON account
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'adjustments'; END;
