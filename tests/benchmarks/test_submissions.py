"""Fifty people hand in sheets of fifteen figures at once: `python -m pytest -m benchmark`.

What is asserted is the hardest load: no pause between the sheets of any of them, so that 49 others always wait. What
people do, a sheet now and then, is told beside it, and so is the floor: bare rows under the same lock.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.office import INDICATORS, OPEN, build
from tests.benchmarks.submitters import FLOOR, Task, at_once, bare_insert, hand_in
from trackers.queries.check import faults
from trackers.store import open_store

pytestmark = pytest.mark.benchmark
PEOPLE, SHEETS, PAUSED = 50, 20, 10
LONGEST = 0.250  # seconds, of 99 sheets in 100
TASKS = [
    Task("one sheet each, the first of each process", hand_in, 1),
    Task("sheets one after the other, no pause", hand_in, SHEETS, first=1),
    Task("bare rows, no pause: the floor", bare_insert, SHEETS),
    Task("a sheet each second", hand_in, PAUSED, every=1.0, first=1 + SHEETS),
]


def test_fifty_people_hand_in_sheets_at_once(tmp_path, capsys):
    path, regions = build(tmp_path, PEOPLE)
    with open_store(path) as store:
        store.connection.execute(FLOOR)
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    measured = at_once(path, regions, TASKS)
    with capsys.disabled():
        print(f"\nothers at work before it began: {busy:.1f} processes (what is measured holds for a machine at rest)")
        print(*(f"{name:42} {told(seconds)}" for name, seconds in measured.items()), sep="\n")
    check_revisions(path, regions)
    for task in TASKS:
        assert quantile(measured[task.name], 99) < LONGEST, task.name


def quantile(seconds: list[float], share: int) -> float:
    return float(np.percentile(seconds, share))


def told(seconds: list[float]) -> str:
    p50, p99 = (quantile(seconds, share) * 1000 for share in (50, 99))
    return f"{len(seconds):5} p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  max {max(seconds) * 1000:6.1f} ms"


def check_revisions(path: Path, regions: list[str]) -> None:
    """Each figure of each sheet is there once, a mended one twice, and all is sound."""
    counts = {period.number: 0 for period in OPEN}
    for number in range(1 + SHEETS + PAUSED):
        counts[OPEN[number % len(OPEN)].number] += 1
    expected = {number: list(range(1, count + 1)) for number, count in counts.items() if count}
    with open_store(path) as store:
        rows = store.connection.execute(
            "SELECT g.code, i.code, r.period, r.revision FROM report AS r"
            " JOIN series AS s ON s.id = r.series_id JOIN indicator AS i ON i.id = s.indicator_id"
            " JOIN region AS g ON g.id = s.region_id WHERE r.period >= ? ORDER BY r.revision",
            (OPEN[0].number,),
        ).fetchall()
        found: dict[tuple[str, str, int], list[int]] = {}
        for region, id, period, revision in rows:
            found.setdefault((region, id, period), []).append(revision)
        assert found == {
            (region, id, period): revisions
            for region in regions for id in INDICATORS for period, revisions in expected.items()
        }  # fmt: skip
        assert faults(store) == []
