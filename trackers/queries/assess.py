"""How a plan stands on a day: reads what is kept, lets `trackers.assessment` judge it."""

from __future__ import annotations

import json
from datetime import date, datetime

import pandas as pd

from trackers.assessment.judge import judge, methods
from trackers.assessment.policy import Policy
from trackers.model.account import Actor
from trackers.model.period import Period, day_number, day_of
from trackers.model.plan import Plan
from trackers.model.rights import Permission
from trackers.queries.adjustments import plan_as_of
from trackers.queries.aggregates import aggregated
from trackers.queries.plans import region_tree
from trackers.queries.remembered import Asked
from trackers.queries.rights import require, rights_of
from trackers.queries.standings import standings
from trackers.queries.table import Table, table_of
from trackers.queries.told import told
from trackers.store import EVER, Store


def opening_day(plan: Plan, today: date) -> date:
    """The day screens open at: the earlier of today and the plan's last milestone."""
    return min(today, plan.last_day)


def assess(
    store: Store,
    plan: Plan,
    as_of: date,
    *,
    by: Actor,
    region: str | None = None,
    indicator: str | None = None,
    known_at: datetime | None = None,
    policy: Policy | None = None,
) -> pd.DataFrame:
    """Judge every expected series and every aggregate of a plan on a day, as far as the person may see them.

    One row each, indicators in the plan's order and the plan's own region first; the columns are
    explained in docs/manual.md. Fractions are fractions, values are in the indicator's own unit, absent is NaN or None.
    The targets are those in force on that day. `known_at` limits the reports, and the changes of targets, to those
    approved by that moment; `region` and `indicator` keep the rows of that region or indicator only.
    """
    with store.reading():
        held = plan_as_of(store, plan, as_of, known_at)
        return judged_as_it_is(
            store, held, as_of, by=by, region=region, indicator=indicator, known_at=known_at, policy=policy
        )


def judged_as_it_is(
    store: Store,
    plan: Plan,
    as_of: date,
    *,
    by: Actor,
    region: str | None = None,
    indicator: str | None = None,
    known_at: datetime | None = None,
    policy: Policy | None = None,
) -> pd.DataFrame:
    """As `assess`, by the targets that `plan` has, whether they are in force or not."""
    policy = policy or Policy()
    with store.reading():
        tree = region_tree(store)
        table = _seen(store, table_of(plan, tree, as_of), by, region, indicator)
        standing = standings(_asked(store, plan, as_of, known_at), table, policy)
    frame = told(plan, tree, table.rows, standing, judge(standing, as_of, policy), as_of)
    return frame.assign(methods=pd.Series(methods(standing, as_of), dtype=object))


def series_judged(
    store: Store, plan: Plan, as_of: date, *, by: Actor, known_at: datetime | None = None, policy: Policy | None = None
) -> pd.DataFrame:
    """The figures and verdicts of every reported series that the person may see, by indicator and region.

    What `assess` says of them in the columns of `trackers.assessment.judge.judge`, without the words, and without the
    aggregates above them.
    """
    policy = policy or Policy()
    with store.reading():
        held = plan_as_of(store, plan, as_of, known_at)
        table = _seen(store, table_of(held, region_tree(store), as_of), by).alone
        standing = standings(_asked(store, held, as_of, known_at), table, policy)
    return judge(standing, as_of, policy)


def _asked(store: Store, plan: Plan, as_of: date, known_at: datetime | None) -> Asked:
    return Asked(store, plan, as_of, int(known_at.timestamp()) if known_at else EVER)


def _seen(store: Store, table: Table, by: Actor, region: str | None = None, indicator: str | None = None) -> Table:
    """The rows that the person may see; of one region or indicator where it is named."""
    rights = rights_of(store, by)
    if region is None and indicator is None and rights.sees_whole(table.plan):
        return table
    seen = rights.seen(table.regions if region is None else [region], table.plan)
    rows = [p for p in table.rows if region in (None, p.region) and indicator in (None, p.indicator.id)]
    return Table(table.plan, [place for place in rows if place.region in seen])


def trend(
    store: Store, plan: Plan, indicator_id: str, region: str, as_of: date, *, by: Actor, policy: Policy | None = None
) -> pd.DataFrame:
    """The points behind one row: day (date), value, period (text), demo, complete, revision; oldest first.

    `revision` is how often the figure of that period was handed in; of an aggregate it is 1.

    Raises ForbiddenError for a region whose figures the person may not see.
    """
    policy = policy or Policy()
    with store.reading():
        require(rights_of(store, by), Permission.SEE, region, plan)
        tree, plan = region_tree(store), plan_as_of(store, plan, as_of)
        place = next((p for p in table_of(plan, tree, as_of).rows if p.key == (indicator_id, region)), None)
        if place is None:
            return pd.DataFrame(columns=["day", "value", "period", "demo", "complete", "revision"])
        regions = json.dumps(place.members or [region])
        reports = store.frame(
            "history_of", plan=plan.id, indicator=indicator_id, regions=regions, day=day_number(as_of), known=EVER
        )
    if place.members:
        by_day = reports.groupby("day")[["period", "demo"]].max()
        points = aggregated(reports, [place], policy).join(by_day, on="day").assign(revision=1)
    else:
        points = reports.assign(complete=True)
    return pd.DataFrame(
        {
            "day": [day_of(day) for day in points["day"]],
            "value": points["value"].astype(float).tolist(),
            "period": [str(Period.from_number(period)) for period in points["period"]],
            "demo": points["demo"].astype(bool).tolist(),
            "complete": points["complete"].astype(bool).tolist(),
            "revision": points["revision"].astype(int).tolist(),
        }
    )
