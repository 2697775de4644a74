"""Many people at once, each a process of their own: they start together and each does one thing after the other."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.office import AT, BY_PAGE, OPEN, PLAN, reporter, sheet
from trackers.actions.figures import submit_figures
from trackers.queries.plans import plan_by_id, region_tree
from trackers.store import Store, open_store

TOGETHER = 120  # seconds that a process may wait for the others to be ready

Step = Callable[[Store, str, int], None]


class Task(NamedTuple):
    """What each process does `times` over, at most once in `every` seconds; the calls are numbered from `first`."""

    name: str
    step: Step
    times: int
    every: float = 0.0
    first: int = 0


def hand_in(store: Store, region: str, number: int) -> None:
    """One sheet of fifteen figures: a new quarter each, and when there is none left each mended once more."""
    period, again = OPEN[number % len(OPEN)], number // len(OPEN)
    done = submit_figures(store, PLAN, sheet(region, period, again), BY_PAGE, by=reporter(region), at=AT)
    assert (done.new, done.changed, done.same) == ((15, 0, 0) if again == 0 else (0, 15, 0))


def bare_insert(store: Store, region: str, number: int) -> None:
    """The floor: the fifteen rows alone, put where those of a sheet go, in a transaction of the same kind."""
    with store.writing():
        store.connection.executemany(
            "INSERT INTO floor VALUES (?, ?, 1, ?, ?)",
            [(int(region) * 100 + line, number, number, line + 0.5) for line in range(15)],
        )


FLOOR = """CREATE TABLE floor (series INTEGER, period INTEGER, revision INTEGER, observed INTEGER, value REAL,
    PRIMARY KEY (series, period, revision)) STRICT, WITHOUT ROWID"""


def at_once(path: Path, regions: Sequence[str], tasks: Sequence[Task]) -> dict[str, list[float]]:
    """Seconds of every step of every process by task, from calling it until it returned.

    All begin each task at the same moment. Fails with what a process raised.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([__name__])
    barrier, answers = context.Barrier(len(regions)), context.Queue()
    shares = [place / len(regions) for place in range(len(regions))]
    working = [
        context.Process(target=_work, args=(path, region, share, tasks, barrier, answers))
        for region, share in zip(regions, shares, strict=True)
    ]
    with _ended(working):
        found = [answers.get(timeout=5 * TOGETHER) for _ in working]
    faults = [told for told in found if isinstance(told, str)]
    assert not faults, "\n".join(faults)
    return {task.name: [seconds for told in found for seconds in told[task.name]] for task in tasks}


@contextmanager
def _ended(working: Sequence[Any]) -> Iterator[None]:
    for process in working:
        process.start()
    try:
        yield
    finally:
        for process in working:
            process.join(timeout=10)
            process.kill()


def _work(path: Path, region: str, share: float, tasks: Sequence[Task], barrier: Any, answers: Any) -> None:
    try:
        with open_store(path) as store:
            region_tree(store), plan_by_id(store, PLAN)  # read once by a process, not for each sheet
            told = {}
            for task in tasks:
                barrier.wait(TOGETHER)
                told[task.name] = list(_timed(store, region, share, task))
        answers.put(told)
    except BaseException as error:
        barrier.abort()
        answers.put(f"{region}: {error!r}")


def _timed(store: Store, region: str, share: float, task: Task) -> Iterator[float]:
    """Processes that pause begin spread over the pause, as people do."""
    began = time.perf_counter() + share * task.every
    for number in range(task.times):
        if task.every:
            time.sleep(max(0.0, began + number * task.every - time.perf_counter()))
        start = time.perf_counter()
        task.step(store, region, task.first + number)
        yield time.perf_counter() - start
