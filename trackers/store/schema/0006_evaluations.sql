-- Evaluation rounds: steps, what was frozen, who was assigned, findings with comments, spot checks. All append-only.

CREATE TABLE evaluation (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES plan (id),
    kind TEXT NOT NULL,               -- trackers.model.plan.EvaluationKind
    cutoff TEXT NOT NULL,             -- a day
    policy TEXT NOT NULL              -- trackers.assessment.policy.Policy as JSON
) STRICT;
CREATE INDEX evaluation_of ON evaluation (plan_id);

CREATE TABLE evaluation_step (
    evaluation_id INTEGER NOT NULL REFERENCES evaluation (id),
    number INTEGER NOT NULL,          -- from 1 on
    kind TEXT NOT NULL,               -- trackers.model.evaluation.StepKind
    reason TEXT NOT NULL DEFAULT '',
    digest TEXT,                      -- SHA-256 of what this step froze
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, number)
) STRICT, WITHOUT ROWID;

-- What a step froze; see trackers.queries.frozen for what stands in it.
CREATE TABLE evaluation_frozen (
    evaluation_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    document TEXT NOT NULL,           -- canonical JSON
    PRIMARY KEY (evaluation_id, number),
    FOREIGN KEY (evaluation_id, number) REFERENCES evaluation_step (evaluation_id, number)
) STRICT;

CREATE TABLE evaluation_assigned (
    evaluation_id INTEGER NOT NULL REFERENCES evaluation (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, account_id)
) STRICT, WITHOUT ROWID;

-- The latest of a subject, code, region and voice counts; older ones stay.
CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    evaluation_id INTEGER NOT NULL REFERENCES evaluation (id),
    subject TEXT NOT NULL,            -- trackers.model.finding.Subject
    code TEXT NOT NULL,               -- of the indicator, goal or task
    region_id INTEGER NOT NULL REFERENCES region (id),
    voice TEXT NOT NULL,              -- trackers.model.finding.Voice
    grade TEXT NOT NULL,              -- empty for an indicator: as computed
    computed TEXT NOT NULL,           -- the verdict of an indicator when this was written
    reason TEXT NOT NULL,
    cause TEXT NOT NULL,              -- trackers.model.finding.Cause, or empty
    explained TEXT NOT NULL,          -- the cause in words
    suggestion TEXT NOT NULL,
    evidence TEXT NOT NULL,
    delivered TEXT NOT NULL,          -- places of deliverables with their days, as a JSON list
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE INDEX finding_of ON finding (evaluation_id);

CREATE TABLE finding_comment (
    id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL REFERENCES finding (id),
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE INDEX finding_comment_of ON finding_comment (finding_id);

-- Figures taken out for a check at one time: drawn under a seed, so that the draw can be repeated, or chosen.
CREATE TABLE spot_draw (
    id INTEGER PRIMARY KEY,
    evaluation_id INTEGER NOT NULL REFERENCES evaluation (id),
    seed TEXT,                        -- absent where they were chosen
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;

CREATE TABLE spot_check (
    id INTEGER PRIMARY KEY,
    draw_id INTEGER NOT NULL REFERENCES spot_draw (id),
    series_id INTEGER NOT NULL,
    period INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    FOREIGN KEY (series_id, period, revision) REFERENCES report (series_id, period, revision)
) STRICT;

CREATE TABLE spot_result (
    id INTEGER PRIMARY KEY,
    check_id INTEGER NOT NULL REFERENCES spot_check (id),
    value REAL NOT NULL,
    evidence TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE INDEX spot_result_of ON spot_result (check_id);

CREATE TRIGGER evaluation_is_never_deleted BEFORE DELETE ON evaluation
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER evaluation_is_never_changed BEFORE UPDATE ON evaluation
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER evaluation_step_is_never_deleted BEFORE DELETE ON evaluation_step
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER evaluation_step_is_never_changed BEFORE UPDATE ON evaluation_step
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER evaluation_frozen_is_never_deleted BEFORE DELETE ON evaluation_frozen
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER evaluation_frozen_is_never_changed BEFORE UPDATE ON evaluation_frozen
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER evaluation_assigned_is_never_deleted BEFORE DELETE ON evaluation_assigned
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER evaluation_assigned_is_never_changed BEFORE UPDATE ON evaluation_assigned
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER finding_is_never_deleted BEFORE DELETE ON finding
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER finding_is_never_changed BEFORE UPDATE ON finding
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER finding_comment_is_never_deleted BEFORE DELETE ON finding_comment
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER finding_comment_is_never_changed BEFORE UPDATE ON finding_comment
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER spot_draw_is_never_deleted BEFORE DELETE ON spot_draw
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER spot_draw_is_never_changed BEFORE UPDATE ON spot_draw
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER spot_check_is_never_deleted BEFORE DELETE ON spot_check
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER spot_check_is_never_changed BEFORE UPDATE ON spot_check
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER spot_result_is_never_deleted BEFORE DELETE ON spot_result
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;
CREATE TRIGGER spot_result_is_never_changed BEFORE UPDATE ON spot_result
BEGIN SELECT RAISE(ABORT, 'evaluations are append-only'); END;

-- A freezing locks figures, and screens show that.
CREATE TRIGGER an_evaluation_goes_on AFTER INSERT ON evaluation_step
BEGIN UPDATE held SET version = lower(hex(randomblob(16))) WHERE what = 'figures'; END;
