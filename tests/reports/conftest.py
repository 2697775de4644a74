"""The plans held here with the published figures, and the same filled with demonstration figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.samples import OPERATOR
from trackers.exchange.first_start import open_or_create
from trackers.model.plan import EvaluationKind
from trackers.queries.plans import find_plan
from trackers.reports.contents import evaluation_contents
from trackers.reports.outline import Contents
from trackers.store import Store

AT = datetime(2024, 6, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="package")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_or_create(tmp_path_factory.mktemp("real") / "tracker.db", at=AT) as store:
        yield store


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_or_create(tmp_path_factory.mktemp("demo") / "tracker.db", at=AT, demo=True) as store:
        yield store


def contents_of(store: Store, plan: str, day: str, kind: str = "midterm") -> Contents:
    return evaluation_contents(store, find_plan(store, plan), EvaluationKind(kind), date.fromisoformat(day), by=OPERATOR)


@pytest.fixture(scope="package")
def liaoning(real: Store) -> Contents:
    return contents_of(real, "liaoning-2021", "2024-05-20")


@pytest.fixture(scope="package")
def fuxin(demo: Store) -> Contents:
    return contents_of(demo, "fuxin-2013", "2016-12-31")


@pytest.fixture(scope="package")
def fuyang(real: Store) -> Contents:
    return contents_of(real, "fuyang-2021", "2024-05-20")


@pytest.fixture
def attacked(tmp_path: Path) -> Contents:
    """A plan and figures whose every text tries to be something else than text."""
    from tests.reports.attacks import attacked_contents

    return attacked_contents(tmp_path)
