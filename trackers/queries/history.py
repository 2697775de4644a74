"""Reports out of the log as arrays, and how each series stands after them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trackers.assessment.trend import TREND_ORIGIN
from trackers.model.period import day_number
from trackers.store import Store

Floats = NDArray[np.float64]
Columns = dict[str, Floats]


def reports_of(store: Store, series: Iterable[float], day: int, known: int) -> Columns:
    """Every approved figure of these series observed by a day and known at a moment, oldest first, series by series.

    Columns series_id, period, day, value, numerator, denominator, demo, unreviewed: numbers, absent is NaN. Of the
    reports observed on one day the latest period and revision stands for all.
    """
    ids = json.dumps(sorted(int(id) for id in series))
    told = store.columns("reports_of", series=ids, day=day, known=known)
    return latest_of_each_day(told)


def latest_of_each_day(told: Columns) -> Columns:
    """Reports by series and day; of those of one day the latest period and revision alone, without its number."""
    keys = [told["series_id"], told["day"], told["period"], told["revision"]]
    told = {name: column for name, column in told.items() if name != "revision"}
    if not _ascend(keys):
        order = np.lexsort(keys[::-1])
        told, keys = {name: column[order] for name, column in told.items()}, [key[order] for key in keys]
    last = np.append((np.diff(keys[0]) != 0) | (np.diff(keys[1]) != 0), True)[: len(keys[0])]
    return told if last.all() else {name: column[last] for name, column in told.items()}


def _ascend(keys: Sequence[Floats]) -> bool:
    """Whether the rows stand in the order of these columns, the first of them before all: the store mostly answers so."""
    tied = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for key in keys:
        step = np.diff(key)
        if (tied & (step < 0)).any():
            return False
        tied &= step == 0
    return True


@dataclass(frozen=True)
class Runs:
    """Where each series begins among reports that stand series by series."""

    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]

    @classmethod
    def of(cls, series: Floats) -> Runs:
        """The runs of equal ids."""
        starts = np.flatnonzero(np.diff(series, prepend=np.nan) != 0)
        return cls(starts, np.diff(np.append(starts, len(series))))

    def sums(self, figures: Floats) -> Floats:
        """The sum of each run, added up from its first figure to its last."""
        number = np.repeat(np.arange(len(self.starts)), self.sizes)
        return np.bincount(number, weights=figures, minlength=len(self.starts)).astype(np.float64)


def folded(told: Columns) -> Columns:
    """How each series stands after its reports, as the maintained row has it: one entry a series, in their order."""
    runs = Runs.of(told["series_id"])
    first, last = runs.starts, runs.starts + runs.sizes - 1
    x, y = told["day"] - day_number(TREND_ORIGIN), told["value"]
    before, day_before = (np.where(runs.sizes > 1, each[np.maximum(last - 1, 0)], np.nan) for each in (y, told["day"]))
    most = {name: np.maximum.reduceat(told[name], first) for name in ("demo", "unreviewed")} if len(first) else {
        "demo": np.empty(0), "unreviewed": np.empty(0)
    }  # fmt: skip
    return {
        "series_id": told["series_id"][first], "n": runs.sizes.astype(float), "first": y[first],
        "first_day": told["day"][first], "previous": before, "previous_day": day_before, "sum_x": runs.sums(x),
        "sum_y": runs.sums(y), "sum_xx": runs.sums(x * x), "sum_xy": runs.sums(x * y), "sum_yy": runs.sums(y * y), **most,
    } | {name: told[name][last] for name in ("value", "numerator", "denominator", "day", "period")}  # fmt: skip
