"""What an evaluation report consists of: pure data, before any file format."""

from __future__ import annotations

from datetime import date, datetime

from trackers.model.plan import EvaluationKind
from trackers.reports.figures import Frozen, Row


class VerdictCount(Frozen):
    """How many of the plan's indicators have one verdict, and which."""

    verdict: str
    word: str
    sign: str
    number: int
    names: tuple[str, ...]


class IndicatorLine(Frozen):
    """One indicator of the plan; `row` is that of the plan's own region, absent where each region is held to it."""

    indicator: str
    name: str
    row: Row | None


class TaskLine(Frozen):
    """A task or safeguard with its units; `progress` is what is known of it."""

    group: str
    number: str
    name: str
    deliverables: tuple[str, ...]
    units: tuple[str, ...]
    progress: str


class UnitLine(Frozen):
    """A responsible unit: its tasks and safeguards, the indicators they serve, and those of them behind."""

    unit: str
    tasks: int
    safeguards: int
    indicators: tuple[str, ...]
    behind: tuple[str, ...]


class GoalLine(Frozen):
    """A goal in words; never a number."""

    year: int
    name: str
    rating: str


class RegionLine(Frozen):
    """How one region below the plan's own stands: how many rows it has, and how many with each verdict."""

    region: str
    name: str
    level: str
    expected: int
    reported: int
    numbers: dict[str, int]  # by verdict
    demo: bool
    unreviewed: bool


class Problem(Frozen):
    """A row that is behind, missed or moving away, with the sentences about it."""

    row: Row
    sentences: tuple[str, ...]
    reason: str = ""  # what the region and the voices of an evaluation give as the cause


class SourceLine(Frozen):
    """Where a figure or a target was read."""

    kind: str
    name: str
    address: str
    remark: str


class Setting(Frozen):
    """One limit of the policy, or one method, in words."""

    name: str
    value: str


class VoiceLine(Frozen):
    """What one voice finds of one indicator, goal or task in one region, in words; empty where nothing was said."""

    subject: str
    name: str
    region_name: str
    voice: str
    computed: str  # the verdict there was when it was written
    grade: str
    reason: str
    cause: str
    suggestion: str
    evidence: str
    delivered: str
    day: date


class CheckLine(Frozen):
    """A reported figure and what was found on the spot, in the indicator's unit; `checked` is absent until then."""

    id: int
    indicator_name: str
    region_name: str
    period: str
    unit: str
    reported: float
    checked: float | None
    difference: float | None
    evidence: str
    how: str
    demo: bool


class OrderLine(Frozen):
    """A supervision order with what it rested on and how it stood."""

    number: str
    level: str
    indicator_name: str
    region_name: str
    unit: str
    issued: date
    day: date
    word: str
    shortfall: float | None
    asked: str
    due: date
    state: str
    told: str  # every step with its day and what was said
    demo: bool


class ChangeLine(Frozen):
    """A change of a target that was decided when the figures were frozen, old and new value as texts."""

    indicator_name: str
    kind: str
    year: int
    region_name: str
    old: str
    new: str
    ground: str
    reason: str


class Basis(Frozen):
    """What a report of a frozen evaluation was made from, and under which digest.

    `made` is the SHA-256 over the frozen digest, everything written beside it until `until`, the form, the template,
    the logo and the versions of what made it; empty before a format is chosen.
    """

    evaluation: int
    step: int
    known_at: datetime
    until: datetime
    method: str
    program: str
    beside: str  # SHA-256 over findings, checks, orders and changes
    form: str = "report"
    region: str
    made: str = ""
    versions: tuple[Setting, ...] = ()


class Contents(Frozen):
    """An evaluation report, part by part; `rows` are every figure behind it.

    `digest` is the SHA-256 of the frozen figures: plan, kind, day, policy, rows and sources; of an evaluation that of
    what it froze. It changes with any of them and with nothing else. `basis`, `voices`, `checks`, `sent` and `changes`
    are those of an evaluation, and empty in a report of the figures as they stand.
    """

    title: str
    plan: str
    plan_name: str
    home: str  # code of the plan's own region
    home_name: str
    kind: EvaluationKind
    as_of: date
    made_at: date
    warnings: tuple[str, ...]
    background: tuple[str, ...]
    overall: tuple[str, ...]
    counts: tuple[VerdictCount, ...]
    indicators: tuple[IndicatorLine, ...]
    findings: tuple[str, ...]
    task_intro: tuple[str, ...]
    tasks: tuple[TaskLine, ...]
    units: tuple[UnitLine, ...]
    goals: tuple[GoalLine, ...]
    region_findings: tuple[str, ...]
    regions: tuple[RegionLine, ...]
    problem_intro: tuple[str, ...]
    problems: tuple[Problem, ...]
    suggestions: tuple[str, ...]
    rows: tuple[Row, ...]
    policy: tuple[Setting, ...]
    methods: tuple[Setting, ...]
    sources: tuple[SourceLine, ...]
    remarks: tuple[str, ...]
    data_version: str
    digest: str
    basis: Basis | None = None
    voices: tuple[VoiceLine, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    sent: tuple[OrderLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
