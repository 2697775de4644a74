"""What a changed target would do to every region's verdict."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd

from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment, Change, applied
from trackers.model.plan import Plan
from trackers.queries.adjustments import plan_as_of
from trackers.queries.assess import judged_as_it_is
from trackers.store import Store

BESIDE = ("target_text", "target", "attainment", "completion", "verdict", "severity", "word", "sign", "shortfall", "expected")


def what_if(store: Store, plan: Plan, change: Change, as_of: date, *, by: Actor) -> pd.DataFrame:
    """Every region that the person may see, judged on a day by the targets in force and by the proposed one.

    One row a region with indicator, region, region_name, region_level, basis, unit, value, period, demo and
    unreviewed; each of BESIDE as it is, and with `_then` behind its name as it would be; `moves` says whether the
    verdict or its severity would be another. Nothing is written.
    """
    with store.reading():
        held = plan_as_of(store, plan, as_of)
        alone = held.model_copy(update={"indicators": [held.indicator(change.indicator)]})
        now = judged_as_it_is(store, alone, as_of, by=by)
        then = judged_as_it_is(store, supposed(alone, change), as_of, by=by)
    told = now[["indicator", "region", "region_name", "region_level", "basis", "unit", "value", "period", "demo", "unreviewed"]]
    told = told.assign(**{name: now[name] for name in BESIDE}, **{f"{name}_then": then[name] for name in BESIDE})
    severity = [now["severity"].fillna(""), then["severity"].fillna("")]
    return told.assign(moves=(now["verdict"] != then["verdict"]) | (severity[0] != severity[1]))


def supposed(plan: Plan, change: Change) -> Plan:
    """The plan as if the change were in force."""
    return applied(plan, Adjustment(id=0, change=change, at=datetime.fromtimestamp(0, UTC), by="", by_name=""))
