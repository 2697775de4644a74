"""A process of its own that reads series out of the log, as long as it is asked: see `readers`."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trackers.queries.history import Columns, folded, latest_of_each_day
from trackers.store.bulk import figure_versions, hand_ins, reports_between, reports_of_these

MOST_KEPT = 6  # memories of hand-ins
AT_ONCE = 8192  # series whose reports are held at a time: few enough to stay in the processor's own memory


class Wanted(NamedTuple):
    """Series of which the reports observed by `day` and approved by `known` are wanted.

    From the first to the last of a range: how they stand, folded. A list of them: the reports themselves. `versions` are
    those of the figures that who asks has seen, by the indicator's id: for others the answer is worth nothing to them.
    """

    path: Path
    series: range | list[int]
    day: int
    known: int
    versions: dict[int, int]


class Told(NamedTuple):
    """An entry a series or a report, and the versions of the figures as they were after that was read."""

    columns: Columns
    versions: dict[int, int]


def read(wanted: Wanted) -> Told:
    """Read, and fold what is a range."""
    path, series, day, known, _ = wanted
    flags = _hand_ins(wanted)
    if isinstance(series, list):
        return Told(latest_of_each_day(reports_of_these(path, series, day, known, flags)), figure_versions(path))
    parts = []
    for start in range(0, len(series), AT_ONCE):
        block = series[start : start + AT_ONCE]
        parts.append(folded(latest_of_each_day(reports_between(path, block[0], block[-1], day, known, flags))))
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Told(columns, figure_versions(path))


_HAND_INS: list[tuple[tuple[Path, dict[int, int]], NDArray[np.bool_]]] = []  # the newest last


def _hand_ins(wanted: Wanted) -> NDArray[np.bool_]:
    """What `hand_ins` gives, from memory for figures of the same versions: a hand-in never changes."""
    key = (wanted.path, wanted.versions)
    if not any(known == key for known, _ in _HAND_INS):
        _HAND_INS[:] = [*_HAND_INS[1 - MOST_KEPT :], (key, hand_ins(wanted.path))]
    return next(flags for known, flags in _HAND_INS if known == key)


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

