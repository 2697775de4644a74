"""A process of its own that reads series out of the log and folds them, as long as it is asked: see `readers`."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from trackers.queries.history import Columns, folded, latest_of_each_day
from trackers.store.bulk import figure_versions, hand_ins, reports_between

AT_ONCE = 8192  # series whose reports are held at a time: few enough to stay in the processor's own memory


class Wanted(NamedTuple):
    """The series `first` to `last`, from reports observed by `day` and approved by `known`."""

    path: Path
    first: int
    last: int
    day: int
    known: int


class Told(NamedTuple):
    """How the series stand, an entry each, and the versions of the figures as they were after that was read."""

    columns: Columns
    versions: dict[int, int]


def read(wanted: Wanted) -> Told:
    """Read and fold."""
    flags = hand_ins(wanted.path)
    parts = []
    for first in range(wanted.first, wanted.last + 1, AT_ONCE):
        last = min(first + AT_ONCE - 1, wanted.last)
        reports = reports_between(wanted.path, first, last, wanted.day, wanted.known, flags)
        parts.append(folded(latest_of_each_day(reports, [reports["series_id"], reports["day"]])))
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Told(columns, figure_versions(wanted.path))


def main() -> None:
    """Answer one question after the other until nobody can ask any more."""
    while True:
        try:
            wanted = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            told: Told | str = read(wanted)
        except Exception as error:  # whatever it is, it is told to who asked, who reads in another way
            told = f"{type(error).__name__}: {error}"
        pickle.dump(told, sys.stdout.buffer, protocol=5)
        sys.stdout.buffer.flush()

