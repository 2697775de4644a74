"""A province's plan and those that carry it out: two cities, and a county inside one of them."""

from __future__ import annotations

from pathlib import Path

from tests.samples import AT, HAND_IN, OPERATOR, REGIONS, figure, indicator, sample_plan, target
from trackers.actions.figures import record_figures
from trackers.actions.plans import load_plans, load_regions
from trackers.model.plan import Plan
from trackers.model.region import Region
from trackers.store import Store, open_store

OTHER_CITY = Region(code="210100", name="沈阳市", short="沈阳", level="city", parent="210000")
SUPERIOR = sample_plan(
    id="province-2013", title="省规划", short="辽宁", region="210000",
    indicators=[
        indicator("built", name="新建标准", level="province"),
        indicator("checked", name="受检率", unit="%", measure="rate", aggregation="ratio", level="county", frequency="year",
                  targets=[target(95)]),
        indicator("alone", name="省级中心", level="province"),
    ],
)  # fmt: skip


def same_as(id: str, **more: str) -> list[dict[str, str]]:
    return [{"plan": SUPERIOR.id, "indicator": id, "ground": f"两份文件都写{id}", **more}]


def lower_plan(id: str, region: str, short: str, *indicators: dict[str, object], superior: str = SUPERIOR.id) -> Plan:
    above = [{"title": "省规划", "plan": superior}]
    return sample_plan(id=id, title=f"{short}方案", short=short, region=region, carries_out=above, indicators=list(indicators))


def built(value: float | None, level: str = "city", **more: object) -> dict[str, object]:
    return indicator("own", name="新建的标准", level=level, targets=[target(value)], same_as=same_as("built"), **more)


CITY = lower_plan(
    "sample-2013", "210900", "阜新", built(30),
    indicator("rate", name="受检比例", unit="%", measure="rate", aggregation="ratio", level="county", frequency="year",
              targets=[target(90)], same_as=same_as("checked")),
)  # fmt: skip
OTHER = lower_plan("other-2013", "210100", "沈阳", built(50))
INSIDE = lower_plan("county-2013", "210902", "海州", built(10, "county"))
NOTHING = lower_plan("nothing-2013", "210903", "新邱", indicator("own", level="county"))
FAMILY = [SUPERIOR, CITY, OTHER, INSIDE, NOTHING]


def family_store(folder: Path, *plans: Plan) -> Store:
    """The family with figures for the end of 2016: 40 of the province's 100, 20 of the city's 30."""
    store = open_store(folder / "tracker.db", create=True)
    load_regions(store, [*REGIONS, OTHER_CITY], by=OPERATOR, at=AT)
    load_plans(store, plans or FAMILY, by=OPERATOR, at=AT)
    for plan, id, region, value in ((SUPERIOR, "built", "210000", 40), (CITY, "own", "210900", 20)):
        record_figures(store, plan.id, [figure(id, region, "2016Q4", value)], HAND_IN, by=OPERATOR, at=AT)
    return store
