-- The store's tables. Dimensions have text codes; the log of reports has integers only and is append-only.

CREATE TABLE region (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL            -- trackers.model.region.Region as JSON
) STRICT;

CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,           -- trackers.model.plan.Plan as JSON
    digest TEXT NOT NULL              -- SHA-256 of the document
) STRICT;

CREATE TABLE indicator (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    code TEXT NOT NULL,
    UNIQUE (plan_id, code)
) STRICT;

CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    region_id INTEGER NOT NULL REFERENCES region (id),
    UNIQUE (indicator_id, region_id)
) STRICT;

-- One hand-in: who, when, from which file, and whether its figures are demonstrations or reviewed.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    origin TEXT NOT NULL,             -- published, import, page, demonstration
    file TEXT,
    file_digest TEXT,
    demo INTEGER NOT NULL DEFAULT 0,
    reviewed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Every figure ever reported. A change is a new revision; nothing is updated but the moment of approval, once.
CREATE TABLE report (
    series_id INTEGER NOT NULL REFERENCES series (id),
    period INTEGER NOT NULL,          -- trackers.model.period.Period.number
    revision INTEGER NOT NULL,
    observed INTEGER NOT NULL,        -- day number since 1970-01-01
    value REAL NOT NULL,
    numerator REAL,
    denominator REAL,
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    approved_at INTEGER,              -- seconds since 1970-01-01 UTC
    PRIMARY KEY (series_id, period, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE report_text (
    series_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (series_id, period, revision),
    FOREIGN KEY (series_id, period, revision) REFERENCES report (series_id, period, revision)
) STRICT, WITHOUT ROWID;

-- What the log says of each series in one row: kept in the transaction that approves a report.
CREATE TABLE standing (
    series_id INTEGER PRIMARY KEY REFERENCES series (id),
    n INTEGER NOT NULL,
    first_value REAL NOT NULL,
    first_day INTEGER NOT NULL,
    value REAL NOT NULL,
    numerator REAL,
    denominator REAL,
    day INTEGER NOT NULL,
    period INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    previous REAL,
    previous_day INTEGER,
    sum_x REAL NOT NULL,
    sum_y REAL NOT NULL,
    sum_xx REAL NOT NULL,
    sum_xy REAL NOT NULL,
    sum_yy REAL NOT NULL,
    demo INTEGER NOT NULL,
    unreviewed INTEGER NOT NULL
) STRICT;

-- Published figures kept beside an indicator with their address; those not judged say why.
CREATE TABLE published (
    id INTEGER PRIMARY KEY,
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    document TEXT NOT NULL UNIQUE     -- trackers.model.published.PublishedFigure as JSON
) STRICT;

-- The record of every action; each entry carries the digest of the one before it.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE TRIGGER report_is_never_deleted BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER report_is_only_ever_approved BEFORE UPDATE ON report
WHEN OLD.approved_at IS NOT NULL OR NEW.approved_at IS NULL
  OR NEW.series_id <> OLD.series_id OR NEW.period <> OLD.period OR NEW.revision <> OLD.revision
  OR NEW.observed <> OLD.observed OR NEW.value <> OLD.value
  OR NEW.numerator IS NOT OLD.numerator OR NEW.denominator IS NOT OLD.denominator
  OR NEW.batch_id <> OLD.batch_id
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER report_text_is_never_deleted BEFORE DELETE ON report_text
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER report_text_is_never_changed BEFORE UPDATE ON report_text
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER batch_is_never_deleted BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER batch_is_never_changed BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the record of actions is append-only'); END;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the record of actions is append-only'); END;
