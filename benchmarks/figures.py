"""The figures of one indicator of the made-up set: arrays of series × periods, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.indicators import Course
from trackers.model.plan import Aggregation, Measure
from trackers.model.report import WHOLE_UNITS

Floats = NDArray[np.float64]
MISSING, LATE, CORRECTED, TWICE = 0.02, 0.05, 0.04, 0.1  # shares; the last of those corrected
SILENT = 0.004  # of the regions never report an indicator that can do without one
QUARTERS = 64  # from the first figure to the first target


@dataclass(frozen=True)
class Drawn:
    """What each region would report in each period, and in which way it does."""

    value: Floats
    numerator: Floats
    denominator: Floats
    missing: NDArray[np.bool_]
    late: NDArray[np.bool_]
    revisions: NDArray[np.int64]  # how often each was reported

    def before(self, again: int) -> tuple[Floats, Floats, Floats]:
        """What stood before a figure was corrected for the last `again` times: a little less."""
        if again == 0:
            return self.value, self.numerator, self.denominator
        less = np.maximum(0, self.numerator - again)
        whole = np.where(np.isnan(less), np.maximum(0, self.value - again), np.nan)
        rate = less / self.denominator * 100
        return np.where(np.isnan(less), whole, rate), less, self.denominator


def drawn(course: Course, regions: int, periods: int, seed: list[int]) -> Drawn:
    """The figures of one indicator; `seed` names it."""
    random = np.random.default_rng(seed)
    size = (regions, periods)
    passed = (np.arange(periods) + 1) / QUARTERS
    factor = random.uniform(0.82, 1.18, (regions, 1))
    done = np.minimum(1.12, course.pace * passed * factor + random.normal(0, 0.012, size))
    value = course.start + done * (course.goal - course.start)
    numerator = denominator = np.full(size, np.nan)
    if course.aggregation is Aggregation.RATIO:
        denominator = np.floor((180 + 900 * random.random((regions, 1))) * (1 + 0.01 * np.arange(periods)))
        numerator = np.clip(np.round(denominator * value / 100), 0, denominator)
        value = numerator / denominator * 100
    elif course.unit in WHOLE_UNITS:
        value = np.floor(np.maximum(0, value) + random.random((regions, 1)))
    if course.measure is Measure.COUNT:
        value = np.maximum.accumulate(value, axis=1)
    missing = random.random(size) < MISSING
    if course.aggregation in (Aggregation.RATIO, Aggregation.MEAN) and regions > 20:
        missing |= random.random((regions, 1)) < SILENT
    corrected = random.random(size) < CORRECTED
    again = corrected & (random.random(size) < TWICE)
    late = random.random(size) < LATE
    return Drawn(value, numerator, denominator, missing, late, 1 + corrected + again)
