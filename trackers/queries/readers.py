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
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from trackers.queries.history import Columns
from trackers.queries.reader import Told, Wanted
from trackers.settings import HOME
from trackers.store import Store

MOST = 4  # processes
IDLE = 60.0  # seconds after which they end


def folded_in_bulk(
    store: Store, series: tuple[int, int], day: int, known: int, versions: Mapping[int, int]
) -> Columns | None:
    """How the series from the first to the last of a range stand, as `trackers.queries.history.folded` has it, by id.

    `versions` are those of the figures, by the indicator's id, as the store sees them. None where the readers do not
    see the same: they read a little later, and a figure may have been approved since, or is not yet kept.
    """
    if store.is_writing:
        return None
    with _LOCK:
        told = _ask(store.path, *series, day, known)
    if told is None or any(part.versions.get(id) != version for part in told for id, version in versions.items()):
        return None
    return {name: np.concatenate([part.columns[name] for part in told]) for name in told[0].columns}


_LOCK = threading.Lock()
_RUNNING: list[subprocess.Popen[bytes]] = []
_TIMER: list[threading.Timer] = []


def _ask(path: Path, first: int, last: int, day: int, known: int) -> list[Told] | None:
    """Every reader's part of the answer; None, with the readers ended, where one fails."""
    readers = _readers()
    edges = np.linspace(first, last + 1, len(readers) + 1).astype(int).tolist()
    try:
        for reader, start, end in zip(readers, edges, edges[1:], strict=False):
            assert reader.stdin
            pickle.dump(Wanted(path.resolve(), start, end - 1, day, known), reader.stdin)
            reader.stdin.flush()
        told = [pickle.load(reader.stdout) for reader in readers if reader.stdout]
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        told = [f"{type(error).__name__}: {error}"]
    if wrong := [text for text in told if isinstance(text, str)]:
        logging.getLogger(__name__).warning("the log is read without readers: %s", wrong[0])
        end_readers()
        return None
    return told


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
