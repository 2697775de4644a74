"""People at work in a demonstration: their accounts, open periods, figures that wait and one that was given back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from trackers.actions.accounts import demonstration_accounts
from trackers.actions.figures import HandIn, submit_figures
from trackers.actions.periods import open_demonstration_periods
from trackers.actions.review import give_back
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Aggregation, Level
from trackers.model.report import Figure
from trackers.queries.accounts import demo_accounts
from trackers.queries.figures import KeptFigure, kept_figures, series_in
from trackers.queries.plans import plan_by_id
from trackers.queries.review import ReportKey
from trackers.store import Store

PLAN, REGION, REPORTER, REVIEWER = "fuxin-2013", "210902", "haizhou", "fuxin-review"
HANDED_IN = 3  # figures; the others of the sheet are left to be entered
COMMENT = "请核对分母是否只含在用的器具，并附检定台账。（演示）"


def demonstrate_work(store: Store, *, at: datetime) -> None:
    """Once, in a database of demonstrations: make the accounts, open periods, hand figures in and give one back.

    Raises RefusedError for a database of real figures.
    """
    fresh = not demo_accounts(store)
    demonstration_accounts(store, at=at)
    if not fresh:
        return
    open_demonstration_periods(store, at=at)
    figures = list(_next_figures(store))[:HANDED_IN]
    submit_figures(store, PLAN, figures, HandIn(origin="demonstration", demo=True), by=Actor(login=REPORTER), at=at)
    series = series_in(store, PLAN, [REGION])
    first = figures[0]
    key = ReportKey(series[first.indicator, REGION], first.period.number, 1)
    give_back(store, [key], comment=COMMENT, by=Actor(login=REVIEWER), at=at)


def _next_figures(store: Store) -> Iterator[Figure]:
    """What follows the last figure of each rate of the region, a little higher."""
    plan = plan_by_id(store, PLAN)
    rates = {each.id for each in plan.indicators if each.level is Level.COUNTY and each.aggregation is Aggregation.RATIO}
    last: dict[str, tuple[int, KeptFigure]] = {}
    for (indicator, _, number), kept in kept_figures(store, PLAN, [REGION]).items():
        if indicator in rates:
            last[indicator] = max(last.get(indicator, (0, kept)), (number, kept))
    for indicator, (number, kept) in last.items():
        period = Period.from_number(number).next()
        if kept.numerator and kept.denominator and period.end.year <= plan.end:
            above = min(kept.numerator + 5, kept.denominator)
            value = above / kept.denominator * 100
            yield Figure(
                indicator=indicator, region=REGION, period=period, value=value, numerator=above,
                denominator=kept.denominator, note="演示数据",
            )  # fmt: skip
