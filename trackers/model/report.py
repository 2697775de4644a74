"""A reported figure, and what makes one impossible."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from trackers.errors import FigureError
from trackers.model.period import Frequency, Period
from trackers.model.plan import Aggregation, Indicator, Measure, Plan
from trackers.model.region import Region, RegionTree

WHOLE_UNITS = frozenset({"项", "个", "家", "人", "台件", "件", "次", "种"})


class EvidenceName(NamedTuple):
    """One evidence file of a figure: its content's SHA-256 and what the person who handed it in called it."""

    digest: str
    name: str


class Figure(BaseModel):
    """One figure for (indicator, region, period): a value, or a numerator and denominator that make it.

    Rates carry their value in the indicator's unit (95 for 95 %).
    """

    model_config = ConfigDict(frozen=True)

    indicator: str
    region: str
    period: Period
    value: float
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""
    evidence: str = ""
    reason: str = ""  # why it is corrected, or is as odd as it is
    files: tuple[EvidenceName, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """The series it belongs to: indicator and region."""
        return self.indicator, self.region

    @property
    def key(self) -> tuple[str, str, int]:
        """What it is kept under: indicator, region and period number."""
        return self.indicator, self.region, self.period.number


class ReportState(StrEnum):
    """Where a reported figure stands; the state says what may come next."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    LOCKED = "locked"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return STATE_WORDS[self]

    @property
    def may_be_reviewed(self) -> bool:
        """Whether a reviewer decides next."""
        return self is ReportState.SUBMITTED

    @property
    def needs_a_reason(self) -> bool:
        """Whether a new figure is a correction (更正) of one that stands."""
        return self in (ReportState.APPROVED, ReportState.LOCKED)


STATE_WORDS = {
    ReportState.SUBMITTED: "待审核", ReportState.RETURNED: "已退回", ReportState.APPROVED: "已审核",
    ReportState.LOCKED: "已锁定",
}  # fmt: skip


def state_of(approved_at: int | None, review_id: int | None, *, locked: bool = False) -> ReportState:
    """The state of a revision, from its moment of approval, the decision over it, and whether an evaluation holds it."""
    if approved_at is not None:
        return ReportState.LOCKED if locked else ReportState.APPROVED
    return ReportState.SUBMITTED if review_id is None else ReportState.RETURNED


def first_day(plan: Plan, indicator: Indicator) -> date:
    """t0: the day before the counted period begins."""
    if indicator.baseline:
        return indicator.baseline.date
    return indicator.counted_from - timedelta(days=1) if indicator.counted_from else plan.first_day


def expected_regions(plan: Plan, indicator: Indicator, tree: RegionTree, on: date) -> list[Region]:
    """Regions that report the indicator on a day: those of its level in the plan's own tree."""
    return tree.at_level(plan.region, indicator.level, on)


def settle_period(indicator: Indicator, period: Period, *, published: bool) -> Period:
    """The period under which a figure is kept; raises FigureError when the indicator has no such period.

    A count or a stock is a state on a day, so a half-year or year that ends with one of the indicator's own
    periods is that period. A rate belongs to its period and is never moved. A published figure may carry a day.
    """
    if period.frequency is indicator.frequency or (published and period.frequency is Frequency.DAY):
        return period
    own = Period.ending(indicator.frequency, period.end)
    longer = period.start <= own.start and period.end == own.end
    if indicator.measure is not Measure.RATE and longer:
        return own
    raise FigureError("period", str(period), f"按{indicator.frequency.word}的填报期，如 {own}")


def value_of(
    indicator: Indicator, value: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Decimal:
    """The figure's value: as given, or made from numerator and denominator.

    Raises FigureError for a missing, negative or broken number, a numerator over its denominator, a ratio
    without its parts, or a value that its parts do not make.
    """
    if indicator.aggregation is Aggregation.RATIO and (numerator is None or denominator is None):
        column = "numerator" if numerator is None else "denominator"
        raise FigureError(column, "", "分子和分母都要填（比率要按分子、分母合计，不能只填百分数）")
    if (numerator is None) != (denominator is None):
        raise FigureError("numerator" if numerator is None else "denominator", "", "分子和分母要么都填，要么都不填")
    if numerator is not None and denominator is not None:
        if indicator.unit in WHOLE_UNITS and indicator.aggregation is not Aggregation.RATIO:
            raise FigureError("numerator", str(numerator), f"留空（“{indicator.name}”直接填数值，没有分子、分母）")
        return _ratio(indicator, value, numerator, denominator)
    if value is None:
        raise FigureError("value", "", f"一个数（单位：{indicator.unit}）")
    if value < 0 and indicator.measure is not Measure.RATE:
        raise FigureError("value", str(value), "不小于 0 的数")
    if indicator.unit in WHOLE_UNITS and value != value.to_integral_value():
        raise FigureError("value", str(value), f"整数（单位：{indicator.unit}）")
    return value


def check_figure(indicator: Indicator, figure: Figure) -> None:
    """Raise FigureError for what is no figure of the indicator, wherever it was read: no number, a count below nothing,
    parts that do not make the value, a period that is not its own.
    """
    parts = (figure.value, figure.numerator, figure.denominator)
    for part in parts:
        if part is not None and not isfinite(part):
            raise FigureError("value", str(part), f"一个数（单位：{indicator.unit}）")
    value_of(indicator, *[None if part is None else Decimal(repr(part)) for part in parts])
    if (own := settle_period(indicator, figure.period, published=False)) != figure.period:
        raise FigureError("period", str(figure.period), f"按{indicator.frequency.word}的填报期，如 {own}")


def _ratio(
    indicator: Indicator, value: Decimal | None, numerator: Decimal, denominator: Decimal
) -> Decimal:
    if denominator <= 0:
        raise FigureError("denominator", str(denominator), "大于 0 的数")
    if not 0 <= numerator <= denominator:
        raise FigureError("numerator", str(numerator), f"0 到分母 {denominator} 之间的数")
    made = numerator / denominator * (100 if indicator.unit == "%" else 1)
    if value is not None:
        exponent = value.as_tuple().exponent
        step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        if abs(value - made) > step:
            raise FigureError("value", str(value), f"与分子÷分母一致的数（约 {made:.4f}）")
    return made


def reports_on(plan: Plan, indicator: Indicator, region: Region, tree: RegionTree, on: date) -> bool:
    """Whether the region is among `expected_regions` on a day, asked without walking the tree below the plan's."""
    if region.level is not indicator.level:
        return False
    path = tree.above(region.code, plan.region)
    exists = all(tree[code].valid_on(on) for code in [region.code, *path[:-1]])
    return region.code == plan.region or (bool(path) and exists)


def check_place(plan: Plan, indicator: Indicator, region: Region, period: Period, tree: RegionTree) -> None:
    """Raise FigureError unless the region reports this indicator and the period lies within the plan."""
    check_period(plan, indicator, period)
    check_region(plan, indicator, region, period, tree)


def check_period(plan: Plan, indicator: Indicator, period: Period) -> None:
    """Raise FigureError unless the period ends within what the plan counts."""
    first = first_day(plan, indicator)
    if not first <= period.end <= date(plan.end, 12, 31):
        raise FigureError("period", str(period), f"{first} 至 {plan.end}-12-31 之间的填报期")


def check_region(plan: Plan, indicator: Indicator, region: Region, period: Period, tree: RegionTree) -> None:
    """Raise FigureError unless the region reports this indicator at the end of the period."""
    if not reports_on(plan, indicator, region, tree, period.end):
        place = tree[plan.region].name
        expected = place if indicator.level is tree[plan.region].level else f"{place}的{indicator.level.word}地区"
        raise FigureError("region", region.name, f"{expected}（“{indicator.name}”由其填报）")
