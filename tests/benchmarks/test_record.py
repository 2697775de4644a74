"""Searching a long record, and checking its chain: `python -m pytest -m benchmark`."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.samples import AT, OPERATOR, new_store
from trackers.actions.audit import utc_text
from trackers.queries.audit import chain_faults, entries, entry_digest, last_entry
from trackers.store import Store

pytestmark = pytest.mark.benchmark
ENTRIES, PAGE, FILE = 100_000, 101, 10_001
SEARCHES: dict[str, dict[str, Any]] = {
    "the newest": {}, "half way back": {"before": ENTRIES // 2}, "one person": {"who": "person-77"},
    "what was refused": {"refused": True}, "a word that is nowhere": {"words": "nowhere"},
    "a day": {"first": AT.date() + timedelta(days=30), "last": AT.date() + timedelta(days=30)},
}  # fmt: skip
LONGEST = 1.0  # seconds, of any search
MOST_MEMORY = 30e6  # bytes held while a chain is checked


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("record")) as store:
        with store.writing():
            store.run("audit_add", long_record(store))
        yield store


def long_record(store: Store) -> Iterator[dict[str, Any]]:
    before = last_entry(store)
    previous = before.digest
    for number in range(before.id + 1, before.id + 1 + ENTRIES):
        figures = [[f"indicator-{line}", "210902", "2016Q4", None, line + number, ""] for line in range(15)]
        detail = {"refused": "已截止"} if number % 1000 == 0 else {"new": 15, "figures": figures, "where": "10.0.0.7"}
        entry = {
            "id": number, "at": utc_text(AT + timedelta(minutes=number)), "by": f"person-{number * 31 % 500}",
            "action": "submit_figures", "subject": "sample-2013", "detail": json.dumps(detail, ensure_ascii=False),
            "previous": previous,
        }  # fmt: skip
        previous = entry_digest(entry)
        yield entry | {"digest": previous}


@pytest.mark.parametrize("limit", [PAGE, FILE])
@pytest.mark.parametrize("search", SEARCHES)
def test_a_search_in_a_long_record(store, capsys, search, limit):
    began = time.perf_counter()
    found = entries(store, by=OPERATOR, limit=limit, **SEARCHES[search])
    seconds = time.perf_counter() - began
    with capsys.disabled():
        print(f"\n{search}, at most {limit} of {ENTRIES}: {len(found)} in {seconds * 1000:.0f} ms", end="")
    assert seconds < LONGEST


def test_the_chain_of_a_long_record_is_checked_without_holding_it(store, capsys):
    tracemalloc.start()
    began = time.perf_counter()
    assert chain_faults(store) == []
    seconds, most = time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with capsys.disabled():
        print(f"\nthe chain of {ENTRIES} entries: {seconds:.1f} s (traced), {most / 1e6:.1f} MB", end="")
    assert most < MOST_MEMORY
