"""Databases that several tests read: made once, never written to."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.samples import OPERATOR
from trackers.actions.plans import load_plans, load_regions
from trackers.exchange.first_start import open_or_create
from trackers.exchange.plan_file import read_plans
from trackers.exchange.region_file import read_regions
from trackers.settings import SEEDS
from trackers.store import open_store

MADE = datetime(2024, 6, 1, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every plan, with demonstration figures up to June 2024."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    open_or_create(path, at=MADE, demo=True).close()
    return path


@pytest.fixture(scope="session")
def real_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every plan and the published figures, as an office starts with them."""
    path = tmp_path_factory.mktemp("real") / "tracker.db"
    open_or_create(path, at=MADE).close()
    return path


@pytest.fixture(scope="session")
def deserted_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `real_database`, with no account: no page is ever opened on it."""
    path = tmp_path_factory.mktemp("deserted") / "tracker.db"
    open_or_create(path, at=MADE).close()
    return path


@pytest.fixture(scope="session")
def unfilled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every plan, no figure at all."""
    path = tmp_path_factory.mktemp("unfilled") / "tracker.db"
    regions = read_regions(SEEDS / "regions" / "regions.csv")
    with open_store(path, create=True) as store:
        load_regions(store, list(regions.by_code.values()), by=OPERATOR, at=MADE)
        load_plans(store, read_plans(SEEDS / "plans", regions), by=OPERATOR, at=MADE)
    return path


@pytest.fixture(scope="session")
def bare_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without any plan."""
    path = tmp_path_factory.mktemp("bare") / "tracker.db"
    open_store(path, create=True).close()
    return path
