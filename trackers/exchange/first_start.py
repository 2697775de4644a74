"""Opening the database: made from the seed files where there is none, brought up to them where they changed."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import cache
from pathlib import Path

from trackers.actions.seeds import DEMONSTRATION, SEEDS, Seeds, load_seeds
from trackers.errors import StoreError
from trackers.exchange.demonstration import demonstration_figures
from trackers.exchange.plan_file import read_plans
from trackers.exchange.published_file import read_published
from trackers.exchange.region_file import read_regions
from trackers.model.account import operator
from trackers.model.plan import Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region
from trackers.queries.plans import loaded
from trackers.settings import SEEDS as SEED_FILES
from trackers.store import Store, open_store

STARTED = operator("start")  # the program itself, bringing the database up to its files
REGIONS, PLANS, PUBLISHED = "regions/regions.csv", "plans", "figures/published.toml"


def open_or_create(path: Path, *, at: datetime, demo: bool = False, seeds: Path = SEED_FILES) -> Store:
    """The database at `path`, holding what the files under `seeds` hold; made where there is none.

    With `demo` a new one is filled with demonstration figures up to the day of `at`, and stays a database of
    demonstrations. Nothing is read again while the files are the same. Raises StoreError where the database cannot
    be used (or `demo` is asked of a real one), PlanError or FileError where a seed file is wrong; a database is
    filled with all of it or not at all.
    """
    store = open_store(path, create=True)
    try:
        _bring_up(store, at, demo, seeds)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up(store: Store, at: datetime, demo: bool, folder: Path) -> None:
    before = loaded(store)
    if before and demo and DEMONSTRATION not in before:
        raise StoreError(f"{store.path} 是正式数据库，没有装入演示数据。请换一个文件。")
    digest = _digest(folder)
    if before.get(SEEDS) != digest:
        seeds = _read(folder, digest, at, demo or DEMONSTRATION in before)
        load_seeds(store, seeds, by=STARTED, at=at)


def _read(folder: Path, digest: str, at: datetime, demo: bool) -> Seeds:
    regions = read_regions(folder / REGIONS)
    plans = read_plans(folder / PLANS, regions)
    published = read_published(folder / PUBLISHED, plans, regions)
    shown = demonstration_figures(plans, regions, published, at.date()) if demo else None
    return Seeds(
        digest=digest,
        regions=list(regions.by_code.values()),
        plans=plans,
        published=published,
        demonstration=shown,
    )


def _digest(folder: Path) -> str:
    """SHA-256 over the seed files and the form of the models they are kept in."""
    files = [folder / REGIONS, *sorted((folder / PLANS).glob("*.toml")), folder / PUBLISHED]
    parts = [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files if file.exists()]
    return hashlib.sha256(json.dumps([parts, _form()]).encode()).hexdigest()


@cache
def _form() -> list[str]:
    return [json.dumps(model.model_json_schema(), sort_keys=True) for model in (Region, Plan, PublishedFigure)]
