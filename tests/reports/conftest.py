"""The plans held here with the published figures, and the same filled with demonstration figures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests import reported
from tests.samples import OPERATOR
from trackers.exchange.first_start import open_or_create
from trackers.model.plan import EvaluationKind
from trackers.queries.plans import find_plan
from trackers.reports.contents import evaluation_contents
from trackers.reports.outline import Contents
from trackers.store import Store, open_store

AT = datetime(2024, 6, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="package")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_or_create(tmp_path_factory.mktemp("real") / "tracker.db", at=AT) as store:
        yield store


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_or_create(tmp_path_factory.mktemp("demo") / "tracker.db", at=AT, demo=True) as store:
        yield store


@pytest.fixture(scope="package")
def evaluated_database(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """阜新 evaluated in 2016 (number 1) and 2020 (number 2), a target changed in between; never written to."""
    path = tmp_path_factory.mktemp("evaluated") / "tracker.db"
    shutil.copy(demo_database, path)
    reported.story(path)
    return path


@pytest.fixture(scope="package")
def evaluated(evaluated_database: Path) -> Iterator[Store]:
    with open_store(evaluated_database) as store:
        yield store


@pytest.fixture
def own(evaluated_database: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it that a test may write to."""
    path = tmp_path / "tracker.db"
    shutil.copy(evaluated_database, path)
    with open_store(path) as store:
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
