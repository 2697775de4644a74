"""The national set at each share, made once and kept in build/, which the repository leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.national import SEED, make
from trackers.settings import HOME

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


def made(share: float, folder: Path = BUILD) -> Made:
    """The set of this share, made where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"national-{EDITION}-{SEED}-{share:g}.db"
    if not path.exists():
        unfinished = path.with_suffix(".making")
        make(unfinished, share)
        unfinished.rename(path)
    return Made(share, path)
