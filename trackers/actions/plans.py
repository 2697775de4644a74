"""Loading regions, plans and published figures: for the machine's operator."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from trackers.actions.audit import recorded
from trackers.model.account import Actor
from trackers.model.plan import Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region
from trackers.model.rights import Permission
from trackers.queries.adjustments import drifted
from trackers.queries.rights import require, rights_of
from trackers.store import Store


def load_regions(store: Store, regions: Iterable[Region], *, by: Actor, at: datetime) -> int:
    """Keep these regions as they are now; returns how many are new or changed."""
    known = {row["code"]: row["document"] for row in store.rows("regions")}
    rows = [{"code": region.code, "document": region.model_dump_json()} for region in regions]
    changed = [row for row in rows if known.get(row["code"]) != row["document"]]
    if changed:
        with recorded(store, "load_regions", "regions", by=by, at=at) as detail:
            require(rights_of(store, by), Permission.ADMIT)
            store.run("keep_region", changed)
            detail["changed"] = len(changed)
    return len(changed)


def load_plans(store: Store, plans: Sequence[Plan], *, by: Actor, at: datetime) -> list[str]:
    """Keep these plans as they are now; returns the ids of those new or changed.

    An indicator is never taken away: figures reported for it stay. Changes of targets that are in force hold on whatever
    a file has in the place of the old value; where it is another than before, the record says so.
    """
    known = {row["code"]: row["digest"] for row in store.rows("plans")}
    changed = []
    for plan in plans:
        document = plan.model_dump_json(by_alias=True)
        digest = hashlib.sha256(document.encode()).hexdigest()
        if known.get(plan.id) == digest:
            continue
        with recorded(store, "load_plan", plan.id, by=by, at=at) as detail:
            require(rights_of(store, by), Permission.ADMIT)
            store.run("keep_plan", [{"code": plan.id, "document": document, "digest": digest}])
            store.run("keep_indicator", [{"plan": plan.id, "indicator": each.id} for each in plan.indicators])
            detail.update(before=known.get(plan.id), after=digest)
            if holding := drifted(store, plan):
                detail["adjusted"] = holding
        changed.append(plan.id)
    return changed


def load_published(store: Store, figures: Sequence[PublishedFigure], *, by: Actor, at: datetime) -> int:
    """Keep published figures beside their indicators, judged or not; returns how many are new."""
    known = {row["document"] for plan in {f.plan for f in figures} for row in store.rows("published", plan=plan)}
    rows = [
        {"plan": each.plan, "indicator": each.indicator, "document": each.model_dump_json()} for each in figures
    ]
    new = [row for row in rows if row["document"] not in known]
    if new:
        with recorded(store, "load_published", "published", by=by, at=at) as detail:
            require(rights_of(store, by), Permission.ADMIT)
            store.run("keep_published", new)
            detail["new"] = len(new)
    return len(new)
