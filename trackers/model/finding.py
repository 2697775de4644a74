"""Findings of an evaluation: what the region, the evaluator and the third party say of an indicator, a goal or a task."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator

LONGEST_TEXT = 500


class Subject(StrEnum):
    """What a finding is about."""

    INDICATOR = "indicator"
    GOAL = "goal"
    TASK = "task"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"indicator": "指标", "goal": "定性目标", "task": "重点任务"}[self.value]


class Voice(StrEnum):
    """Who speaks; in the order in which they are read."""

    SELF = "self"
    EVALUATOR = "evaluator"
    THIRD_PARTY = "third_party"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"self": "自评", "evaluator": "评估", "third_party": "第三方评估"}[self.value]


class Cause(StrEnum):
    """Why a target is not reached as planned: the short list; `explained` says it in words."""

    MONEY = "money"
    STAFF = "staff"
    EQUIPMENT = "equipment"
    DATA = "data"
    TARGET = "target"
    POLICY = "policy"
    PARTICIPATION = "participation"
    COORDINATION = "coordination"
    EXTERNAL = "external"
    OTHER = "other"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return _CAUSES[self]


_CAUSES = {
    Cause.MONEY: "资金不足", Cause.STAFF: "人员不足", Cause.EQUIPMENT: "设备或技术条件不足", Cause.DATA: "基础数据不全",
    Cause.TARGET: "目标定得偏高", Cause.POLICY: "政策或职责调整", Cause.PARTICIPATION: "企业或公众参与不足",
    Cause.COORDINATION: "部门协调不够", Cause.EXTERNAL: "外部环境变化", Cause.OTHER: "其他",
}  # fmt: skip


class GoalGrade(StrEnum):
    """The written scale for goals in words; no number stands behind a step."""

    ACHIEVED = "achieved"
    MOSTLY = "mostly"
    PARTLY = "partly"
    NOT = "not"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return {"achieved": "已实现", "mostly": "大部分实现", "partly": "部分实现", "not": "未实现"}[self.value]

    @property
    def meaning(self) -> str:
        """What has to be shown for this step."""
        return _MEANINGS[self]


_MEANINGS = {
    GoalGrade.ACHIEVED: "目标所述的各个方面都已做到，并有材料证明",
    GoalGrade.MOSTLY: "主要方面已做到并有材料证明，其余方面已经着手，不影响目标的实质",
    GoalGrade.PARTLY: "有的方面已做到并有材料证明，但主要方面还没有做到",
    GoalGrade.NOT: "各个方面都还没有做到，或没有材料能证明做到了",
}


class TaskGrade(StrEnum):
    """How far a task has come."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return {"not_started": "未开始", "under_way": "进行中", "done": "已完成"}[self.value]


class Delivered(NamedTuple):
    """A deliverable of a task that is there: its place in the plan's list, from 1 on, and the day it was done."""

    number: int
    day: date


class Place(NamedTuple):
    """What a finding is about: which indicator, goal or task, in which region."""

    subject: Subject
    code: str
    region: str


class Draft(BaseModel):
    """A finding to be written. `grade` is a Verdict's value for an indicator (empty: as computed), else of the scale."""

    model_config = ConfigDict(frozen=True)

    subject: Subject
    code: str
    region: str
    voice: Voice
    grade: str = ""
    reason: str = ""  # why the grade differs from the computed verdict
    cause: Cause | None = None
    explained: str = ""  # the cause in words
    suggestion: str = ""
    evidence: str = ""
    delivered: tuple[Delivered, ...] = ()

    @property
    def place(self) -> Place:
        """What it is about."""
        return Place(self.subject, self.code, self.region)

    @model_validator(mode="after")
    def _of_a_task(self) -> Self:
        if self.delivered and self.subject is not Subject.TASK:
            raise ValueError("只有重点任务有应交成果")
        return self


class Comment(BaseModel):
    """Something said under a finding."""

    model_config = ConfigDict(frozen=True)

    text: str
    at: datetime
    by: str
    by_name: str


class Finding(Draft):
    """A finding as it was written; `counts` for the latest of its place and voice. `computed` is the verdict there was."""

    id: int
    computed: str = ""
    counts: bool
    at: datetime
    by: str
    by_name: str
    comments: tuple[Comment, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the grade is another one than the verdict that was computed."""
        return self.subject is Subject.INDICATOR and bool(self.grade) and self.grade != self.computed


class SpotResult(BaseModel):
    """What was found on the spot: the value, in the indicator's unit, and where it can be looked up."""

    model_config = ConfigDict(frozen=True)

    value: float
    evidence: str
    at: datetime
    by: str
    by_name: str


class SpotCheck(BaseModel):
    """One reported figure taken out for a check, drawn under a seed or chosen, and what was found; the last counts."""

    model_config = ConfigDict(frozen=True)

    id: int
    draw: int
    seed: str | None  # None for one that was chosen
    indicator: str
    region: str
    period: str
    revision: int
    reported: float
    demo: bool
    results: tuple[SpotResult, ...] = ()

    @property
    def checked(self) -> float | None:
        """The value found last; None while nobody has looked."""
        return self.results[-1].value if self.results else None

    @property
    def difference(self) -> float | None:
        """Reported less checked, in the indicator's unit; None while nobody has looked."""
        return None if self.checked is None else self.reported - self.checked
