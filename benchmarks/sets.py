"""The national set at each share, made once and kept in build/, which the repository leaves out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.national import SEED, make
from trackers.settings import HOME
from trackers.store import open_store

BUILD = HOME / "build" / "benchmarks"
EDITION = 1  # of the set: another one is made anew


@dataclass(frozen=True)
class Made:
    """The database of a share of the nation."""

    share: float
    path: Path

    @property
    def name(self) -> str:
        """The share in words."""
        return f"{self.share:g} %"


@contextmanager
def copied(one: Made) -> Iterator[Made]:
    """A copy that may be changed, gone when the block ends."""
    with TemporaryDirectory(dir=one.path.parent, prefix="copy-") as folder:
        path = Path(folder) / one.path.name
        with open_store(one.path) as store, closing(sqlite3.connect(path)) as copy:
            store.connection.backup(copy)
        yield Made(one.share, path)


def made(share: float, folder: Path = BUILD) -> Made:
    """The set of this share, made where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"national-{EDITION}-{SEED}-{share:g}.db"
    if not path.exists():
        unfinished = path.with_suffix(".making")
        make(unfinished, share)
        unfinished.rename(path)
    return Made(share, path)
