"""When figures of a plan and level are taken for a period: by the rule, or as an administrator said."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from trackers.errors import FigureError
from trackers.model.deadline import deadline
from trackers.model.period import Frequency, Period
from trackers.model.plan import Indicator, Level, Measure, Plan
from trackers.model.report import check_period, settle_period

USUAL_WORKING_DAYS = 15
MOST_WORKING_DAYS = 250  # a year's


class WindowState(StrEnum):
    """Whether figures are taken now."""

    NOT_YET = "not_yet"
    OPEN = "open"
    PAST = "past"
    CLOSED = "closed"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"not_yet": "未开始", "open": "开放中", "past": "已截止", "closed": "已关闭"}[self.value]


class Window(BaseModel):
    """From which day to which day a level's figures are taken for a period. Days are days in Asia/Shanghai.

    `provisional`: the deadline follows the rule in a year whose holidays are not known yet. `closed` is closed by
    hand, with its `reason`. `by_hand` says that an administrator set the days.
    """

    model_config = ConfigDict(frozen=True)

    level: Level
    period: Period
    opens: date
    deadline: date
    provisional: bool = False
    closed: bool = False
    reason: str = ""
    by_hand: bool = False

    def state(self, on: date) -> WindowState:
        """Whether figures are taken on this day; the last day counts in full."""
        if self.closed:
            return WindowState.CLOSED
        if on < self.opens:
            return WindowState.NOT_YET
        return WindowState.OPEN if on <= self.deadline else WindowState.PAST


def window_by_rule(level: Level, period: Period, working_days: int = USUAL_WORKING_DAYS) -> Window:
    """Where nothing else was said: from the day after the period's end to the nth working day after it."""
    last = deadline(period, working_days)
    opens = period.end + timedelta(days=1)
    return Window(level=level, period=period, opens=opens, deadline=last.day, provisional=last.provisional)


def asked(plan: Plan, level: Level, period: Period) -> dict[str, Period]:
    """What an entry sheet of the level for a period asks for: indicator id → the period it is kept under.

    A sheet for the year 2019 asks for the yearly rates (kept as 2019) and for counts as they stand at its end
    (kept as 2019Q4 where they are reported by the quarter). Empty where the level reports nothing then.
    """
    found = {each.id: kept_as(plan, each, period) for each in plan.indicators if each.level is level}
    return {id: own for id, own in found.items() if own}


def kept_as(plan: Plan, indicator: Indicator, period: Period) -> Period | None:
    """The indicator's own period that a sheet for this period asks for, if there is one within the plan."""
    try:
        own = settle_period(indicator, period, published=False)
        check_period(plan, indicator, own)
    except FigureError:
        return None
    return own


def sheet_of(plan: Plan, indicator: Indicator, period: Period) -> Period:
    """The longest sheet that asks for the indicator's own period: 2019 for a count kept as 2019Q4.

    Only periods that the indicator's level reports at all are sheets of their own.
    """
    if indicator.measure is Measure.RATE:
        return period
    longer = (Period.ending(each, period.end) for each in frequencies(plan, indicator.level))
    return max([each for each in longer if each.end == period.end and each > period], default=period)


def frequencies(plan: Plan, level: Level) -> list[Frequency]:
    """How often the level reports: each frequency of its indicators, the shortest first."""
    found = {each.frequency for each in plan.indicators if each.level is level}
    return [each for each in Frequency if each in found]


def levels(plan: Plan) -> list[Level]:
    """The levels that report an indicator of the plan, the highest first."""
    found = {each.level for each in plan.indicators}
    return [each for each in Level if each in found]


def own_periods(plan: Plan, level: Level, first: date, last: date) -> list[Period]:
    """The periods under which the level's figures are kept that end from `first` to `last`, in order."""
    found: set[Period] = set()
    for frequency in frequencies(plan, level):
        period = Period.ending(frequency, max(first, date(plan.start, 1, 1)))
        while period.end <= last and period.end.year <= plan.end:
            if period.end >= first and asked(plan, level, period):
                found.add(period)
            period = period.next()
    return sorted(found)
