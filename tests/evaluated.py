"""A small plan with goals, tasks and figures, and an evaluation of it, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.samples import OPERATOR, figure, indicator, new_store, ratio, record, sample_plan, target
from trackers.actions.evaluations import freeze, open_evaluation
from trackers.model.evaluation import Evaluation
from trackers.model.finding import Draft, Subject, Voice
from trackers.model.plan import EvaluationKind, Plan
from trackers.store import Store

AT = datetime(2024, 6, 1, 8, tzinfo=UTC)  # figures are taken in then
LATER = AT + timedelta(hours=1)
CUTOFF = date(2016, 12, 31)
CITY, COUNTY, OTHER, THIRD = "210900", "210902", "210903", "210922"
PLACE = {"section": "一", "start": 0, "end": 1}
PLAN: Plan = sample_plan(
    indicators=[
        indicator("own"),
        indicator("mean", aggregation="mean", measure="stock", level="county", targets=[target(30)]),
        indicator("rate", aggregation="ratio", measure="rate", unit="%", level="county", frequency="year",
                  targets=[target(95)]),
        indicator("lost", targets=[target(None)]),
    ],
    goals=[{"id": "g1", "name": "体系健全", "year": 2020, "source": PLACE}],
    tasks=[{"id": "t1", "number": "一", "group": "任务", "name": "做好计量", "deliverables": ["计量中心", "实施方案"],
            "source": PLACE}],
)  # fmt: skip


def evaluated_store(folder: Path, plan: Plan = PLAN) -> Store:
    """Every figure for the end of 2016 but that of one county's rate; the target of `lost` is not verified."""
    store = new_store(folder, plan)
    regions = (COUNTY, OTHER, THIRD)
    record(
        store, figure("own", CITY, "2016Q4", 40), figure("own", CITY, "2017Q4", 60), figure("lost", CITY, "2016Q4", 7),
        *[figure("mean", region, "2016Q4", 10 + place) for place, region in enumerate(regions)],
        *[ratio(region, "2016", 90, 100) for region in regions[:2]], at=AT,
    )  # fmt: skip
    return store


def opened(store: Store, cutoff: date = CUTOFF, kind: str = "midterm") -> Evaluation:
    return open_evaluation(store, PLAN.id, EvaluationKind(kind), cutoff, by=OPERATOR, at=AT)


def frozen_evaluation(store: Store, at: datetime = LATER) -> Evaluation:
    return freeze(store, opened(store).id, despite="县里没有报", by=OPERATOR, at=at)


def draft(**fields: object) -> Draft:
    told = {"subject": Subject.INDICATOR, "code": "mean", "region": COUNTY, "voice": Voice.EVALUATOR, "explained": "经费不够"}
    return Draft.model_validate({**told, **fields})
