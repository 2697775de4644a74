-- People, what they were given to do, drafts, evidence, review, and the times at which figures are taken.

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    claim TEXT UNIQUE,                -- what single sign-on calls the person
    password TEXT,                    -- argon2id; without one only single sign-on lets the person in
    must_change INTEGER NOT NULL DEFAULT 0,
    disabled INTEGER NOT NULL DEFAULT 0,
    demo INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE account_grant (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,               -- trackers.model.account.Role
    region_id INTEGER NOT NULL REFERENCES region (id),
    below INTEGER NOT NULL,
    plans TEXT NOT NULL DEFAULT '[]'  -- codes of plans as a JSON list; empty for every plan
) STRICT;
CREATE INDEX account_grant_of ON account_grant (account_id);

-- A browser that has signed in. Its cookie's digest is kept, never the cookie.
CREATE TABLE session (
    digest TEXT PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    began INTEGER NOT NULL,           -- seconds since 1970-01-01 UTC, as are the next two
    seen INTEGER NOT NULL,
    ended INTEGER,
    address TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX session_of ON session (account_id);

-- A browser from which the account was once entered with its password: others' failures do not lock it out.
CREATE TABLE known_browser (
    digest TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (digest, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_in_failure (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,              -- seconds since 1970-01-01 UTC
    login TEXT NOT NULL,
    client TEXT NOT NULL              -- the known browser's digest, else the address
) STRICT;
CREATE INDEX sign_in_failure_of ON sign_in_failure (login, client, at);

-- What a person has typed into a sheet and not handed in. A working paper: changed and thrown away freely.
CREATE TABLE draft (
    account_id INTEGER NOT NULL REFERENCES account (id),
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    region_id INTEGER NOT NULL REFERENCES region (id),
    period INTEGER NOT NULL,          -- trackers.model.period.Period.number of the sheet
    document TEXT NOT NULL,           -- indicator → column → text, as JSON
    at TEXT NOT NULL,
    PRIMARY KEY (account_id, plan_id, region_id, period)
) STRICT, WITHOUT ROWID;

-- Evidence by content; the bytes lie in files beside the database.
CREATE TABLE evidence_file (
    digest TEXT PRIMARY KEY,          -- SHA-256
    kind TEXT NOT NULL,               -- pdf, png, jpg, docx, xlsx …, by content
    size INTEGER NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE report_file (
    series_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    digest TEXT NOT NULL REFERENCES evidence_file (digest),
    name TEXT NOT NULL,               -- as the person who handed it in called it
    PRIMARY KEY (series_id, period, revision, digest),
    FOREIGN KEY (series_id, period, revision) REFERENCES report (series_id, period, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_file_by_content ON report_file (digest);

-- One decision of a reviewer over one or many figures.
CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    outcome TEXT NOT NULL,            -- approved, returned
    comment TEXT NOT NULL DEFAULT ''
) STRICT;

-- Neither moment nor decision: submitted. A decision without the moment: returned. The moment without a
-- decision: taken in without a review (未经复核).
ALTER TABLE report ADD COLUMN review_id INTEGER REFERENCES review (id);
CREATE INDEX report_open ON report (series_id, period) WHERE approved_at IS NULL;

ALTER TABLE report_text ADD COLUMN reason TEXT NOT NULL DEFAULT '';  -- why it was corrected, or is as odd as it is
ALTER TABLE report_text ADD COLUMN doubts TEXT NOT NULL DEFAULT '';  -- sentences, as a JSON list; empty for none

DROP TRIGGER report_is_only_ever_approved;
CREATE TRIGGER report_is_decided_once BEFORE UPDATE ON report
WHEN OLD.approved_at IS NOT NULL OR OLD.review_id IS NOT NULL
  OR (NEW.approved_at IS NULL AND NEW.review_id IS NULL)
  OR NEW.series_id <> OLD.series_id OR NEW.period <> OLD.period OR NEW.revision <> OLD.revision
  OR NEW.observed <> OLD.observed OR NEW.value <> OLD.value
  OR NEW.numerator IS NOT OLD.numerator OR NEW.denominator IS NOT OLD.denominator
  OR NEW.batch_id <> OLD.batch_id
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER review_is_never_deleted BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER report_file_is_never_deleted BEFORE DELETE ON report_file
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER report_file_is_never_changed BEFORE UPDATE ON report_file
BEGIN SELECT RAISE(ABORT, 'the log of reports is append-only'); END;

CREATE TRIGGER account_is_never_deleted BEFORE DELETE ON account
BEGIN SELECT RAISE(ABORT, 'accounts are disabled, never deleted'); END;

-- When figures of a plan and level are taken for a period. Where nothing is said the plan's rule, or the usual one, holds.
CREATE TABLE entry_window (
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    level TEXT NOT NULL,
    period INTEGER NOT NULL,
    opens TEXT NOT NULL,              -- a day
    deadline TEXT NOT NULL,           -- the last day
    closed INTEGER NOT NULL DEFAULT 0, -- closed by hand
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (plan_id, level, period)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry_rule (
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    level TEXT NOT NULL,
    working_days INTEGER NOT NULL,    -- from the end of a period to its deadline
    PRIMARY KEY (plan_id, level)
) STRICT, WITHOUT ROWID;

-- A region may hand in later, for a reason and until a day.
CREATE TABLE entry_exception (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    region_id INTEGER NOT NULL REFERENCES region (id),
    period INTEGER NOT NULL,
    until TEXT NOT NULL,              -- the last day
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE INDEX entry_exception_of ON entry_exception (plan_id, region_id, period);

-- What a series is about, by the codes people and programs know.
CREATE VIEW place AS
SELECT s.id AS series_id, p.code AS plan, i.code AS indicator, g.code AS region
FROM series AS s
JOIN indicator AS i ON i.id = s.indicator_id
JOIN plan AS p ON p.id = i.plan_id
JOIN region AS g ON g.id = s.region_id;

-- What is read into memory, or kept for a screen, is read anew when this text changes, whoever changes the data.
CREATE TABLE held (
    what TEXT PRIMARY KEY,
    version TEXT NOT NULL
) STRICT;
INSERT INTO held (what, version) VALUES
    ('plans', lower(hex(randomblob(16)))), ('regions', lower(hex(randomblob(16)))), ('figures', lower(hex(randomblob(16))));

CREATE TRIGGER plan_is_added AFTER INSERT ON plan
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'plans'; END;
CREATE TRIGGER plan_is_changed AFTER UPDATE ON plan
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'plans'; END;
CREATE TRIGGER plan_is_taken_away AFTER DELETE ON plan
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'plans'; END;
CREATE TRIGGER region_is_added AFTER INSERT ON region
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'regions'; END;
CREATE TRIGGER region_is_changed AFTER UPDATE ON region
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'regions'; END;
CREATE TRIGGER region_is_taken_away AFTER DELETE ON region
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'regions'; END;
CREATE TRIGGER figures_are_handed_in AFTER INSERT ON batch
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'figures'; END;
CREATE TRIGGER figures_are_reviewed AFTER INSERT ON review
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'figures'; END;
CREATE TRIGGER figures_are_published AFTER INSERT ON published
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'figures'; END;
