"""Where things are kept: the database, its migrations and every line of SQL."""

from trackers.store.database import Store, open_store

__all__ = ["Store", "open_store"]
