"""Databases that several tests read: made once, never written to. Passwords are hashed at the least cost there is."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from tests.made import made_once
from tests.samples import OPERATOR
from trackers.actions import passwords
from trackers.actions.plans import load_plans, load_regions
from trackers.exchange.first_start import open_or_create
from trackers.exchange.plan_file import read_plans
from trackers.exchange.region_file import read_regions
from trackers.settings import SEEDS
from trackers.store import open_store

MOST_AT_ONCE = 4  # processes: each may drive a browser and a server of its own
MADE = datetime(2024, 6, 1, 8, tzinfo=UTC)

# What the cost of the product is, tests/actions/test_passwords.py asks another process.
passwords._HASHER = PasswordHasher.from_parameters(CHEAPEST)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes test folders: one a core. A single file, and what measures times, is tested by this one alone."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    whole = any(Path(asked.partition("::")[0]).is_dir() for asked in config.args)
    timed = "not benchmark" not in config.option.markexpr
    return min(cores, MOST_AT_ONCE) if whole and not timed and cores > 1 else 0


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every plan, with demonstration figures up to June 2024."""
    return _seeded(tmp_path_factory, "demo", "demo.db", demo=True)


@pytest.fixture(scope="session")
def real_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every plan and the published figures, as an office starts with them."""
    return _seeded(tmp_path_factory, "real", "tracker.db")


@pytest.fixture(scope="session")
def deserted_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `real_database`, with no account: no page is ever opened on it."""
    return _seeded(tmp_path_factory, "real", "tracker.db")


def _seeded(factory: pytest.TempPathFactory, name: str, file: str, *, demo: bool = False) -> Path:
    return made_once(factory, name, lambda folder: open_or_create(folder / file, at=MADE, demo=demo).close()) / file


@pytest.fixture(scope="session")
def unfilled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every plan, no figure at all."""
    return made_once(tmp_path_factory, "unfilled", _unfilled) / "tracker.db"


def _unfilled(folder: Path) -> None:
    regions = read_regions(SEEDS / "regions" / "regions.csv")
    with open_store(folder / "tracker.db", create=True) as store:
        load_regions(store, list(regions.by_code.values()), by=OPERATOR, at=MADE)
        load_plans(store, read_plans(SEEDS / "plans", regions), by=OPERATOR, at=MADE)


@pytest.fixture(scope="session")
def bare_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without any plan."""
    path = tmp_path_factory.mktemp("bare") / "tracker.db"
    open_store(path, create=True).close()
    return path
