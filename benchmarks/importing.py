"""Taking in a file of a million rows, against sqlite-utils' bare `insert_all` of the same rows.

Each in a process of its own, in turns: read from the same CSV file into a new database with the same settings. What is
taken in is checked as every figure is, kept in the log, with its maintained rows and one entry in the record;
`insert_all` puts the cells as they are into a table without a key, a hundred rows in each transaction.
"""

from __future__ import annotations

import csv
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlite_utils import Database

from benchmarks.figures import drawn
from benchmarks.filling import BY
from benchmarks.indicators import Course, courses
from benchmarks.measure import Row, at_least, time_text
from benchmarks.national import PERIODS, SEED, plan_of, regions_for
from benchmarks.sets import Made
from trackers.actions.plans import load_plans, load_regions
from trackers.exchange.large_file import import_large, read_large
from trackers.model.plan import Level
from trackers.model.region import Region
from trackers.queries.plans import plan_by_id
from trackers.store import open_store
from trackers.store.database import connect

ROWS, ROUNDS = 1_000_000, 2
HEADER = ("地区", "指标", "填报期", "填报值", "分子", "分母")
AT = datetime(2025, 1, 31, tzinfo=UTC)


class Cost(NamedTuple):
    """What one of the two took: seconds by the clock and of the processor, and how much memory it came to need, in MB."""

    elapsed: float
    processor: float
    memory: float


def rows(_: Sequence[Made]) -> Iterator[Row]:
    """Rows a second, by the clock and by what the processor did; it is one file, whatever the shares asked for."""
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        yield from _of(Path(folder), ROWS)


def _of(folder: Path, number: int) -> Iterator[Row]:
    file = folder / "figures.csv"
    write(file, number)
    rounds = [(_alone(taken_in, folder), _alone(inserted, folder)) for _ in range(ROUNDS)]
    own, bare = (_best([pair[which] for pair in rounds]) for which in (0, 1))
    for name, field, goal in (("by the clock", "elapsed", True), ("of the processor's time", "processor", False)):
        mine, floor = getattr(own, field), getattr(bare, field)
        wanted, met = at_least(1, floor / mine) if goal else ("", None)
        note = f"{own.memory:.0f} MB of memory, insert_all {bare.memory:.0f} MB"
        told = (f"{number:,} rows", f"a CSV file taken in, {name}", time_text(mine), f"insert_all {time_text(floor)}")
        yield Row(*told, floor / mine, wanted, met, note)


def _best(costs: Sequence[Cost]) -> Cost:
    return Cost(*(min(found) for found in zip(*costs, strict=True)))


def write(file: Path, number: int) -> None:
    """A file of so many made-up figures of counties, as an official's export has them: by period, region, indicator."""
    regions = [region for region in regions_for(100) if region.level is Level.COUNTY]
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([HEADER, *islice(_cells(regions), number)])


def _cells(regions: Sequence[Region]) -> Iterator[Sequence[str]]:
    made = [(course, drawn(course, len(regions), len(PERIODS), [SEED, place])) for place, course in enumerate(courses())]
    for on, period in enumerate(PERIODS):
        for where, region in enumerate(regions):
            if region.valid_on(period.end):
                for course, found in made:
                    told = (found.value[where, on], found.numerator[where, on], found.denominator[where, on])
                    yield region.code, course.name, str(period), *_typed(course, *told)


def _typed(course: Course, value: float, numerator: float, denominator: float) -> tuple[str, str, str]:
    if numerator == numerator:
        return "", f"{numerator:.0f}", f"{denominator:.0f}"
    return f"{value:.2f}" if value % 1 else f"{value:.0f}", "", ""


def taken_in(folder: Path) -> Cost:
    """Read and record the file, beginning with the regions and the plan alone."""
    with open_store(folder / "taken.db", create=True) as store:
        load_regions(store, regions_for(100), by=BY, at=AT)
        plan = plan_of(Level.COUNTY)
        load_plans(store, [plan], by=BY, at=AT)

        def take() -> None:
            reading = read_large(store, folder / "figures.csv", plan_by_id(store, plan.id), by=BY)
            (done,) = import_large(store, reading, by=BY, at=AT)
            assert done.new == reading.taken and not reading.faults

        return _cost(take)


def inserted(folder: Path) -> Cost:
    """Insert the file's rows."""
    connection = connect(folder / "inserted.db")
    connection.execute("PRAGMA journal_mode = WAL")

    def insert() -> None:
        with (folder / "figures.csv").open(encoding="utf-8", newline="") as text:
            Database(connection).table("figures").insert_all(csv.DictReader(text))

    return _cost(insert)


def _cost(thing: Callable[[], None]) -> Cost:
    before, began, worked = _memory(), time.perf_counter(), time.process_time()
    thing()
    return Cost(time.perf_counter() - began, time.process_time() - worked, _memory() - before)


def _memory() -> float:
    """The most memory this process has held, in MB; nothing where the system does not say (it does on Linux)."""
    told = Path("/proc/self/status")
    lines = told.read_text(encoding="ascii").splitlines() if told.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def _alone(thing: Callable[[Path], Cost], folder: Path) -> Cost:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        cost = pool.apply(partial(thing, folder))
    for file in [*folder.glob("taken.db*"), *folder.glob("inserted.db*")]:
        file.unlink()
    return cost
