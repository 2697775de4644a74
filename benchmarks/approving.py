"""`python -m benchmarks.approving FILE PLAN`: a reviewer at work in a process of their own: one figure every ten seconds."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.filling import BY
from benchmarks.national import NATION
from trackers.actions.accounts import create_account
from trackers.actions.review import approve
from trackers.model.account import Account, Actor, Grant, Role
from trackers.queries.figures import series_in
from trackers.queries.review import ReportKey
from trackers.settings import HOME
from trackers.store import open_store

LOGIN, EVERY = "reviewer-of-all", 10.0  # seconds from one approval to the next


@contextmanager
def approving(path: Path, plan: str, every: float = EVERY) -> Iterator[None]:
    """Somebody approves one waiting figure after the other until the block ends."""
    now = datetime.now(UTC)
    with open_store(path) as store:
        if not store.rows("account", login=LOGIN):
            grant = Grant(role=Role.REVIEWER, region=NATION, below=True)
            create_account(store, Account(login=LOGIN, name="审核员", grants=(grant,)), password=None, by=BY, at=now)
    command = [sys.executable, "-m", "benchmarks.approving", str(path), plan, "--every", str(every)]
    with subprocess.Popen(command, cwd=HOME) as process:
        try:
            yield
            if process.poll() is not None:
                raise RuntimeError("the reviewer stopped working")
        finally:
            process.terminate()


def main(path: Path, plan: str, every: Annotated[float, typer.Option(help="Seconds between two.")] = EVERY) -> None:
    """Approve a figure that waits, and the next, until stopped."""
    by = Actor(login=LOGIN, where="127.0.0.1")
    with open_store(path) as store:
        series = json.dumps(list(series_in(store, plan).values()))
        for row in store.rows("open_reports", series=series, login=LOGIN):
            time.sleep(every)
            approve(store, [ReportKey(row["series_id"], row["period"], row["revision"])], by=by, at=datetime.now(UTC))


if __name__ == "__main__":
    typer.run(main)
