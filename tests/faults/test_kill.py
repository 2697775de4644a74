"""kill -9 in the middle of writing, twenty times: `python -m pytest -m faults`.

A killed process loses what it has in memory; what the system has taken over it keeps. A power cut is another matter:
against that stands SQLite's synchronous=FULL, which no test of this kind shows.
"""

from __future__ import annotations

import os
import random
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.office import AT, BY_PAGE, OPEN, PAST, PLAN, build, reporter, sheet
from tests.faults.writers import Write, review, submit, told, writing
from trackers.actions.figures import submit_figures
from trackers.queries.check import faults
from trackers.store import Store, open_store

pytestmark = [pytest.mark.faults, pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")]
ROUNDS = 20
LONGEST_LIFE, LONGEST_WAIT = 0.3, 5.0  # seconds


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> tuple[Path, list[str]]:
    return build(tmp_path_factory.mktemp("office"), ROUNDS + 1, PAST[:2])


@pytest.mark.parametrize("number", range(ROUNDS))
def test_what_was_acknowledged_outlives_a_kill_and_nobody_waits(office, number):
    path, (*regions, other) = office
    victims: list[Write] = [submit] if number % 2 else [submit, review]
    sheets, *decisions = killed(path, regions[number], victims, random.Random(number))
    with open_store(path) as store:
        began = time.perf_counter()
        submit_figures(store, PLAN, sheet(other, OPEN[number]), BY_PAGE, by=reporter(other), at=AT)
        assert time.perf_counter() - began < LONGEST_WAIT
        assert faults(store) == []
        assert missing_sheets(store, regions[number], sheets) == []
        assert [each for told in decisions for each in told if not is_decided(store, *each)] == []


def killed(path: Path, region: str, victims: list[Write], chance: random.Random) -> list[list[Any]]:
    """Let the victims write at the same time, kill one after the other, and say what each had acknowledged."""
    with ExitStack() as stack:
        working = [stack.enter_context(writing(each, path, region)) for each in victims]
        for _, answers in working:
            assert answers.poll(30), "a writer never began"
        for process, _ in chance.sample(working, len(working)):
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            process.kill()
            process.join()
        return [told(answers) for _, answers in working]


def missing_sheets(store: Store, region: str, numbers: list[int]) -> list[tuple]:
    """Figures of the sheets that were acknowledged and are not there as they were handed in."""
    kept = set(
        store.connection.execute(
            "SELECT i.code, r.period, r.revision, r.value FROM report AS r JOIN series AS s ON s.id = r.series_id"
            " JOIN indicator AS i ON i.id = s.indicator_id JOIN region AS g ON g.id = s.region_id WHERE g.code = ?",
            (region,),
        ).fetchall()
    )
    expected = [
        (figure.indicator, figure.period.number, number // len(OPEN) + 1, figure.value)
        for number in numbers
        for figure in sheet(region, OPEN[number % len(OPEN)], number // len(OPEN))
    ]
    return [each for each in expected if each not in kept]


def is_decided(store: Store, review: int, number: int) -> bool:
    """Whether all the figures of a decision stand."""
    rows = store.connection.execute("SELECT approved_at FROM report WHERE review_id = ?", (review,)).fetchall()
    return len(rows) == number and all(moment is not None for (moment,) in rows)
