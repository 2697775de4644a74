"""Reported figures as they are kept: what is there, and what a hand-in would change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from trackers.model.account import Actor
from trackers.model.period import day_number
from trackers.model.report import Figure, ReportState, state_of
from trackers.model.rights import Permission
from trackers.queries.plans import plan_by_id
from trackers.queries.rights import require, rights_of
from trackers.store import EVER, Store


class Change(StrEnum):
    """What a figure handed in does to what is kept."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"

    @property
    def word(self) -> str:
        """The Chinese word for it."""
        return {"new": "新增", "changed": "更正", "same": "相同"}[self.value]


class KeptFigure(NamedTuple):
    """The latest revision of one figure."""

    revision: int
    value: float
    numerator: float | None
    denominator: float | None
    note: str
    evidence: str
    demo: int  # 1 for a demonstration figure
    reason: str = ""
    approved_at: int | None = None
    review_id: int | None = None
    standing: float | None = None  # the approved value of the period, which an unreviewed revision does not touch
    locked: bool = False  # held by a frozen evaluation

    @property
    def state(self) -> ReportState:
        """Where this revision stands."""
        return state_of(self.approved_at, self.review_id, locked=self.locked)


_AS_KEPT = itemgetter(*KeptFigure._fields[:-1])  # all but the mark that no row has
Kept = dict[tuple[str, str, int], KeptFigure]
Series = dict[tuple[str, str], int]  # (indicator, region) → series id
Line = dict[int, float]  # period number → the value that stands for it
Locks = list[tuple[int, int]]  # of each evaluation that is frozen: number of its cut-off day, moment (seconds) of freezing


def series_in(store: Store, plan_id: str, regions: Iterable[str] | None = None) -> Series:
    """The series of a plan that have or had a figure; with `regions` only those in these regions."""
    if regions is None:
        rows = store.rows("plan_series", plan=plan_id)
    else:
        rows = store.rows("series_in", plan=plan_id, regions=json.dumps(sorted(set(regions))))
    return {(row["indicator"], row["region"]): row["series_id"] for row in rows}


def kept_figures(store: Store, plan_id: str, regions: Iterable[str] | None = None) -> Kept:
    """The latest revision of every figure of a plan, by (indicator, region, period number).

    With `regions` only of those in these regions.
    """
    return latest(store, series_in(store, plan_id, regions))


def latest(store: Store, series: Series, periods: Iterable[int] | None = None) -> Kept:
    """The latest revision of every figure of these series, whatever its state; with `periods` (numbers) of these alone."""
    places = {id: place for place, id in series.items()}
    held = locks(store, series=next(iter(places), None))
    asked = None if periods is None else sorted(set(periods))
    rows = store.rows(
        "latest_revisions", series=json.dumps(list(places)), periods=_list(asked),
        first=asked[0] if asked else 0, last=asked[-1] if asked else EVER,
    )  # fmt: skip
    return {
        (*places[row["series_id"]], row["period"]): KeptFigure._make(
            (*_AS_KEPT(row), is_locked(held, row["observed"], row["approved_at"]))
        )
        for row in rows
    }


def locks(store: Store, *, plan: str | None = None, series: int | None = None) -> Locks:
    """The evaluations of a plan, or of that of a series (its id), that are frozen and not opened again."""
    if plan is None and series is None:
        return []
    return [
        (day_number(date.fromisoformat(row["cutoff"])), int(datetime.fromisoformat(row["at"]).timestamp()))
        for row in store.rows("freezings", plan=plan, series=series)
    ]


def is_locked(held: Locks, observed: int, approved_at: int | None) -> bool:
    """Whether one of them holds a report observed on this day (number) and approved at this moment (seconds)."""
    return approved_at is not None and any(observed <= cutoff and approved_at <= at for cutoff, at in held)


def lines_of(
    store: Store, series: Series, periods: Iterable[int] | None = None
) -> dict[tuple[str, str], Line]:
    """The values of these series by (indicator, region), each by period number in the order of time.

    Those that stand, and those that wait for a review as if they stood: whoever fills in several periods before the
    first is approved is told of a fall as well. With `periods` (numbers) only those of these periods and the nearest
    before and after each of them.
    """
    places = {id: place for place, id in series.items()}
    lines: dict[tuple[str, str], Line] = {place: {} for place in series}
    query = "approved_values" if periods is None else "approved_beside"
    asked = None if periods is None else sorted(set(periods))
    rows = store.rows(query, series=json.dumps(list(places)), periods=_list(asked), waiting=True)
    for row in sorted(rows, key=itemgetter("period", "revision")):  # the latest revision stays
        lines[places[row["series_id"]]][row["period"]] = row["value"]
    return lines


def _list(numbers: Sequence[int] | None) -> str | None:
    return None if numbers is None else json.dumps(numbers)


def changes_among(
    kept: Kept, figures: Sequence[Figure], *, demo: bool = False, to_stand: bool = False
) -> list[Change]:
    """For each figure whether it is new, changes what is kept, or says the same again; `demo` is its own mark.

    With `to_stand` the figures will count at once: one that only waits for its review is changed by that.
    """
    return [_change(kept.get(figure.key), figure, demo, to_stand) for figure in figures]


def _change(kept: KeptFigure | None, figure: Figure, demo: bool, to_stand: bool) -> Change:
    if kept is None:
        return Change.NEW
    if to_stand and kept.state is ReportState.SUBMITTED:
        return Change.CHANGED
    if bool(kept.demo) != demo:
        return Change.CHANGED  # a real figure takes the place of a demonstration, though they be equal
    said = (figure.value, figure.numerator, figure.denominator)
    if said != (kept.value, kept.numerator, kept.denominator):
        return Change.CHANGED
    if kept.state is ReportState.RETURNED:
        return Change.CHANGED  # handed in again as it was, it waits for a review again
    texts = (figure.note or kept.note, figure.evidence or kept.evidence, figure.reason or kept.reason)
    return Change.SAME if texts == (kept.note, kept.evidence, kept.reason) and not figure.files else Change.CHANGED


def revisions(store: Store, plan_id: str, indicator: str, region: str, *, by: Actor) -> pd.DataFrame:
    """Every revision ever handed in for one indicator and region: period, value, who, when, note, evidence.

    Raises ForbiddenError for a region whose figures the person may not see.
    """
    require(rights_of(store, by), Permission.SEE, region, plan_by_id(store, plan_id))
    return store.frame("revisions", plan=plan_id, indicator=indicator, region=region)
