"""Filling a database with regions, plans, published figures and what is handed in with them, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from trackers.actions.figures import HandIn, record_hand_in
from trackers.actions.plans import load_plans, load_published, load_regions
from trackers.errors import StoreError
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region
from trackers.model.report import Figure, settle_period
from trackers.queries.plans import loaded, published
from trackers.store import Store

SEEDS, DEMONSTRATION = "seeds", "demonstration"


class Seeds(BaseModel):
    """What the seed files hold, under the digest of those files.

    With `demonstration` (figures by plan id) the database is one for demonstrations: they are recorded with their
    mark, and the published figures are kept beside the indicators without being recorded as reports.
    """

    model_config = ConfigDict(frozen=True)

    digest: str
    regions: list[Region]
    plans: list[Plan]
    published: list[PublishedFigure]
    demonstration: dict[str, list[Figure]] | None = None


def load_seeds(store: Store, seeds: Seeds, *, by: Actor, at: datetime) -> bool:
    """Fill the database with the seeds, in one transaction; False when another process has just done it.

    Raises StoreError for demonstration figures in a database of real ones, and what recording figures raises.
    """
    with store.writing():
        before = loaded(store)
        if before.get(SEEDS) == seeds.digest:
            return False
        if before and (DEMONSTRATION in before) != (seeds.demonstration is not None):
            raise StoreError(f"{store.path} 是正式数据库，没有装入演示数据。请换一个文件。")
        load_regions(store, seeds.regions, by=by, at=at)
        load_plans(store, seeds.plans, by=by, at=at)
        known = {figure for plan in seeds.plans for figure in published(store, plan.id)}
        load_published(store, seeds.published, by=by, at=at)
        if seeds.demonstration is None:
            fresh = [figure for figure in seeds.published if figure.judged and figure not in known]
            _record_published(store, seeds.plans, fresh, by=by, at=at)
        elif DEMONSTRATION not in before:
            record_hand_in(store, seeds.demonstration, HandIn(origin="demonstration", demo=True), by=by, at=at)
            store.run("keep_loaded", [{"what": DEMONSTRATION, "digest": seeds.digest}])
        store.run("keep_loaded", [{"what": SEEDS, "digest": seeds.digest}])
    return True


def _record_published(
    store: Store, plans: Sequence[Plan], figures: Sequence[PublishedFigure], *, by: Actor, at: datetime
) -> None:
    """Record judged published figures; those known before are left, so that a later correction stands."""
    by_plan = {plan.id: [figure_of(plan, each) for each in figures if each.plan == plan.id] for plan in plans}
    own = {plan: figures for plan, figures in by_plan.items() if figures}
    record_hand_in(store, own, HandIn(origin="published"), by=by, at=at)


def figure_of(plan: Plan, published: PublishedFigure) -> Figure:
    """A published figure as a report: its address as the evidence, its confidence and remark as the note."""
    period = settle_period(plan.indicator(published.indicator), Period.parse(published.period), published=True)
    note = "；".join(part for part in (published.confidence, published.remark) if part)
    return Figure(
        indicator=published.indicator, region=published.region, period=period, value=published.value,
        note=note, evidence=published.address,
    )  # fmt: skip
