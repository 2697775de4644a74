"""Processes that write until they are killed and tell, after each action that returned, what was acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.benchmarks.office import AT
from tests.benchmarks.submitters import hand_in
from trackers.actions.review import approve
from trackers.errors import RefusedError
from trackers.model.account import Actor
from trackers.queries.review import ReportKey
from trackers.store import Store, open_store

REVIEWER = Actor(login="reviewer")
MOST = 60  # figures that are approved together
Write = Callable[[Path, str, Connection], None]


def submit(path: Path, region: str, acknowledged: Connection) -> None:
    """Hand in one sheet after the other and tell its number."""
    with open_store(path) as store:
        for number in count():
            hand_in(store, region, number)
            acknowledged.send(number)


def review(path: Path, region: str, acknowledged: Connection) -> None:
    """Approve whatever waits and tell under which decision, and how many figures."""
    with open_store(path) as store:
        while True:
            keys = waiting(store)
            try:
                if keys:
                    done = approve(store, keys, by=REVIEWER, at=AT)
                    acknowledged.send((done.review, done.number))
            except RefusedError:
                continue  # mended in the meantime


def waiting(store: Store) -> list[ReportKey]:
    rows = store.connection.execute(
        "SELECT series_id, period, revision FROM report AS r WHERE approved_at IS NULL AND review_id IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM report AS n WHERE n.series_id = r.series_id AND n.period = r.period AND n.revision > r.revision)"
        " LIMIT ?",
        (MOST,),
    ).fetchall()
    return [ReportKey(*row) for row in rows]


@contextmanager
def writing(write: Write, path: Path, region: str) -> Iterator[tuple[Any, Connection]]:
    """A process that writes, and where it tells what was acknowledged; ended at the latest with the block."""
    methods = get_all_start_methods()
    context = get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload([__name__])
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=write, args=(path, region, its))
    process.start()
    its.close()
    try:
        yield process, mine
    finally:
        process.kill()
        process.join()
        mine.close()


def told(answers: Connection) -> list[Any]:
    """All that the dead process told; what it was about to tell when it died was not told."""
    found = []
    try:
        while True:
            found.append(answers.recv())
    except (EOFError, OSError):
        return found
