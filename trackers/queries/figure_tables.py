"""A table of figures beside what is kept, some series at a time: what each would change, and what is odd about it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trackers.assessment.doubts import UNCHANGED_ROWS, doubted, figure_doubts
from trackers.assessment.policy import DEFAULT, Policy
from trackers.model.figure_table import KEY, FigureTable, Floats, Ints, Texts
from trackers.model.plan import Plan
from trackers.queries.figures import Change, Series
from trackers.queries.submission import UNCHANGED
from trackers.store import EVER, Store

AT_ONCE = 20_000  # figures looked at together, and those of a series whole
CHANGES = [Change.NEW, Change.CHANGED, Change.SAME]
NEW, CHANGED, SAME = range(3)


class Block(NamedTuple):
    """Figures of some series, by series and time. `of` tells each one's series in `series` and `places`."""

    table: FigureTable
    series: Ints  # ids; 0 for one that is not there yet
    places: Ints  # the same series as the table counts them
    of: Ints

    @property
    def keys(self) -> Ints:
        """One number for series and period, in their order."""
        return self.of * KEY + self.table.numbers


class Compared(NamedTuple):
    """What the figures of a block would change: a place in CHANGES each, and the revision and value that were the last."""

    block: Block
    change: Ints
    revision: Ints  # 0 where there is none
    before: Floats  # NaN where there is none
    begun: NDArray[np.bool_]  # by series of the block: whether nothing was ever kept of it


def blocks(table: FigureTable, series: Series) -> Iterator[Block]:
    """The figures in the order of their series' ids and of time, some series at a time; those without an id first."""
    ids = np.array([series.get(place, 0) for place in table.places], dtype=np.int64)
    order = np.lexsort((table.numbers, table.place, ids[table.place]))
    place = table.place[order]
    starts = np.flatnonzero(np.diff(place, prepend=-1))
    first = 0
    while first < len(starts):
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + AT_ONCE)))
        end = starts[last] if last < len(starts) else len(order)
        places = place[starts[first:last]]
        of = np.searchsorted(starts[first:last], np.arange(starts[first], end), side="right") - 1
        yield Block(table.take(order[starts[first] : end]), ids[places], places, of)
        first = last


def compared(store: Store, table: FigureTable, series: Series, *, demo: bool, to_stand: bool) -> Iterator[Compared]:
    """What figures would change, as `trackers.queries.figures.changes_among` says."""
    for block in blocks(table, series):
        kept = _Kept(store.frame("latest_revisions", series=_ids(block), periods=None, first=0, last=EVER), block)
        at, found = kept.at(block.keys)
        change = np.full(len(block.table), NEW)
        change[found] = _changes(block.table, found, kept.rows.iloc[at[found]], demo, to_stand)
        revision = np.where(found, kept.numbers("revision")[at], 0).astype(np.int64)
        before = np.where(found, kept.numbers("value")[at], np.nan)
        yield Compared(block, change, revision, before, ~np.isin(np.arange(len(block.series)), kept.of))


def _changes(table: FigureTable, found: NDArray[np.bool_], kept: pd.DataFrame, demo: bool, to_stand: bool) -> Ints:
    """CHANGED or SAME for the figures that were found, of which these rows are the latest revisions."""
    undecided = kept["approved_at"].isna().to_numpy()
    returned = undecided & kept["review_id"].notna().to_numpy()
    moved = returned | (kept["demo"].to_numpy(dtype=bool) != demo) | (undecided & to_stand)
    for name in ("value", "numerator", "denominator"):
        own, last = getattr(table, name)[found], kept[name].to_numpy(dtype=float)
        moved |= ~((own == last) | (np.isnan(own) & np.isnan(last)))
    if table.texts:
        said = [table.texts.get(row, Texts()) for row in table.row[found].tolist()]
        rows = zip(kept["note"], kept["evidence"], kept["reason"], strict=True)
        said_anew = (any(new and new != old for new, old in zip(*both, strict=True)) for both in zip(said, rows, strict=True))
        moved |= np.fromiter(said_anew, dtype=bool, count=len(said))
    return np.where(moved, CHANGED, SAME)


def doubts(store: Store, plan: Plan, table: FigureTable, series: Series, policy: Policy = DEFAULT) -> dict[int, list[str]]:
    """By number of the row what is odd about its figure, as `trackers.queries.submission.doubts_among` tells it."""
    told: dict[int, list[str]] = {}
    copied = len(table) >= UNCHANGED_ROWS
    for block in blocks(table, series):
        kept = _Kept(store.frame("approved_values", series=_ids(block), waiting=True), block)
        copied = copied and bool((kept.before(block.keys) == block.table.value).all())
        told |= _doubts(plan, block, kept, policy)
    return {row: [*told.get(row, []), UNCHANGED] for row in table.row.tolist()} if copied else told


def _doubts(plan: Plan, block: Block, kept: _Kept, policy: Policy) -> dict[int, list[str]]:
    others = ~np.isin(kept.keys, block.keys)
    keys = np.concatenate([block.keys, kept.keys[others]])
    values = np.concatenate([block.table.value, kept.numbers("value")[: len(others)][others]])
    order = np.argsort(keys)
    line = _Line(keys[order], values[order])
    at = np.searchsorted(line.keys, block.keys)
    numbered = {each.id: place for place, each in enumerate(plan.indicators)}
    indicator = np.array([numbered[block.table.places[place][0]] for place in block.places])[block.of]
    beside = (line.beside(at, -1), block.table.value, line.beside(at, 1))
    told = {}
    for odd in np.flatnonzero(doubted(plan.indicators, indicator, beside, policy)).tolist():
        figure, near = block.table.figure(odd), line.near(int(at[odd]))
        told[int(block.table.row[odd])] = figure_doubts(plan.indicators[indicator[odd]], figure, near, policy)
    return told


class _Line(NamedTuple):
    """Values by series and time."""

    keys: Ints
    values: Floats

    def beside(self, at: Ints, step: int) -> Floats:
        """The value of the same series one place before (-1) or after (1) each of these; NaN where there is none."""
        other = np.clip(at + step, 0, len(self.keys) - 1)
        same = (at + step == other) & (self.keys[other] // KEY == self.keys[at] // KEY)
        return np.where(same, self.values[other], np.nan)

    def near(self, at: int) -> dict[int, float]:
        """The values at and next to a place, of the same series, by number of the period."""
        places = range(max(at - 1, 0), min(at + 2, len(self.keys)))
        own = self.keys[at] // KEY
        return {int(self.keys[p] % KEY): float(self.values[p]) for p in places if self.keys[p] // KEY == own}


class _Kept:
    """Rows that are kept of the series of a block, with keys that order them as the block's own figures."""

    def __init__(self, rows: pd.DataFrame, block: Block) -> None:
        known = np.flatnonzero(block.series)
        self.rows = rows
        self.of = known[np.searchsorted(block.series[known], rows["series_id"].to_numpy(dtype=np.int64))]
        self.keys = self.of * KEY + rows["period"].to_numpy(dtype=np.int64)

    def numbers(self, name: str) -> Floats:
        """A column; where there are no rows, of one that is nobody's."""
        return self.rows[name].to_numpy(dtype=float) if len(self.rows) else np.full(1, np.nan)

    def at(self, keys: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """The row that has each key, and whether there is one (else the row says nothing)."""
        if len(self.keys) == 0:
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=bool)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return at, self.keys[at] == keys

    def before(self, keys: Ints) -> Floats:
        """The value that is kept of the period before each; NaN where there is none."""
        if len(self.keys) == 0:
            return np.full(len(keys), np.nan)
        at = np.searchsorted(self.keys, keys) - 1
        same = (at >= 0) & (self.keys[np.maximum(at, 0)] // KEY == keys // KEY)
        return np.where(same, self.numbers("value")[np.maximum(at, 0)], np.nan)


def _ids(block: Block) -> str:
    return json.dumps(block.series[block.series > 0].tolist())
