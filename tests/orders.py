"""A plan in which counties lag, and orders over them, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.samples import OPERATOR, figure, indicator, new_store, record, sample_plan, target
from trackers.actions.figures import HandIn
from trackers.actions.supervision import issue_orders
from trackers.model.account import Actor
from trackers.model.plan import Plan
from trackers.model.supervision import Order, OrderDraft, OrderLevel
from trackers.store import Store

AT = datetime(2024, 6, 3, 1, tzinfo=UTC)
TODAY, DAY, DUE = date(2024, 6, 3), date(2024, 6, 2), date(2024, 6, 20)
CITY, COUNTY, OTHER = "210900", "210902", "210903"
TASK = {"id": "t1", "number": "一", "group": "任务", "name": "做好计量", "units": ["市市场监管局", "市财政局"],
        "source": {"section": "一", "start": 0, "end": 1}}  # fmt: skip
PLAN: Plan = sample_plan(
    start=2022, end=2026, milestones=[2026], tasks=[TASK],
    indicators=[
        indicator("done", name="完成项目", aggregation="mean", level="county", targets=[target(30, year=2026)], tasks=["t1"]),
        indicator("own", targets=[target(100, year=2026)]),
    ],
)  # fmt: skip


def lagging_store(folder: Path, demo: bool = False, plan: Plan = PLAN) -> Store:
    """The county lags severely (5 of 30), its neighbour is ahead (20), the city lags mildly (40 of 100)."""
    store = new_store(folder, plan)
    given = [figure("done", COUNTY, "2024Q1", 5), figure("done", OTHER, "2024Q1", 20), figure("own", CITY, "2024Q1", 40)]
    record(store, *given, at=AT, hand_in=HandIn(origin="import", demo=demo))
    return store


def draft(**fields: object) -> OrderDraft:
    plain = {
        "plan": PLAN.id, "indicator": "done", "region": COUNTY, "day": DAY, "level": OrderLevel.ORDER,
        "asked": "请说明原因", "due": DUE,
    }  # fmt: skip
    return OrderDraft.model_validate({**plain, **fields})


def issued(store: Store, by: Actor = OPERATOR, at: datetime = AT, **fields: object) -> Order:
    return issue_orders(store, [draft(**fields)], by=by, at=at)[0]


def catch_up(store: Store) -> None:
    """The county is where it should be."""
    record(store, figure("done", COUNTY, "2024Q1", 20), at=AT)
