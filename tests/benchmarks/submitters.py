"""Many people at once, each a process of their own: they start together and each does one thing after the other."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.office import AT, BY_PAGE, OPEN, PLAN, reporter, sheet
from trackers.actions.figures import submit_figures
from trackers.queries.plans import plan_by_id, region_tree
from trackers.store import Store, open_store

TOGETHER = 120  # seconds that a process may wait for the others to be ready
SECOND = 1.0

Step = Callable[[Store, str, int], None]


class Task(NamedTuple):
    """What each process does `times` over, at most once in `every` seconds."""

    step: Step
    times: int
    every: float = 0.0


def hand_in(store: Store, region: str, number: int) -> None:
    """One sheet: of the first half of the calls each a new quarter, of the second half each mended once more."""
    period, again = OPEN[number % len(OPEN)], number // len(OPEN)
    done = submit_figures(store, PLAN, sheet(region, period, again), BY_PAGE, by=reporter(region), at=AT)
    assert (done.new, done.changed, done.same) == ((15, 0, 0) if again == 0 else (0, 15, 0))


def bare_insert(store: Store, region: str, number: int) -> None:
    """The floor: fifteen rows put into a table of the same shape, in a transaction of the same kind."""
    with store.writing():
        store.connection.executemany(
            "INSERT INTO floor VALUES (?, ?, ?, ?, ?)", [(int(region), number, line, 1.0, region) for line in range(15)]
        )


def at_once(path: Path, regions: list[str], task: Task) -> list[float]:
    """Seconds of every step of every process, from calling it until it returned. Raises what a process raised."""
    context = multiprocessing.get_context("forkserver" if hasattr(multiprocessing, "reduction") else "spawn")
    context.set_forkserver_preload([__name__])
    barrier, answers = context.Barrier(len(regions)), context.Queue()
    working = [
        context.Process(target=_work, args=(path, region, place / len(regions), task, barrier, answers))
        for place, region in enumerate(regions)
    ]
    with _ended(working):
        found = [answers.get(timeout=TOGETHER + task.times * max(task.every, SECOND)) for _ in working]
    faults = [told for told in found if isinstance(told, str)]
    assert not faults, faults[0]
    return [seconds for told in found for seconds in told]


@contextmanager
def _ended(working: list[Any]) -> Iterator[None]:
    for process in working:
        process.start()
    try:
        yield
    finally:
        for process in working:
            process.join(timeout=10)
            process.kill()


def _work(path: Path, region: str, share: float, task: Task, barrier: Any, answers: Any) -> None:
    try:
        with open_store(path) as store:
            region_tree(store), plan_by_id(store, PLAN)  # read once by a process, not for each sheet
            barrier.wait(TOGETHER)
            answers.put(list(_timed(store, region, share, task)))
    except BaseException as error:
        barrier.abort()
        answers.put(f"{region}: {error!r}")


def _timed(store: Store, region: str, share: float, task: Task) -> Iterator[float]:
    """The processes that pause begin spread over the pause, as people do."""
    began = time.perf_counter() + share * task.every
    for number in range(task.times):
        time.sleep(max(0.0, began + number * task.every - time.perf_counter()) if task.every else 0.0)
        start = time.perf_counter()
        task.step(store, region, number)
        yield time.perf_counter() - start
