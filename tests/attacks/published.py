"""The database full of attacks with its evaluation published, in a copy: publishing closes what others look at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from trackers.actions.evaluations import publish
from trackers.model.account import operator
from trackers.store import open_store
from trackers.store.upkeep import backup


def published_copy(attacked: Path, folder: Path) -> Path:
    """A copy of the database in this folder in which evaluation 1 is published."""
    with open_store(attacked) as store:
        backup(store, folder / "published.db")
    with open_store(folder / "published.db") as store:
        publish(store, 1, by=operator("root"), at=datetime.now(UTC))
    return folder / "published.db"
