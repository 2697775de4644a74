"""Whose turn it is to write: one at a time, in the order of arrival, across threads and processes.

SQLite lets a waiting writer sleep and try again, so that under load some wait for seconds. A file lock beside the
database is handed on in the order in which it was asked for (Windows keeps none), and is let go when a process dies.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import portalocker

from trackers.errors import StoreError


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for the turn to write to the database at `path`, and hand it on at the end.

    Raises StoreError where the folder cannot be written to.
    """
    with _lock_file(path) as file:
        _wait(file)
        try:
            yield
        finally:
            portalocker.unlock(file)
            _let_others_first()


def _let_others_first() -> None:
    """Whoever was woken takes the turn now: a process that never pauses would else ask again before it runs."""
    if hasattr(os, "sched_yield"):
        os.sched_yield()


def _wait(file: IO[bytes]) -> None:
    while True:
        try:
            portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE)
            return
        except portalocker.AlreadyLocked:
            continue  # Windows gives up after ten seconds; a long hand-in may take more


def _lock_file(path: Path) -> IO[bytes]:
    try:
        return path.with_name(path.name + ".turn").open("ab")
    except OSError as error:
        raise StoreError(f"不能在 {path.parent} 里写入（{error.strerror}），没有改动任何数据。请检查文件夹的权限。") from error
