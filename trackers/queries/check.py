"""Is the database as it should be? Maintained rows against the log, plans, the record, evidence, and SQLite's own checks."""

from __future__ import annotations

import hashlib
import json
import math
from typing import Any

from trackers.queries.adjustments import adjustment_faults
from trackers.queries.audit import chain_faults, hand_in_faults
from trackers.queries.evaluation_faults import evaluation_faults
from trackers.queries.evidence import evidence_faults
from trackers.queries.frozen import frozen_faults
from trackers.queries.maps import map_faults
from trackers.queries.review import decision_faults
from trackers.store import EVER, Store
from trackers.store.upkeep import integrity_faults

SUMS_AGREE = 1e-12  # relative


def faults(store: Store) -> list[str]:
    """A sentence for everything that is not as it should be; empty for a sound database."""
    with store.reading():
        told = standing_faults(store) + hand_in_faults(store) + decision_faults(store)
        told += adjustment_faults(store) + frozen_faults(store) + evaluation_faults(store)
        told += plan_faults(store) + chain_faults(store)
        told = integrity_faults(store.connection) + told
    return told + evidence_faults(store) + map_faults(store)


def standing_faults(store: Store) -> list[str]:
    """Maintained rows that differ from what the log says, by series."""
    series = json.dumps([row["id"] for row in store.rows("all_series_ids")])
    kept = {row["series_id"]: row for row in store.rows("standings_kept", series=series)}
    told = {
        row["series_id"]: row for row in store.rows("standings_from_log", series=series, day=EVER, known=EVER)
    }
    differing = {id for id in kept.keys() | told.keys() if not _same(kept.get(id), told.get(id))}
    differing |= {row["series_id"] for row in store.rows("standings_mispacked")}
    return [f"序列 {id} 的汇总行与填报日志不一致" for id in sorted(differing)]


def _same(kept: dict[str, Any] | None, told: dict[str, Any] | None) -> bool:
    """Whether two rows agree; versions of SQLite add floating-point numbers up differently in the last digits."""
    if kept is None or told is None:
        return kept is told
    sums = [name for name in kept if name.startswith("sum_")]
    near = all(math.isclose(kept[name], told[name], rel_tol=SUMS_AGREE, abs_tol=SUMS_AGREE) for name in sums)
    return near and all(kept[name] == told[name] for name in told if name not in sums)


def plan_faults(store: Store) -> list[str]:
    """Plans that are not what was loaded, by the digest kept with them."""
    digests = {row["code"]: (hashlib.sha256(row["document"].encode()).hexdigest(), row["digest"]) for row in store.rows("plans")}
    return [f"规划 {id} 的内容与载入时的摘要不一致" for id, (found, kept) in digests.items() if found != kept]
