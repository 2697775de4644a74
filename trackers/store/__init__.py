"""Where things are kept: the database, its migrations and every line of SQL."""

from trackers.store.database import EVER, Store, open_store

__all__ = ["EVER", "Store", "open_store"]
