"""Recording reported figures: new ones, changed ones, and the maintained rows that follow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from trackers.actions.audit import recorded, utc_text
from trackers.errors import UnknownNameError
from trackers.model.period import day_number
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.report import Figure, check_place
from trackers.queries.audit import hand_in_digest
from trackers.queries.figures import Change, Kept, changes_among, kept_figures
from trackers.queries.plans import plan_by_id, region_tree
from trackers.store import EVER, Store


class HandIn(BaseModel):
    """Where figures come from: their origin, the file, and how they are to be marked."""

    model_config = ConfigDict(frozen=True)

    origin: str  # published, import, page, demonstration
    file: str | None = None
    file_digest: str | None = None
    demo: bool = False
    reviewed: bool = False


class Recorded(BaseModel):
    """What a hand-in did: its batch (absent when nothing changed) and how many figures of each kind."""

    model_config = ConfigDict(frozen=True)

    batch: int | None
    new: int
    changed: int
    same: int


def record_figures(
    store: Store, plan_id: str, figures: Sequence[Figure], hand_in: HandIn, *, by: str, at: datetime
) -> Recorded:
    """Record figures of one plan, all or none; a figure that differs from the last one is a new revision.

    Raises FigureError for a figure out of place and UnknownNameError for an unknown plan or indicator.
    """
    plan, tree = plan_by_id(store, plan_id), region_tree(store)
    _check(plan, figures, tree)
    with recorded(store, "record_figures", plan_id, by=by, at=at) as detail:
        kept = kept_figures(store, plan_id, (figure.region for figure in figures))
        kinds = changes_among(kept, figures, demo=hand_in.demo)
        counts = {kind: kinds.count(kind) for kind in Change}
        moving = [figure for figure, kind in zip(figures, kinds, strict=True) if kind is not Change.SAME]
        batch, digest = _add(store, plan_id, moving, kept, hand_in, by, at) if moving else (None, "")
        detail.update({kind.value: number for kind, number in counts.items()}, file=hand_in.file)
        detail.update(batch=batch, digest=digest)
        detail["nothing"] = not moving
    return Recorded(batch=batch, new=counts[Change.NEW], changed=counts[Change.CHANGED], same=counts[Change.SAME])


def record_hand_in(
    store: Store, figures: Mapping[str, Sequence[Figure]], hand_in: HandIn, *, by: str, at: datetime
) -> list[Recorded]:
    """Record figures of several plans (by plan id) in one transaction, in that order; as `record_figures`."""
    with store.writing():
        return [record_figures(store, plan, own, hand_in, by=by, at=at) for plan, own in figures.items()]


def _check(plan: Plan, figures: Iterable[Figure], tree: RegionTree) -> None:
    indicators = {each.id: each for each in plan.indicators}
    for figure in figures:
        if figure.indicator not in indicators:
            raise UnknownNameError("指标", figure.indicator, list(indicators)[:3])
        if figure.region not in tree:
            raise UnknownNameError("地区", figure.region, [])
        check_place(plan, indicators[figure.indicator], tree[figure.region], figure.period, tree)


def _add(
    store: Store, plan_id: str, figures: Sequence[Figure], kept: Kept, hand_in: HandIn, by: str, at: datetime
) -> tuple[int, str]:
    """Write one batch with its reports and their maintained rows; until there is a review they are approved.

    Returns its id and the digest under which the record keeps it.
    """
    told = {
        "at": utc_text(at), "by": by, "origin": hand_in.origin, "file": hand_in.file,
        "file_digest": hand_in.file_digest, "demo": int(hand_in.demo), "reviewed": int(hand_in.reviewed),
    }  # fmt: skip
    batch = store.insert("add_batch", **told)
    places = {(figure.indicator, figure.region) for figure in figures}
    store.run("add_series", [{"plan": plan_id, "indicator": i, "region": r} for i, r in sorted(places)])
    series = {
        (row["indicator"], row["region"]): row["series_id"] for row in store.rows("plan_series", plan=plan_id)
    }
    rows = [_row(figure, series[figure.indicator, figure.region], kept, batch, at) for figure in figures]
    store.run("add_report", rows)
    store.run("add_report_text", [row for row in rows if row["note"] or row["evidence"]])
    keep_standings(store, [series[place] for place in places])
    return batch, hand_in_digest({"id": batch, **told}, rows)


def _row(figure: Figure, series_id: int, kept: Kept, batch: int, at: datetime) -> dict[str, Any]:
    last = kept.get((figure.indicator, figure.region, figure.period.number))
    return {
        "series_id": series_id, "period": figure.period.number, "revision": last.revision + 1 if last else 1,
        "observed": day_number(figure.period.end), "value": figure.value, "numerator": figure.numerator,
        "denominator": figure.denominator, "batch_id": batch, "approved_at": int(at.timestamp()),
        "note": figure.note, "evidence": figure.evidence,
    }


def keep_standings(store: Store, series: Sequence[int]) -> None:
    """Make the maintained rows of these series anew from the log; inside the transaction that changed it."""
    rows = store.rows("standings_from_log", series=json.dumps(list(series)), day=EVER, known=EVER)
    store.run("keep_standing", rows)
