"""What an evaluation report consists of: pure data, before any file format."""

from __future__ import annotations

from datetime import date

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


class Contents(Frozen):
    """An evaluation report, part by part; `rows` are every figure behind it.

    `digest` is the SHA-256 of the frozen figures: plan, kind, day, policy, rows and sources. It changes with any
    of them and with nothing else.
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
