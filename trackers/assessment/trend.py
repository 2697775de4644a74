"""The straight trend of a series: its value at the target's day, with an interval, and the day it reaches the target.

Ordinary least squares over the approved values alone, from the sums kept for each series (x counts days from
2020-01-01, y is the value). The interval is the usual prediction interval of a simple linear regression.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from trackers.assessment.compare import Flags, Floats, divide
from trackers.model.period import day_number

TREND_ORIGIN = date(2020, 1, 1)
FEWEST_FOR_INTERVAL = 4  # with fewer values the interval is so wide that it says nothing
LAST_DAY = day_number(date(2200, 12, 31))  # a trend that needs longer than this does not reach the target


class Line(NamedTuple):
    """Fitted lines, an array entry a series; everything is NaN where fewer than two days have a value."""

    n: Floats
    mean_x: Floats
    mean_y: Floats
    spread_x: Floats  # sum of squared distances from the mean day
    slope: Floats  # change of the value a day
    error: Floats  # standard error of a single value; NaN with two values or fewer


def fit(n: Floats, sum_x: Floats, sum_y: Floats, sum_xx: Floats, sum_xy: Floats, sum_yy: Floats) -> Line:
    """Least squares lines from the sums over n values."""
    # Days are whole numbers, so this product is exact and 0 only where all values share one day.
    enough = (n >= 2) & (n * sum_xx - sum_x**2 > 0.5)
    count = np.where(enough, n, np.nan)
    mean_x, mean_y = sum_x / count, sum_y / count
    spread_x = (count * sum_xx - sum_x**2) / count
    slope = (count * sum_xy - sum_x * sum_y) / count / spread_x
    # Rounding may leave the remainder of a perfect line just below 0.
    remainder = np.maximum(sum_yy - count * mean_y**2 - slope**2 * spread_x, 0)
    error = np.sqrt(divide(remainder, np.where(count > 2, count - 2, np.nan)))
    return Line(count, mean_x, mean_y, spread_x, slope, error)


def projected(line: Line, day: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """The line's value on a day (since 1970-01-01), and the lower and upper end of its prediction interval.

    The ends are absent with fewer than four values. `level` is the share of cases the interval holds, 0.95 say.
    """
    away = day - day_number(TREND_ORIGIN) - line.mean_x
    value = line.mean_y + line.slope * away
    half = _quantile(line.n, (1 + level) / 2) * line.error * np.sqrt(1 + 1 / line.n + away**2 / line.spread_x)
    return value, value - half, value + half


def _quantile(n: Floats, share: float) -> Floats:
    """Student's quantile with n − 2 degrees of freedom; absent with too few values. Few numbers n come again and again."""
    enough = n >= FEWEST_FOR_INTERVAL
    count = np.where(enough, n, 0).astype(np.int64)
    freedom = np.arange(count.max(initial=0) + 1, dtype=np.float64) - 2
    quantiles = stdtrit(np.where(freedom >= FEWEST_FOR_INTERVAL - 2, freedom, np.nan), share)
    return np.asarray(quantiles[count], dtype=np.float64)


def attained_on(line: Line, sign: Floats, target: Floats, now: Floats, met: Flags) -> Floats:
    """The first day (since 1970-01-01) on which the line meets the target.

    Absent where it is met already, where the line does not lead there after `now`, or only after the year 2200.
    """
    toward = sign * line.slope > 0
    with np.errstate(over="ignore"):
        distance = (target - line.mean_y) / np.where(toward, line.slope, np.nan)
    # A line through whole days may come out a hair's breadth after the day on which it meets the target.
    day = np.ceil(day_number(TREND_ORIGIN) + line.mean_x + distance - 1e-6)
    return np.where(~met & (day > now) & (day <= LAST_DAY), day, np.nan)
