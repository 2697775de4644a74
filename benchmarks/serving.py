"""The server in a process of its own, as people use it, and people who are signed in to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.filling import BY
from benchmarks.national import NATION
from dashboard.cookies import session_cookie
from trackers.actions.accounts import create_account
from trackers.actions.signing import Client, begin_session
from trackers.model.account import Account, Grant, Role
from trackers.settings import HOME
from trackers.store import open_store

PATIENCE = 60.0  # seconds for the server to come up
HELLO = "benchmarks.hello:app"
# What dashboard/.streamlit/config.toml says, for the page that says hello too.
SETTINGS = {
    "STREAMLIT_RUNNER_POST_SCRIPT_GC": "false", "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false", "STREAMLIT_LOGGER_LEVEL": "error",
}  # fmt: skip


class Served(NamedTuple):
    """A running server: its port and its process."""

    port: int
    process: int

    def memory(self) -> float:
        """MB of memory that the server holds now; NaN where the machine does not tell."""
        status = Path(f"/proc/{self.process}/status")
        if not status.exists():
            return float("nan")
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return float(lines["VmRSS"].split()[0]) / 1024


@contextmanager
def served(database: Path, application: str = "dashboard.server:app") -> Iterator[Served]:
    """The pages of a database as it is, until the block ends."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port), "--log-level", "error"]
    environment = os.environ | SETTINGS | {"TRACKERS_DB": str(database), "PYTHONUTF8": "1"}
    with subprocess.Popen(command, cwd=HOME, env=environment) as process:
        try:
            _wait(port, process)
            yield Served(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not come up")


def cookies(database: Path, number: int) -> list[str]:
    """The cookies of so many leaders of the nation, each signed in in a window of their own."""
    now = datetime.now(UTC)
    grant = Grant(role=Role.LEADER, region=NATION, below=True)
    found = []
    with open_store(database) as store:
        for each in range(number):
            login = f"leader-{each:03}"
            if not store.rows("account", login=login):
                account = Account(login=login, name=f"领导{each}", grants=(grant,))
                create_account(store, account, password=None, by=BY, at=now)
            with store.writing():
                token = begin_session(store, login, client=Client("127.0.0.1"), at=now).token
            found.append(f"{session_cookie(database)}={token}")
    return found
