"""Figures handed in and waiting for a review, written straight into the store: no period is closed for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from tests.samples import AT
from trackers.actions.audit import utc_text
from trackers.model.account import Actor
from trackers.model.period import day_number
from trackers.model.report import Figure
from trackers.queries.review import ReportKey
from trackers.store import Store


def wait(
    store: Store, *figures: Figure, by: Actor, at: datetime = AT, doubts: Sequence[str] = (), plan: str = "sample-2013"
) -> list[ReportKey]:
    """Hand the figures in as one batch that waits, and say under which keys."""
    with store.writing():
        batch = store.insert(
            "add_batch", at=utc_text(at), by=by.login, origin="page", file=None, file_digest=None, demo=0, reviewed=0
        )
        return [_wait(store, plan, each, batch, doubts) for each in figures]


def _wait(store: Store, plan: str, figure: Figure, batch: int, doubts: Sequence[str]) -> ReportKey:
    store.run("add_series", [{"plan": plan, "places": json.dumps({figure.region: [figure.indicator]})}])
    (series,) = (
        row["series_id"]
        for row in store.rows("plan_series", plan=plan)
        if (row["indicator"], row["region"]) == (figure.indicator, figure.region)
    )
    last = store.connection.execute(
        "SELECT max(revision) FROM report WHERE series_id = ? AND period = ?", (series, figure.period.number)
    ).fetchone()[0]
    key = ReportKey(series, figure.period.number, (last or 0) + 1)
    numbers = {name: getattr(figure, name) for name in ("value", "numerator", "denominator")}
    observed = day_number(figure.period.end)
    store.run("add_report", [{**key._asdict(), **numbers, "observed": observed, "batch_id": batch, "approved_at": None}])
    told = json.dumps(list(doubts), ensure_ascii=False) if doubts else ""
    texts = {"note": figure.note, "evidence": figure.evidence, "reason": figure.reason, "doubts": told}
    store.run("add_report_text", [key._asdict() | texts])
    return key
