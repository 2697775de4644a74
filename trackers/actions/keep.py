"""Taking a backup back: the one change that puts another database in the place of this one."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from trackers.actions.audit import recorded
from trackers.errors import ForbiddenError
from trackers.model.account import Actor
from trackers.store import open_store
from trackers.store.upkeep import restore


def restore_database(file: Path, path: Path, *, by: Actor, at: datetime) -> Path | None:
    """Put the checked copy `file` in place of the database at `path` and say so in its record.

    Returns where the database that stood there is kept (None where there was none). Raises FileError or
    StoreError, with nothing changed, when the copy cannot be used.
    """
    if not by.operator:  # whose rights would be asked: those in the copy, or those it replaces?
        raise ForbiddenError("取回备份")
    kept = restore(file, path, at=at)
    with open_store(path) as store, recorded(store, "restore", file.name, by=by, at=at) as detail:
        store.run("sessions_end_all", [{"now": int(at.timestamp())}])  # some were ended since the copy was made
        detail["digest"] = hashlib.sha256(file.read_bytes()).hexdigest()
        detail["before"] = kept.name if kept else None
    return kept
