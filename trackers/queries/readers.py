"""Processes that read the log in bulk: for judging a nation on a past day.

They are started when they are first wanted, kept while they are asked, and end when nobody asked for a while or the process
that asks has ended. Whatever goes wrong with them, the log can be read without.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from trackers.queries.history import Columns
from trackers.queries.reader import Told, Wanted
from trackers.settings import HOME
from trackers.store import Store

MOST = 4  # processes
MANY = 5_000  # series for which they are started: that takes as long as reading some thousands without them
FEW = 200  # series for which they are asked while they run
IDLE = 60.0  # seconds after which they end


def worth_asking(series: int) -> bool:
    """Whether so many series are read sooner with readers than without."""
    return series >= (FEW if _RUNNING else MANY)


def folded_in_bulk(store: Store, series: range, day: int, known: int, versions: Mapping[int, int]) -> Columns | None:
    """How the series of a range stand, as `trackers.queries.history.folded` has it, by id.

    `versions` are those of the figures, by the indicator's id, as the store sees them. None where the readers do not
    see the same: they read a little later, and a figure may have been approved since, or is not yet kept.
    """
    if store.is_writing:
        return None
    with _LOCK:
        edges = np.linspace(0, len(series), len(_readers()) + 1).astype(int).tolist()
        parts = [series[start:end] for start, end in zip(edges, edges[1:], strict=False) if end > start]
        told = list(_answers([Wanted(store.path.resolve(), part, day, known, dict(versions)) for part in parts]))
    seen = [part.columns for part in told if part and _sees(part, versions)]
    return {name: np.concatenate([columns[name] for columns in seen]) for name in seen[0]} if len(seen) == len(parts) else None


def reports_in_bulk(
    store: Store, series: Sequence[list[int]], days: Sequence[int], known: int, versions: Mapping[int, int]
) -> Iterator[Columns | None]:
    """The reports of each of these lists of series observed by each of these days, as `reports_of` has them.

    One after the other, the next ones being read meanwhile. None as with `folded_in_bulk`.
    """
    if store.is_writing:
        yield from [None] * len(series)
        return
    path = store.path.resolve()
    with _LOCK:
        for told in _answers([Wanted(path, ids, day, known, dict(versions)) for ids, day in zip(series, days, strict=True)]):
            yield told.columns if told and _sees(told, versions) else None


def _sees(told: Told, versions: Mapping[int, int]) -> bool:
    return all(told.versions.get(id) == version for id, version in versions.items())


_LOCK = threading.Lock()
_RUNNING: list[subprocess.Popen[bytes]] = []
_TIMER: list[threading.Timer] = []


def _answers(questions: Sequence[Wanted]) -> Iterator[Told | None]:
    """The answer to each question, in their order; None for what is left where a reader fails, and the readers end.

    Each reader has one question at a time, so that nobody waits for somebody who waits.
    """
    readers, answered = _readers(), 0
    try:
        for reader, question in zip(readers, questions, strict=False):
            _ask(reader, question)
        for number in range(len(questions)):
            reader = readers[number % len(readers)]
            told = pickle.load(reader.stdout) if reader.stdout else "no answer"
            if isinstance(told, str):
                raise EOFError(told)
            if number + len(readers) < len(questions):
                _ask(reader, questions[number + len(readers)])
            yield told
            answered += 1
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        logging.getLogger(__name__).warning("the log is read without readers: %s", error)
        yield from [None] * (len(questions) - answered)
    finally:
        if answered < len(questions):  # whatever is on its way is nobody's answer
            end_readers()


def _ask(reader: subprocess.Popen[bytes], question: Wanted) -> None:
    assert reader.stdin
    pickle.dump(question, reader.stdin)
    reader.stdin.flush()


def _readers() -> list[subprocess.Popen[bytes]]:
    """The processes, started where there are none; the time after which they end begins anew."""
    for timer in _TIMER:
        timer.cancel()
    if not _RUNNING:
        command = [sys.executable, "-c", "from trackers.queries.reader import main; main()"]
        for _ in range(min(MOST, os.cpu_count() or 1)):
            _RUNNING.append(subprocess.Popen(command, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
    _TIMER[:] = [threading.Timer(IDLE, _end_when_idle)]
    _TIMER[0].daemon = True
    _TIMER[0].start()
    return list(_RUNNING)


def _end_when_idle() -> None:
    with _LOCK:
        end_readers()


def end_readers() -> None:
    """Let the readers end: nobody can ask them any more."""
    for reader in _RUNNING:
        reader.kill()  # it keeps nothing
        reader.communicate()
    _RUNNING.clear()
