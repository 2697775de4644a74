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
from benchmarks.noted import APPLICATION, TIMES
from dashboard.cookies import session_cookie
from trackers.actions.accounts import create_account
from trackers.actions.signing import Client, begin_session
from trackers.model.account import Account, Grant, Role
from trackers.settings import HOME
from trackers.store import Store, open_store

PATIENCE = 60.0  # seconds for the server to come up
PAGES, HELLO = "dashboard.server:app", "benchmarks.hello:app"
FOLDER = HOME / "dashboard"  # from which a server is started: Streamlit reads the settings that lie there


class Script(NamedTuple):
    """One run of a script: seconds that its thread worked, and seconds by the clock."""

    worked: float
    took: float


class Served(NamedTuple):
    """A running server: its port, its process, and where it notes how long scripts take."""

    port: int
    process: int
    times: Path | None = None

    def memory(self, line: str = "VmRSS") -> float:
        """MB of memory that the server holds now, or held at most (`VmHWM`); NaN where the machine does not tell."""
        status = Path(f"/proc/{self.process}/status")
        if not status.exists():
            return float("nan")
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return float(lines[line].split()[0]) / 1024

    def scripts(self) -> list[Script]:
        """How long the script took in each run so far; nothing of a run whose end is not noted yet."""
        noted = self.times.read_text() if self.times and self.times.exists() else ""
        return [Script(*map(float, line.split())) for line in noted.splitlines(keepends=True) if line.endswith("\n")]


@contextmanager
def served(database: Path, application: str = PAGES, *, times: Path | None = None) -> Iterator[Served]:
    """The pages of a database as it is, until the block ends; with `times` each run of a script is noted in that file.

    The page that says hello has the settings of the real ones, as it is started from the same folder.
    """
    port = _free_port()
    started = application if times is None else "benchmarks.timed:app"
    command = [sys.executable, "-P", "-m", "uvicorn", started, "--app-dir", str(HOME), "--port", str(port)]
    environment = os.environ | {"TRACKERS_DB": str(database), "PYTHONUTF8": "1", APPLICATION: application, TIMES: str(times)}
    with subprocess.Popen([*command, "--log-level", "error"], cwd=FOLDER, env=environment) as process:
        try:
            _wait(port, process)
            yield Served(port, process.pid, times)
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
    now, grant = datetime.now(UTC), Grant(role=Role.LEADER, region=NATION, below=True)
    with open_store(database) as store:
        return [signed_in(store, f"leader-{each:03}", grant, at=now) for each in range(number)]


def signed_in(store: Store, login: str, grant: Grant, *, at: datetime) -> str:
    """The cookie of somebody with this grant, whose account is made where there is none."""
    if not store.rows("account", login=login):
        account = Account(login=login, name=f"测速 {login}", grants=(grant,))
        create_account(store, account, password=None, by=BY, at=at)
    with store.writing():
        token = begin_session(store, login, client=Client("127.0.0.1"), at=at).token
    return f"{session_cookie(store.path)}={token}"
