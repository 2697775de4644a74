"""What an entry sheet shows beside the cells to be filled: what stands approved, what is handed in, what is closed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.report import ReportState
from trackers.model.rights import Permission
from trackers.model.window import kept_as
from trackers.queries.figures import Kept, latest, series_in
from trackers.queries.rights import rights_of
from trackers.queries.submission import closed_why
from trackers.store import Store

Cell = tuple[str, str, int]  # indicator, region, period number


class Approved(NamedTuple):
    """A figure that stands: value, parts where it has them, 1 for a demonstration."""

    value: float
    numerator: float | None
    denominator: float | None
    demo: int


class Comment(NamedTuple):
    """Why a figure was given back, by whom (their name), and when."""

    text: str
    by: str
    at: datetime


class Beside(NamedTuple):
    """Everything an entry sheet shows of some regions' figures of a plan, by indicator, region and period number."""

    kept: Kept  # the latest revisions of the sheet's periods, whatever their state
    approved: dict[Cell, Approved]  # what stands for each of them, and for the last period before
    comments: dict[Cell, Comment]  # of those that were given back


def beside_sheet(store: Store, plan: Plan, regions: Iterable[str], period: Period, *, by: Actor) -> Beside:
    """What is kept for those of the regions for which the person enters figures, as a sheet for the period asks for them."""
    own_periods = [kept_as(plan, indicator, period) for indicator in plan.indicators]
    periods = sorted({each.number for each in own_periods if each})
    rights = rights_of(store, by)
    own = {region for region in set(regions) if rights.may(Permission.ENTER, region, plan)}
    with store.reading():
        series = series_in(store, plan.id, own)
        kept = latest(store, series, periods)
        places = {id: place for place, id in series.items()}
        approved = {
            (*places[row["series_id"]], row["period"]): Approved(*(row[name] for name in Approved._fields))
            for row in store.rows("approved_until", series=json.dumps(list(places)), periods=json.dumps(periods))
        }
        return Beside(kept, approved, _comments(store, kept))


def _comments(store: Store, kept: Kept) -> dict[Cell, Comment]:
    returned = {place: each.review_id for place, each in kept.items() if each.state is ReportState.RETURNED}
    told = {
        row["id"]: Comment(row["comment"], row["by"], datetime.fromisoformat(row["at"]))
        for row in store.rows("review_comments", ids=json.dumps(sorted({id for id in returned.values() if id})))
    }
    return {place: told[id] for place, id in returned.items() if id in told}


def closed_periods(store: Store, plan: Plan, region: str, periods: Iterable[Period], on: date) -> dict[Period, str]:
    """Those of the periods for which the region cannot hand in first figures on that day, each with the reason."""
    told = {period: closed_why(store, plan, region, period, on) for period in sorted(set(periods))}
    return {period: why for period, why in told.items() if why}


def may_mend(beside: Beside, place: Cell) -> bool:
    """Whether a figure may be handed in although its period is closed: one given back, or a correction (更正)."""
    last = beside.kept.get(place)
    return place in beside.approved or (last is not None and last.state is ReportState.RETURNED)
