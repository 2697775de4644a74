"""Filling a database with the made-up set through the store's own statements, a part at a time.

What the actions would leave behind is left here too: hand-ins with their entries in the record, the log in its
order, and the maintained rows made from it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import numpy as np

from benchmarks.figures import Drawn, drawn
from benchmarks.indicators import Course, courses
from trackers.actions.audit import recorded, utc_text
from trackers.actions.figures import keep_standings
from trackers.actions.plans import load_plans, load_regions
from trackers.actions.seeds import DEMONSTRATION
from trackers.model.account import operator
from trackers.model.period import Period, day_number
from trackers.model.plan import Plan
from trackers.model.region import Region
from trackers.queries.audit import hand_in_digest, hand_ins
from trackers.store import Store

BY = operator("benchmarks")
WAYS = {"in time": 20, "late": 110, "corrected": 140, "corrected again": 200}  # days after the period's end
AT_ONCE = 2000  # series whose maintained rows are made together


class Part(NamedTuple):
    """The reports of one indicator: whose, in which rows, and the hand-in of each by period, way and province."""

    course: Course
    series: dict[str, int]  # by region
    periods: Sequence[Period]
    batches: np.ndarray[Any, Any]
    province: dict[str, int]


def fill(
    store: Store, regions: Sequence[Region], plans: Sequence[Plan], periods: Sequence[Period], seed: int, at: datetime
) -> int:
    """Regions, plans and every report; returns how many reports there are."""
    with store.writing():
        store.run("keep_loaded", [{"what": DEMONSTRATION, "digest": f"benchmarks {seed}"}])
        load_regions(store, regions, by=BY, at=at)
        load_plans(store, plans, by=BY, at=at)
    number = 0
    for plan in plans:
        number += _fill_plan(store, plan, regions, periods, seed)
    _record(store)
    return number


def _fill_plan(store: Store, plan: Plan, regions: Sequence[Region], periods: Sequence[Period], seed: int) -> int:
    reporting = [region for region in regions if region.level is plan.indicators[0].level]
    provinces = {code: place for place, code in enumerate(sorted({region.code[:2] for region in reporting}))}
    province = {region.code: provinces[region.code[:2]] for region in reporting}
    with store.writing():
        series = _series(store, plan, reporting)
        batches = _batches(store, plan, periods, list(provinces))
    number = 0
    for course in courses():
        part = Part(course, series[course.id], periods, batches, province)
        own = [seed, zlib.crc32(plan.id.encode()), zlib.crc32(course.id.encode())]
        found = drawn(course, len(reporting), len(periods), own)
        with store.writing():
            store.run("add_report", _counted(rows := _Counted(), _rows(part, reporting, found)))
        number += rows.number
    _keep_standings(store, sorted(id for own in series.values() for id in own.values()))
    return number


def _series(store: Store, plan: Plan, regions: Sequence[Region]) -> dict[str, dict[str, int]]:
    for indicator in plan.indicators:
        wanted = {region.code: [indicator.id] for region in regions}
        store.run("add_series", [{"plan": plan.id, "places": json.dumps(wanted)}])
    found: dict[str, dict[str, int]] = {}
    for row in store.rows("plan_series", plan=plan.id):
        found.setdefault(row["indicator"], {})[row["region"]] = row["series_id"]
    return found


def _batches(store: Store, plan: Plan, periods: Sequence[Period], provinces: Sequence[str]) -> np.ndarray[Any, Any]:
    """The hand-in of each period, way and province, an import of the province's each."""
    ids = [
        store.insert(
            "add_batch", at=utc_text(_moment(period, days)), by=BY.login, origin="demonstration",
            file=f"{plan.id}-{province}-{period}-{way}.csv", file_digest=None, demo=1, reviewed=0,
        )
        for period in periods for way, days in WAYS.items() for province in provinces
    ]  # fmt: skip
    return np.array(ids).reshape(len(periods), len(WAYS), len(provinces))


def _moment(period: Period, days: int) -> datetime:
    return datetime(period.end.year, period.end.month, period.end.day, 8, tzinfo=UTC) + timedelta(days=days)


class _Counted:
    number = 0


def _counted(count: _Counted, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        count.number += 1
        yield row


def _rows(part: Part, regions: Sequence[Region], found: Drawn) -> Iterator[dict[str, Any]]:
    """The log's rows in its order: series, period, revision."""
    days = list(WAYS.values())
    moments = [[int(_moment(period, each).timestamp()) for each in days] for period in part.periods]
    told = [tuple(array.tolist() for array in found.before(again)) for again in range(3)]
    missing, late, revisions = found.missing.tolist(), found.late.tolist(), found.revisions.tolist()
    for place, region in enumerate(regions):
        id, province = part.series[region.code], part.province[region.code]
        for on, period in enumerate(part.periods):
            if missing[place][on] or not region.valid_on(period.end):
                continue
            last = revisions[place][on]
            for revision in range(1, last + 1):
                way = revision if revision > 1 else int(late[place][on])
                value, numerator, denominator = (each[place][on] for each in told[last - revision])
                rate = numerator == numerator
                yield {
                    "series_id": id, "period": period.number, "revision": revision,
                    "observed": day_number(period.end), "value": value, "numerator": numerator if rate else None,
                    "denominator": denominator if rate else None,
                    "batch_id": int(part.batches[on, way, province]), "approved_at": moments[on][way],
                }  # fmt: skip


def _keep_standings(store: Store, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), AT_ONCE):
        with store.writing():
            keep_standings(store, ids[start : start + AT_ONCE])


def _record(store: Store) -> None:
    """An entry for each hand-in, as the action that takes figures in leaves it."""
    with store.writing():
        for batch, reports in hand_ins(store):
            rows = list(reports)
            plan = "-".join(batch["file"].split("-")[:3])
            told = {"batch": batch["id"], "digest": hand_in_digest(batch, rows), "file": batch["file"]}
            first = sum(row["revision"] == 1 for row in rows)
            with recorded(store, "record_figures", plan, by=BY, at=datetime.fromisoformat(batch["at"])) as detail:
                detail.update(told, new=first, changed=len(rows) - first, same=0, figures=[])
