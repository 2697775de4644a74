"""Where things lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path

HOME = Path(__file__).parent.parent
SEEDS = HOME / "seeds"
DATABASE = HOME / "data" / "tracker.db"
DEMO_DATABASE = HOME / "data" / "demo.db"


def database_path() -> Path:
    """The database to use where none is named: TRACKERS_DB, else data/tracker.db."""
    named = os.environ.get("TRACKERS_DB")
    return Path(named) if named else DATABASE


def fonts_folder() -> Path | None:
    """An office's own fonts for PDF reports (仿宋, 小标宋 …): the folder TRACKERS_FONTS names, else none."""
    named = os.environ.get("TRACKERS_FONTS")
    return Path(named) if named else None
