"""Whose turn it is to write: one at a time, in the order of arrival, across threads and processes.

SQLite lets a waiting writer sleep and try again, so that under load some wait for seconds. A file lock beside the
database is handed on in the order in which it was asked for (Windows keeps none), and is let go when a process dies.
Whoever has it writes down who they are, for those who wait too long.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from threading import Thread
from typing import IO

import portalocker

from trackers.errors import StoreError
from trackers.model.wording import moment_text

PATIENCE = 60  # seconds; a million rows are taken in within half of it
LONGEST_NAME, NOTED = 60, 512  # signs of a program's name, bytes of what is written down
ALONE, AT_ONCE = portalocker.LockFlags.EXCLUSIVE, portalocker.LockFlags.NON_BLOCKING


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait for the turn to write to the database at `path`, and hand it on at the end.

    Raises StoreError where the folder cannot be written to, and where it does not come in time: naming who has it.
    """
    file = _lock_file(path)
    if not (_taken_at_once(file) or _waited_for(file)):
        raise StoreError(
            f"数据库 {path} 一直有别的操作在写入，{PATIENCE} 秒内没有轮到这次操作，没有改动任何数据。{_who_has_it(path)}"
        )
    with file:
        try:
            _note(path)
            yield
        finally:
            portalocker.unlock(file)
            _let_others_first()


def _let_others_first() -> None:
    """Whoever was woken takes the turn now: a process that never pauses would else ask again before it runs."""
    if hasattr(os, "sched_yield"):
        os.sched_yield()


def _taken_at_once(file: IO[bytes]) -> bool:
    try:
        portalocker.lock(file, ALONE | AT_ONCE)
    except portalocker.AlreadyLocked:
        return False
    except BaseException:
        file.close()
        raise
    return True


def _waited_for(file: IO[bytes]) -> bool:
    """Whether the turn came in time. A place in the row cannot be given up: a thread keeps it, and hands the turn on."""
    asked: Future[None] = Future()
    Thread(target=_wait, args=(file, asked), daemon=True).start()
    try:
        asked.result(PATIENCE)
    except TimeoutError:
        if asked.cancel():
            return False
        asked.result()  # it came in this very moment
    return True


def _wait(file: IO[bytes], asked: Future[None]) -> None:
    failed: BaseException | None = None
    while not asked.cancelled():
        try:
            portalocker.lock(file, ALONE)
            break
        except portalocker.AlreadyLocked:
            continue  # Windows gives up after ten seconds; a long hand-in may take more
        except BaseException as error:
            failed = error
            break
    if not asked.set_running_or_notify_cancel():
        file.close()  # nobody waits any more; this lets the lock go
    elif failed:
        file.close()
        asked.set_exception(failed)
    else:
        asked.set_result(None)


def _note(path: Path) -> None:
    """Write down who has the turn; what cannot be written is left out, and the turn is none the worse.

    It is written over what stood there, always as long: to empty a file first takes a file system fifty times as long.
    """
    told = {"pid": os.getpid(), "program": program(sys.argv)[:LONGEST_NAME], "since": datetime.now(UTC).isoformat()}
    with suppress(OSError):
        file = os.open(_holder(path), os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.write(file, json.dumps(told).encode().ljust(NOTED))
        finally:
            os.close(file)


def _who_has_it(path: Path) -> str:
    """Who has the turn, as they wrote down, and what to do."""
    try:
        told = json.loads(_holder(path).read_text(encoding="utf-8"))
        pid, name, since = int(told["pid"]), str(told["program"]), moment_text(told["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return "正在写入的程序没有留下名字。请稍后再试。"
    if pid == os.getpid():
        return f"正在写入的是本程序里的另一项操作（{since} 开始）。请等它结束后再试。"
    return f"正在写入的是 {name}（进程号 {pid}，{since} 开始）。请等它结束后再试；它若已停住，请在服务器上结束这个进程。"


def program(argv: Sequence[str]) -> str:
    """How a program was called, without what it was given: trackers import, dashboard, uvicorn."""
    called = Path(argv[0]) if argv and argv[0] not in ("", "-c", "-m") else Path(sys.executable)
    name = called.parent.name if called.name == "__main__.py" else called.name
    words = takewhile(lambda word: word.isascii() and word.isalpha(), argv[1:3])
    return " ".join([name, *words])


def _holder(path: Path) -> Path:
    return path.with_name(path.name + ".turn.json")


def _lock_file(path: Path) -> IO[bytes]:
    try:
        return path.with_name(path.name + ".turn").open("ab")
    except OSError as error:
        raise StoreError(f"不能在 {path.parent} 里写入（{error.strerror}），没有改动任何数据。请检查文件夹的权限。") from error
