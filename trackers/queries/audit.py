"""The record of actions, and whether its chain holds."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pandas as pd

from trackers.store import Store

FIELDS = ("id", "at", "by", "action", "subject", "detail", "previous")


def entry_digest(entry: dict[str, Any]) -> str:
    """SHA-256 over an entry's fields, the digest of the entry before it among them."""
    text = json.dumps([entry[field] for field in FIELDS], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


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
