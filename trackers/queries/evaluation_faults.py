"""Whether every evaluation is as the record tells: nothing added, changed or taken away beside the actions."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from trackers.queries.audit import detail_of
from trackers.store import Store

SAYS = "content"  # under which an entry of the record keeps the digest


def content_digest(store: Store, id: int) -> str:
    """SHA-256 over everything that is kept of an evaluation but the frozen documents, which have digests of their own.

    Names of people are left out: they may change.
    """
    about = {"evaluation": id}
    kept = {
        "evaluation": store.rows("evaluations", plan=None, id=id),
        "steps": store.rows("evaluation_steps", ids=json.dumps([id])),
        "assigned": store.rows("evaluation_assigned", ids=json.dumps([id])),
        "findings": store.rows("findings", finding=None, **about), "comments": store.rows("finding_comments", **about),
        "checks": store.rows("spot_checks", check=None, **about), "results": store.rows("spot_results", **about),
    }  # fmt: skip
    if later := store.rows("evaluation_assigned_later", ids=json.dumps([id])):
        kept["assigned later"] = later  # named only where there are any: a digest that was recorded before holds
    lines = {what: [_without_name(row) for row in rows] for what, rows in kept.items()}
    return hashlib.sha256(json.dumps(lines, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _without_name(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "by_name"}


def evaluation_faults(store: Store) -> list[str]:
    """Evaluations that are not what was recorded last of them, or of which nothing is recorded."""
    told: dict[int, str] = {}
    for entry in store.each("audit_all"):
        detail = detail_of(entry)
        if isinstance(detail.get(SAYS), str) and isinstance(detail.get("evaluation"), int):
            told[detail["evaluation"]] = detail[SAYS]
    ids = {row["id"] for row in store.rows("evaluations", plan=None, id=None)}
    differing = sorted(id for id in ids | told.keys() if id not in ids or content_digest(store, id) != told.get(id))
    return [f"第 {id} 号评估的办理经过、意见或抽查与操作记录不一致" for id in differing]
