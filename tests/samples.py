"""A small plan, its regions and figures, built for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from trackers.actions.figures import HandIn, Recorded, record_figures
from trackers.actions.plans import load_plans, load_regions
from trackers.model.account import operator
from trackers.model.figure_table import FigureTable, Texts
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.region import Region, RegionTree
from trackers.model.report import Figure
from trackers.store import Store, open_store

AT = datetime(2024, 6, 1, 8, tzinfo=UTC)
OPERATOR = operator("test")
HAND_IN = HandIn(origin="import", file="figures.csv")

REGIONS = [
    Region(code="100000", name="全国", short="全国", level="nation"),
    Region(code="210000", name="辽宁省", short="辽宁", level="province", parent="100000"),
    Region(code="210900", name="阜新市", short="阜新", level="city", parent="210000"),
    Region(code="210902", name="海州区", short="海州", level="county", parent="210900"),
    Region(code="210903", name="新邱区", short="新邱", level="county", parent="210900"),
    Region(code="210922", name="彰武县", short="彰武", level="county", parent="210900"),
]


def target(value: float | None, comparator: str = ">=", year: int = 2020, **more: object) -> dict[str, object]:
    known = {"value": value, "confidence": "secondary", "reference": "https://example.org"}
    lost = {"value": None, "confidence": "unverified", "shape": "□0"}
    return {"year": year, "comparator": comparator, **(lost if value is None else known), **more}


def indicator(id: str, **fields: object) -> dict[str, object]:
    plain = {
        "id": id, "name": f"指标{id}", "unit": "项", "aggregation": "own", "measure": "count",
        "level": "city", "targets": [target(100)],
    }  # fmt: skip
    return {**plain, **fields}


def sample_plan(**fields: object) -> Plan:
    plain = {
        "id": "sample-2013", "title": "样例规划", "short": "样例", "region": "210900", "start": 2013, "end": 2020,
        "milestones": [2020],
        "indicators": [
            indicator("own"),
            indicator("summed", aggregation="sum", level="county", targets=[target(30, "=")]),
            indicator(
                "rate", aggregation="ratio", measure="rate", unit="%", level="county", frequency="year",
                targets=[target(95)],
            ),
            indicator("mean", aggregation="mean", measure="stock", level="county", targets=[target(30)]),
            indicator("lost", targets=[target(None)]),
        ],
    }  # fmt: skip
    return Plan.model_validate({**plain, **fields})


def figure(indicator: str, region: str, period: str, value: float, **more: object) -> Figure:
    return Figure(indicator=indicator, region=region, period=Period.parse(period), value=value, **more)


def figure_table(*figures: Figure) -> FigureTable:
    places, periods = sorted({each.place for each in figures}), sorted({each.period for each in figures})
    numbers = [(each.value, each.numerator, each.denominator) for each in figures]
    value, numerator, denominator = np.array(numbers, dtype=float).T  # None is NaN
    return FigureTable(
        places, periods, np.arange(2, len(figures) + 2), np.array([places.index(each.place) for each in figures]),
        np.array([periods.index(each.period) for each in figures]), value, numerator, denominator,
        {row: Texts(each.note, each.evidence, each.reason) for row, each in enumerate(figures, start=2)},
    )  # fmt: skip


def ratio(region: str, period: str, numerator: float, denominator: float) -> Figure:
    value = numerator / denominator * 100
    return figure("rate", region, period, value, numerator=numerator, denominator=denominator)


def new_store(folder: Path, plan: Plan | None = None) -> Store:
    store = open_store(folder / "tracker.db", create=True)
    load_regions(store, REGIONS, by=OPERATOR, at=AT)
    load_plans(store, [plan or sample_plan()], by=OPERATOR, at=AT)
    return store


def record(store: Store, *figures: Figure, at: datetime = AT, hand_in: HandIn = HAND_IN) -> Recorded:
    return record_figures(store, "sample-2013", list(figures), hand_in, by=OPERATOR, at=at)


def tree() -> RegionTree:
    return RegionTree(REGIONS)


def day(text: str) -> date:
    return date.fromisoformat(text)
