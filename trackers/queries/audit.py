"""The record of actions, and whether its chain holds."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from trackers.store import Store

BATCH = ("id", "at", "by", "origin", "file", "file_digest", "demo", "reviewed")
HANDED_IN = (
    "series_id", "period", "revision", "observed", "value", "numerator", "denominator", "note", "evidence",
)  # fmt: skip
FIELDS = ("id", "at", "by", "action", "subject", "detail", "previous")


def entry_digest(entry: dict[str, Any]) -> str:
    """SHA-256 over an entry's fields, the digest of the entry before it among them."""
    text = json.dumps([entry[field] for field in FIELDS], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def hand_in_digest(batch: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over a hand-in and its reports, as its entry in the record keeps it.

    The moment of approval is left out: it may come later.
    """
    lines = sorted([row[name] for name in HANDED_IN] for row in rows)
    text = json.dumps([[batch[name] for name in BATCH], lines], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def hand_in_faults(store: Store) -> list[str]:
    """Hand-ins that are not what was recorded of them, or of which nothing is recorded."""
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in store.rows("handed_in"):
        rows[row["batch_id"]].append(row)
    told = {}
    for entry in store.rows("audit_all"):
        detail = json.loads(entry["detail"])
        if entry["action"] == "record_figures":
            told[detail["batch"]] = detail["digest"]
    found = {batch["id"]: hand_in_digest(batch, rows[batch["id"]]) for batch in store.rows("batches")}
    return [f"第 {id} 次填报的内容与操作记录不一致" for id in sorted(found.keys() | told.keys()) if found.get(id) != told.get(id)]


def entries(store: Store) -> pd.DataFrame:
    """Every entry of the record, oldest first."""
    return store.frame("audit_all")


def chain_faults(store: Store) -> list[str]:
    """Sentences that say where the chain of entries breaks; empty where it holds."""
    faults, previous, expected = [], "", 1
    for entry in store.rows("audit_all"):
        if entry["id"] != expected or entry["previous"] != previous or entry["digest"] != entry_digest(entry):
            faults.append(f"操作记录在第 {entry['id']} 条处断开（{entry['at']} {entry['action']}）")
        previous, expected = entry["digest"], entry["id"] + 1
    return faults
