-- Supervision orders: sent to a unit whose indicator lags, answered, closed.

-- One order with the figures it rests on, as they were told on that day: never worked out anew.
CREATE TABLE supervision_order (
    id INTEGER PRIMARY KEY,
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    region_id INTEGER NOT NULL REFERENCES region (id),
    level TEXT NOT NULL,              -- trackers.model.supervision.OrderLevel
    day TEXT NOT NULL,                -- the day that was judged
    verdict TEXT NOT NULL,
    word TEXT NOT NULL,               -- the verdict as it was shown
    unit TEXT NOT NULL,               -- of the four numbers
    value REAL,
    target REAL,
    expected REAL,
    shortfall REAL,
    target_text TEXT NOT NULL,
    observed TEXT,                    -- the day of the value
    demo INTEGER NOT NULL,
    unreviewed INTEGER NOT NULL,
    units TEXT NOT NULL,              -- responsible units as a JSON list; empty where the plan names none
    asked TEXT NOT NULL,
    due TEXT NOT NULL,                -- the last day
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE INDEX supervision_order_of ON supervision_order (indicator_id, region_id);

-- What became of it, in order: answered, accepted or returned, closed. Without a step it waits for its answer.
CREATE TABLE supervision_step (
    order_id INTEGER NOT NULL REFERENCES supervision_order (id),
    number INTEGER NOT NULL,          -- from 1 on
    kind TEXT NOT NULL,               -- trackers.model.supervision.StepKind
    said TEXT NOT NULL,               -- measures, comment, or reason
    until TEXT,                       -- of an answer: the day by which the measures are carried out
    turned INTEGER NOT NULL DEFAULT 0, -- of a closing: because the verdict turned
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (order_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE supervision_file (
    order_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    digest TEXT NOT NULL REFERENCES evidence_file (digest),
    name TEXT NOT NULL,               -- as the person who answered called it
    PRIMARY KEY (order_id, number, digest),
    FOREIGN KEY (order_id, number) REFERENCES supervision_step (order_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX supervision_file_by_content ON supervision_file (digest);

CREATE TRIGGER supervision_order_is_never_deleted BEFORE DELETE ON supervision_order
BEGIN SELECT RAISE(ABORT, 'the log of orders is append-only'); END;
CREATE TRIGGER supervision_order_is_never_changed BEFORE UPDATE ON supervision_order
BEGIN SELECT RAISE(ABORT, 'the log of orders is append-only'); END;
CREATE TRIGGER supervision_step_is_never_deleted BEFORE DELETE ON supervision_step
BEGIN SELECT RAISE(ABORT, 'the log of orders is append-only'); END;
CREATE TRIGGER supervision_step_is_never_changed BEFORE UPDATE ON supervision_step
BEGIN SELECT RAISE(ABORT, 'the log of orders is append-only'); END;
CREATE TRIGGER supervision_file_is_never_deleted BEFORE DELETE ON supervision_file
BEGIN SELECT RAISE(ABORT, 'the log of orders is append-only'); END;
CREATE TRIGGER supervision_file_is_never_changed BEFORE UPDATE ON supervision_file
BEGIN SELECT RAISE(ABORT, 'the log of orders is append-only'); END;

INSERT INTO held (what, version) VALUES ('supervision', lower(hex(randomblob(16))));
CREATE TRIGGER an_order_is_issued AFTER INSERT ON supervision_order
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'supervision'; END;
CREATE TRIGGER an_order_goes_on AFTER INSERT ON supervision_step
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'supervision'; END;
