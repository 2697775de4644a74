"""Recording figures handed in by columns: what `trackers.actions.figures` does, for files too large for objects."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np

from trackers.actions.audit import recorded, refusals
from trackers.actions.figures import MOST_TOLD, HandIn, Recorded, keep_standings, with_series
from trackers.errors import UnknownNameError
from trackers.model.account import Actor
from trackers.model.figure_table import FigureTable, Floats, Ints, Texts, distinct
from trackers.model.period import day_number
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.report import check_period, check_region
from trackers.model.rights import Permission
from trackers.queries.audit import HandInDigest
from trackers.queries.figure_tables import CHANGES, NEW, SAME, Compared, compared
from trackers.queries.figures import series_in
from trackers.queries.history import folded
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.rights import require, rights_of
from trackers.store import Store
from trackers.store.packing import pack_all

STANDING = (
    "series_id", "n", "first", "first_day", "value", "numerator", "denominator", "day", "period", "revision",
    "previous", "previous_day", "sum_x", "sum_y", "sum_xx", "sum_xy", "sum_yy", "demo", "unreviewed",
)  # fmt: skip


def record_tables(
    store: Store, tables: Mapping[str, FigureTable], hand_in: HandIn, *, by: Actor, at: datetime
) -> list[Recorded]:
    """Take in figures of several plans (by plan id) in one transaction; as `record_table`."""
    with refusals(store, "record_figures", "、".join(tables), by=by, at=at), store.writing():
        return [record_table(store, plan, table, hand_in, by=by, at=at) for plan, table in tables.items()]


def record_table(store: Store, plan_id: str, table: FigureTable, hand_in: HandIn, *, by: Actor, at: datetime) -> Recorded:
    """Take figures of one plan in without a review, as `trackers.actions.figures.record_figures` does, with its errors."""
    plan, tree = plan_by_id(store, plan_id), region_tree(store)
    with recorded(store, "record_figures", plan_id, by=by, at=at) as detail:
        require(rights_of(store, by), Permission.ADMIT)
        _check(plan, table, tree)
        places = {table.places[place] for place in distinct(table.place)}
        series = with_series(store, plan, places, series_in(store, plan_id))
        keeping = _Keeping(store, hand_in.told(by, at), int(at.timestamp()))
        for each in compared(store, table, series, demo=hand_in.demo, to_stand=True):
            keeping.keep(each)
        return keeping.done(detail)


def _check(plan: Plan, table: FigureTable, tree: RegionTree) -> None:
    """Refuse a figure out of place, each question asked once."""
    indicators = {each.id: each for each in plan.indicators}
    of_level = {each.level: each for each in plan.indicators}
    for indicator, region in (table.places[place] for place in distinct(table.place)):
        if indicator not in indicators:
            raise UnknownNameError("指标", indicator, list(indicators)[:3])
        if region not in tree:
            raise UnknownNameError("地区", region, [])
    ids, codes = list(indicators), list(dict.fromkeys(region for _, region in table.places))
    coded = {code: number for number, code in enumerate(codes)}
    which = np.array([ids.index(indicator) if indicator in indicators else 0 for indicator, _ in table.places])[table.place]
    where = np.array([coded[region] for _, region in table.places])[table.place]
    count = len(table.periods)
    for key in distinct(which * count + table.period):
        check_period(plan, plan.indicators[key // count], table.periods[key % count])
    levels = list(of_level)
    level = np.array([levels.index(each.level) for each in plan.indicators])[which]
    for key in distinct((where * len(levels) + level) * count + table.period):
        (place, own), period = divmod(key // count, len(levels)), key % count
        check_region(plan, of_level[levels[own]], tree[codes[place]], table.periods[period], tree)


class _Keeping:
    """Writes what is new or changed, series after series, and remembers what it was."""

    def __init__(self, store: Store, told: dict[str, Any], approved: int) -> None:
        self._store, self._batch, self._approved = store, told, approved
        self._digest: HandInDigest | None = None
        self._count = np.zeros(len(CHANGES), dtype=np.int64)
        self._told: list[tuple[int, list[Any]]] = []  # number of the row, and what the record tells of it

    def keep(self, found: Compared) -> None:
        """Write the figures of a block that are new or changed, and the maintained rows of their series."""
        self._count += np.bincount(found.change, minlength=len(CHANGES))
        moving = np.flatnonzero(found.change != SAME)
        if not len(moving):
            return
        self._tell(found, moving)
        self._write(found, moving)
        of = found.block.of[moving]
        begun = found.begun[of]
        table = found.block.table.take(moving[begun])
        begin_standings(self._store, standings_begun(found.block.series[of[begun]], table, self._batch["demo"]))
        keep_standings(self._store, np.unique(found.block.series[of[~begun]]).tolist())

    def done(self, detail: dict[str, Any]) -> Recorded:
        """What was done, told in `detail` as the record keeps it."""
        new, changed, same = self._count.tolist()
        batch = self._batch.get("id")
        figures = [told for _, told in sorted(self._told)[:MOST_TOLD]]
        detail.update(new=new, changed=changed, same=same, file=self._batch["file"])
        detail.update(batch=batch, digest=self._digest.hexdigest() if self._digest else "", figures=figures)
        detail["nothing"] = batch is None
        return Recorded(batch=batch, new=new, changed=changed, same=same)

    def _tell(self, found: Compared, moving: Ints) -> None:
        """Keep the first figures of the file to be told one by one."""
        table = found.block.table
        for at in moving[np.argsort(table.row[moving])[:MOST_TOLD]].tolist():
            figure = table.figure(at)
            before = None if found.change[at] == NEW else float(found.before[at])
            told = [figure.indicator, figure.region, str(figure.period), before, figure.value, figure.reason]
            self._told.append((int(table.row[at]), told))
        self._told = sorted(self._told)[:MOST_TOLD]

    def _write(self, found: Compared, moving: Ints) -> None:
        if self._digest is None:
            self._batch = {"id": self._store.insert("add_batch", **self._batch), **self._batch}
            self._digest = HandInDigest(self._batch)
        table = found.block.table.take(moving)
        series, revision = found.block.series[found.block.of[moving]], found.revision[moving] + 1
        whole, numbers = [series, table.numbers, revision, days_of(table)], [table.value, table.numerator, table.denominator]
        facts = [key.tolist() for key in whole] + [_or_none(column) for column in numbers]
        same = {"batch_id": self._batch["id"], "approved_at": self._approved}
        self._store.fill("add_reports", zip(*facts, strict=True), **same)
        if not table.texts:
            self._digest.add_numbers([*whole, *numbers])
            return
        texts = [table.texts.get(row, Texts()) for row in table.row.tolist()]
        self._digest.add(_line(fact, text) for fact, text in zip(zip(*facts, strict=True), texts, strict=True))
        keys = zip(*facts[:3], texts, strict=True)
        said = [(*key, text) for *key, text in keys if any(text)]
        names = ("series_id", "period", "revision")
        self._store.run(
            "add_report_text",
            [dict(zip(names, key, strict=True)) | text._asdict() | {"doubts": ""} for *key, text in said],
        )


def standings_begun(series: Ints, table: FigureTable, demo: int) -> dict[str, Floats]:
    """The maintained rows of series of which nothing was kept before: worked out from the figures, as the log would say.

    `series` holds the id of each figure's series; ids and periods ascend. Of those observed on one day the latest counts.
    One array a column, as `folded` has them.
    """
    day = days_of(table)
    last = np.append((np.diff(series) != 0) | (np.diff(day) != 0), True)[: len(series)]
    columns = {name: getattr(table, name) for name in ("value", "numerator", "denominator")}
    columns |= {"series_id": series, "period": table.numbers, "day": day}
    columns |= {"demo": np.full(len(day), demo), "unreviewed": np.ones(len(day), dtype=int)}
    return folded({name: column[last] for name, column in columns.items()})


def begin_standings(store: Store, found: Mapping[str, Floats]) -> None:
    """Write the maintained rows of series that have none yet, as `standings_begun` tells them."""
    ids = found["series_id"].astype(np.int64).tolist()
    numbered = store.columns("series_numbers", series=json.dumps(ids))
    packed = pack_all({**found, **numbered})
    told = {**found, "revision": np.ones(len(ids))}
    store.fill("begin_standings", zip(*[_or_none(told[name]) for name in STANDING], packed, strict=True))


def days_of(table: FigureTable) -> Ints:
    """The last day of each figure's period, as the log keeps it."""
    return np.array([day_number(period.end) for period in table.periods], dtype=np.int64)[table.period]


def _line(fact: tuple[Any, ...], texts: Texts) -> list[Any]:
    """A figure as the digest of a hand-in takes it."""
    return [*fact, texts.note, texts.evidence, *([["reason", texts.reason]] if texts.reason else [])]


def _or_none(numbers: Floats) -> list[float | None]:
    """The numbers as the store keeps them: None where there is none."""
    absent = np.isnan(numbers)
    if absent.all():
        return [None] * len(numbers)
    kept = numbers.astype(object)
    kept[absent] = None
    return list(kept)
