"""A large CSV file of figures: read by columns as `import_figures` reads one by rows, with the same answers."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from trackers.actions.figure_tables import record_tables
from trackers.actions.figures import HandIn, Recorded
from trackers.actions.seeds import DEMONSTRATION
from trackers.errors import FigureError
from trackers.exchange.csv_parts import Part
from trackers.exchange.doubts import remarks
from trackers.exchange.gathered import MANY, Gathered
from trackers.exchange.import_figures import Doubt, allowed, refuse, settled, singled_out, unread
from trackers.exchange.large_csv import LargeCsv
from trackers.exchange.meanings import Meanings
from trackers.exchange.names import Names
from trackers.exchange.periods import read_period
from trackers.exchange.rows import Fault, Meant, is_empty, read_row
from trackers.exchange.tables import Row
from trackers.model.account import Actor
from trackers.model.figure_table import FigureTable, Ints
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.rights import Rights
from trackers.model.signs import file_name
from trackers.queries.figure_tables import CHANGES, compared, doubts
from trackers.queries.figures import Change, Series, series_in
from trackers.queries.plans import loaded
from trackers.queries.rights import rights_of
from trackers.store import Store


class LargeReading(NamedTuple):
    """A file read: its figures by plan, every fault and doubt by row, and how many rows were left empty."""

    name: str
    digest: str
    tables: list[tuple[Plan, FigureTable]]
    changes: Counter[Change]
    faults: list[Fault]
    warnings: list[Doubt]
    empty: int
    demo: bool

    @property
    def taken(self) -> int:
        """How many rows can be taken."""
        return sum(len(table) for _, table in self.tables)

    def count(self, change: Change) -> int:
        """How many of them are new, change what is kept, or say the same."""
        return self.changes[change]


def read_large(
    store: Store, file: Path, plan: Plan | None = None, *, by: Actor, on: date | None = None
) -> LargeReading:
    """Read a CSV file of figures by columns without recording anything; see `import_figures.read_figures`.

    At the most it holds some two hundred bytes of each row in memory, and more of a row that is odd in some way. Raises
    FileError where the file cannot be read as a table.
    """
    csv = LargeCsv(file)
    with _uncollected(), store.reading():
        reader = _Reader(Names(store, plan), rights_of(store, by))
        for part in csv.parts():
            reader.add(part)
        found = [_of_plan(gathered, reader.faulty, on) for gathered in reader.gathered.values()]
        faults = [fault for meant in reader.faulty for fault in meant.faults] + [fault for each in found for fault in each.faults]
        told = reader.unread + [doubt for each in found for doubt in each.told]
        demo, changes = DEMONSTRATION in loaded(store), Counter[Change]()
        for each in found:
            series = series_in(store, each.plan.id)
            changes += _changes(store, each.table, series, demo, by.operator)
            odd = doubts(store, each.plan, each.table, series)
            told += [Doubt(row, sentence) for row, sentences in odd.items() for sentence in sentences]
    tables = [(each.plan, each.table) for each in found if len(each.table)]
    name = file_name(file.name)
    return LargeReading(name, csv.digest, tables, changes, sorted(faults, key=Fault.place), sorted(told), reader.empty, demo)


class _Reader:
    """Takes in the parts of a file: what is plain by columns, every other row by itself."""

    def __init__(self, names: Names, rights: Rights) -> None:
        self._names, self._rights = names, rights
        self._plans: dict[tuple[str, ...], str] = {}
        self.gathered: dict[str, Gathered] = {}
        self.faulty: list[Meant] = []
        self.unread: list[Doubt] = []
        self.empty = 0

    def add(self, part: Part) -> None:
        plans = self._plans_of(part)
        taken = np.zeros(len(part.numbers), dtype=bool)
        for id in sorted(set(plans) - {""}):
            if len(set(plans)) == 1:
                taken = self.gathered[id].add(part)
            else:
                own = np.array([plan == id for plan in plans])
                taken[own] = self.gathered[id].add(part.take(np.flatnonzero(own)))
        for at in np.flatnonzero(~taken).tolist():
            self._look_at(part.row(at))

    def _look_at(self, row: Row) -> None:
        if is_empty(row):
            self.empty += "indicator" in row.cells
            self.unread += unread([row])
            return
        meant = allowed(read_row(row, self._names), self._rights)
        if meant.plan and meant.figure:
            self._of(meant.plan).add_one(meant)
        else:
            self.faulty.append(meant)

    def _plans_of(self, part: Part) -> Sequence[str]:
        """The id of each row's plan; empty where it cannot be told."""
        if self._names.only and part.column("plan").is_empty:
            return [self._of(self._names.only).meanings.plan.id] * len(part.numbers)
        columns = (part.column(name) for name in ("plan", "region", "indicator", "period"))
        return [self._plan(*cells) for cells in zip(*columns, strict=True)]

    def _plan(self, named: str, region: str, indicator: str, period: str) -> str:
        key = (named,) if named.strip() else ("", region, indicator, period)
        if key not in self._plans:
            try:
                plan = self._names.plan(named, region, indicator, _period(period))
                self._plans[key] = self._of(plan).meanings.plan.id
            except FigureError:
                self._plans[key] = ""
        return self._plans[key]

    def _of(self, plan: Plan) -> Gathered:
        if plan.id not in self.gathered:
            self.gathered[plan.id] = Gathered(Meanings(self._names, self._rights, plan))
        return self.gathered[plan.id]


def _period(text: str) -> Period | None:
    try:
        return read_period(text)
    except FigureError:
        return None


class _OfPlan(NamedTuple):
    """What a file holds for one plan: each figure once, and what there is to say of its rows."""

    plan: Plan
    table: FigureTable
    faults: list[Fault]
    told: list[Doubt]


def _of_plan(gathered: Gathered, faulty: Sequence[Meant], on: date | None) -> _OfPlan:
    table, written = gathered.table()
    plan, periods = gathered.meanings.plan, gathered.meanings.periods
    beside = [each for each in faulty if each.key and each.plan and each.plan.id == plan.id]
    keys = table.place * MANY + table.period
    shared = np.isin(keys, np.array([*_repeated(keys), *map(gathered.key, beside)], dtype=np.int64))
    meant = [gathered.meant(table, at, int(written[at])) for at in np.flatnonzero(shared).tolist()]
    single, faults, told = singled_out(sorted(meant + beside, key=lambda each: each.row))
    if shared.any():
        kept = ~shared | np.isin(table.row, [each.row for each in single])
        table, written = table.take(kept), written[kept]
    pairs, rows = np.unique(written * MANY + table.period, return_counts=True)
    numbers = (divmod(pair, MANY) for pair in pairs.tolist())
    moved = {(periods[first], periods[last]): count for (first, last), count in zip(numbers, rows.tolist(), strict=True)}
    remarkable = _remarkable(gathered, table, written, on)
    return _OfPlan(plan, table, faults, told + settled(moved) + [Doubt(*doubt) for doubt in remarks(remarkable, on)])


def _repeated(keys: Ints) -> list[int]:
    """Those that are there more than once."""
    ordered = np.sort(keys)
    found: list[int] = np.unique(ordered[1:][ordered[1:] == ordered[:-1]]).tolist()
    return found


def _remarkable(gathered: Gathered, table: FigureTable, written: Ints, on: date | None) -> list[Meant]:
    """The rows about which `remarks` may have something to say."""
    indicators, periods = gathered.meanings.indicators, gathered.meanings.periods
    late = np.array([on is not None and period.end > on for period in periods], dtype=bool)[table.period]
    percent = np.array([each.unit == "%" for each in indicators])[table.place % len(indicators)]
    little = percent & np.isnan(table.numerator) & (table.value > 0) & (table.value <= 1)
    return [gathered.meant(table, at, int(written[at])) for at in np.flatnonzero(late | little).tolist()]


def _changes(store: Store, table: FigureTable, series: Series, demo: bool, to_stand: bool) -> Counter[Change]:
    """How many of a plan's figures do what to what is kept."""
    count: Counter[Change] = Counter()
    for each in compared(store, table, series, demo=demo, to_stand=to_stand):
        count.update(dict(zip(CHANGES, np.bincount(each.change, minlength=len(CHANGES)).tolist(), strict=True)))
    return count


def import_large(
    store: Store, reading: LargeReading, *, by: Actor, at: datetime, accept_valid: bool = False
) -> list[Recorded]:
    """Record what was read, as `import_figures.import_figures` does: all plans in one transaction, one answer a plan."""
    refuse(reading.name, reading.faults, reading.taken, reading.empty, accept_valid)
    hand_in = HandIn(origin="import", file=reading.name, file_digest=reading.digest, demo=reading.demo)
    with _uncollected():
        return record_tables(store, {plan.id: table for plan, table in reading.tables}, hand_in, by=by, at=at)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Python need not search the cells of a million rows, which hold nothing, for what holds itself: a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
