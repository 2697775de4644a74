"""A plan document as data: indicators with targets, goals in words, tasks, safeguards, evaluations."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from trackers.model.period import Frequency

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
ShortName = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]

# Units of measurement an indicator may count in. A new one is added here on purpose, not by a typing slip.
KNOWN_UNITS = frozenset({"项", "个", "家", "%", "人", "台件", "万台件", "件", "次", "种"})


class Direction(StrEnum):
    """Which way is better; decides what "met" means."""

    INCREASE = "increase"
    DECREASE = "decrease"


class Comparator(StrEnum):
    """As printed: 以上/不低于/不少于/达到 `>=`, 以内/不超过 `<=`, a bare number `=`."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="

    @property
    def sign(self) -> str:
        """How a screen shows it before the number."""
        return {">=": "≥", "<=": "≤", "=": ""}[self.value]


class Aggregation(StrEnum):
    """How the figures of small regions make that of a large one."""

    SUM = "sum"
    RATIO = "ratio"
    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    OWN = "own"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {
            "sum": "各地合计", "ratio": "分子分母合计", "mean": "各地平均",
            "max": "各地最大", "min": "各地最小", "own": "本级直报",
        }[self.value]


class Measure(StrEnum):
    """What a figure is, which decides where progress starts from."""

    COUNT = "count"  # counted since the plan began: baseline 0 at the start
    STOCK = "stock"  # how many there are on a day
    RATE = "rate"  # belongs to its period


class Level(StrEnum):
    """Administrative level of a region and of those who report an indicator."""

    NATION = "nation"
    AREA = "area"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {
            "nation": "国家", "area": "跨省区域", "province": "省级", "city": "市级", "county": "县级",
        }[self.value]


class Confidence(StrEnum):
    """How sure a target is; see docs/manual.md for the rules."""

    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {
            "confirmed": "原文可辨", "corroborated": "残损，另有来源印证",
            "secondary": "仅见于另一来源", "unverified": "待核实",
        }[self.value]


class Nature(StrEnum):
    """约束性 or 预期性; absent where the document says neither."""

    BINDING = "binding"
    EXPECTED = "expected"


class EvaluationKind(StrEnum):
    """中期评估, 总结评估 and 年度评估."""

    MIDTERM = "midterm"
    FINAL = "final"
    ANNUAL = "annual"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"midterm": "中期评估", "final": "总结评估", "annual": "年度评估"}[self.value]


class Part(BaseModel):
    """Base of every part of a plan: frozen, and a misspelt key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Part):
    """Where something stands in the plan's own document.

    `start` and `end` are half-open Unicode code points in the file read as it is.
    """

    section: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"区间 [{self.start}, {self.end}) 是空的")
        return self


def fits_shape(value: float, shape: str) -> bool:
    """Whether a value has the surviving digits of a damaged figure at their place.

    □ stands for one or more lost characters: 3600 fits □600, 600 does not.
    """
    pattern = "".join(r"[\d.]+" if char == "□" else re.escape(char) for char in shape)
    return re.fullmatch(pattern, f"{value:.15g}") is not None


class Baseline(Part):
    """The official value a plan starts from, and its date."""

    value: float = Field(allow_inf_nan=False)
    date: date
    reference: str


class Target(Part):
    """What is to be reached by a milestone year (31 December unless `date` says otherwise)."""

    year: int
    date_: date | None = Field(default=None, alias="date")
    comparator: Comparator
    value: float | None = Field(default=None, allow_inf_nan=False)
    confidence: Confidence
    shape: str | None = None  # what survives of a damaged figure, e.g. □600
    source: Source | None = None
    reference: str | None = None  # address or document that gave the value, where it is not the plan's own
    year_inferred: bool = False
    remark: str = ""
    # By what it was adjusted or confirmed, see trackers.model.adjustment; never written in a plan file.
    approval: str = Field(default="", exclude_if=lambda text: not text)

    @property
    def day(self) -> date:
        """The day the target is due."""
        return self.date_ or date(self.year, 12, 31)

    @property
    def sureness(self) -> str:
        """How sure it is, in a word: 原文可辨; of an adjusted or confirmed one 批准调整 or 核实确认."""
        return self.approval.partition("：")[0] or self.confidence.word

    @model_validator(mode="after")
    def _told_truly(self) -> Self:
        if self.approval and self.value is not None:
            return self  # what was approved or confirmed need not stand in the document
        if (self.value is None) != (self.confidence is Confidence.UNVERIFIED):
            raise ValueError("待核实（unverified）的目标没有数值，其余的必须有数值")
        if self.confidence is Confidence.CONFIRMED and (self.source is None or self.shape):
            raise ValueError("原文可辨（confirmed）的目标须写 source，且没有残损形 shape")
        if self.confidence is Confidence.CORROBORATED and not (self.source and self.shape and self.reference):
            raise ValueError("印证（corroborated）的目标须写 source、shape 和 reference")
        if self.confidence is Confidence.SECONDARY and not self.reference:
            raise ValueError("仅见于另一来源（secondary）的目标须写 reference")
        survives = any(char.isdigit() for char in self.shape or "")
        if self.confidence is Confidence.CORROBORATED and not survives:
            raise ValueError(f"残损形“{self.shape}”没有留下数字，谈不上印证，应为 secondary")
        if self.confidence is Confidence.SECONDARY and survives:
            raise ValueError(f"残损形“{self.shape}”留有数字，应为印证（corroborated）或待核实（unverified）")
        if self.value is not None and self.shape and not fits_shape(self.value, self.shape):
            raise ValueError(f"数值 {self.value:.15g} 与残损形“{self.shape}”留下的数字不合")
        return self


class YearTarget(Part):
    """An official value for a year on the way to the milestone (年度分解目标)."""

    year: int
    value: float = Field(allow_inf_nan=False)
    reference: str


class RegionalTarget(Part):
    """A region's own share of a plan target (区域分解目标)."""

    region: str
    year: int
    value: float = Field(allow_inf_nan=False)
    reference: str


class SameAs(Part):
    """An indicator of a superior plan that counts the same thing, and what in the two documents says so."""

    plan: Identifier
    indicator: Identifier
    ground: str = Field(min_length=1)


class Indicator(Part):
    """Something a plan counts or rates."""

    id: Identifier
    name: Name
    unit: str
    direction: Direction = Direction.INCREASE
    aggregation: Aggregation
    measure: Measure
    level: Level
    frequency: Frequency = Frequency.QUARTER
    counted_from: date | None = None  # first day of the counted period, where it is not the plan's
    keep: bool = False  # already met at the baseline: the task is to keep it
    baseline: Baseline | None = None
    targets: list[Target] = Field(min_length=1)
    annual_targets: list[YearTarget] = []
    regional_targets: list[RegionalTarget] = []
    definition: str = ""
    data_source: str = ""
    nature: Nature | None = None
    weight: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    tasks: list[str] = []  # ids of the tasks that serve it, through which the responsible units are found
    remark: str = ""
    same_as: list[SameAs] = Field(default=[], exclude_if=lambda named: not named)

    @property
    def adds_up(self) -> bool:
        """Whether figures of several places may be added up: numbers of things, never rates and means."""
        summed = self.aggregation in (Aggregation.SUM, Aggregation.OWN)
        return summed and self.measure is not Measure.RATE and self.unit != "%"


class Goal(Part):
    """A goal in words: a short name of our own and its place in the document. Rated, never given a number."""

    id: Identifier
    name: ShortName
    year: int
    source: Source


class Task(Part):
    """A numbered task with the deliverables it names and its responsible units."""

    id: Identifier
    number: str
    group: str
    name: Name
    deliverables: list[str] = []
    units: list[str] = []
    source: Source


class Safeguard(Part):
    """A safeguard measure (保障措施)."""

    id: Identifier
    number: str
    name: Name
    units: list[str] = []
    duties: dict[str, str] = {}  # unit → what it is to do, where the document says
    source: Source


class EvaluationOrder(Part):
    """A mid-term or final evaluation the document orders; `year` is absent where it names none."""

    kind: EvaluationKind
    year: int | None = None
    by: list[str] = []
    third_party: bool = False
    published: bool = False
    approval: str = ""  # who approves adjustments that follow from it
    source: Source


class CarriedOut(Part):
    """A superior document this plan carries out; `plan` is its id where it is held here."""

    title: str
    number: str = ""
    plan: str | None = None


class Plan(Part):
    """One issued document."""

    id: Identifier
    title: Name
    short: ShortName
    number: str | None = None
    number_remark: str = ""
    issuer: str | None = None
    issued: date | None = None
    region: str
    start: int  # first year of the counted period
    end: int
    start_remark: str = ""  # where the document does not state the first year
    milestones: list[int] = Field(min_length=1)
    carries_out: list[CarriedOut] = []
    source_file: str | None = None
    second_source_only: bool = False
    reference: str | None = None  # where a plan known from a second source only was read
    remarks: list[str] = []  # what the document lacks or leaves open
    units: list[str] = []  # every responsible unit it names
    indicators: list[Indicator] = []
    goals: list[Goal] = []
    tasks: list[Task] = []
    safeguards: list[Safeguard] = []
    evaluations: list[EvaluationOrder] = []

    @property
    def first_day(self) -> date:
        """t0: 31 December before the counted period."""
        return date(self.start - 1, 12, 31)

    @property
    def last_day(self) -> date:
        """The last milestone's day."""
        return date(max(self.milestones), 12, 31)

    def indicator(self, id: str) -> Indicator:
        """The indicator of this id; raises KeyError."""
        for each in self.indicators:
            if each.id == id:
                return each
        raise KeyError(id)

    def units_for(self, indicator: Indicator) -> list[str]:
        """Responsible units of the tasks that serve the indicator, in the document's order."""
        tasks = [task for task in self.tasks if task.id in indicator.tasks]
        return list(dict.fromkeys(unit for task in tasks for unit in task.units))


