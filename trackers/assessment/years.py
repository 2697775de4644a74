"""Days as positions in calendar years, so that growth and yearly paces do not depend on leap years."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from trackers.assessment.compare import Floats

FIRST, LAST = -25567, 84006  # the days of 1900 to 2199, whose positions are worked out once


def year_position(days: Floats) -> Floats:
    """Days since 1970-01-01 as whole years plus the day's fraction of its year; NaN stays NaN.

    From 31 December to 31 December is a whole number exactly: 31 December 2020 lies at 2021.0.
    """
    known = np.isfinite(days)
    whole = np.where(known, days, 0).astype(np.int64)
    if whole.min(initial=0) < FIRST or whole.max(initial=0) >= LAST:
        return np.where(known, _positions(whole), np.nan)
    return np.where(known, _usual_positions()[whole - FIRST], np.nan)


@cache
def _usual_positions() -> Floats:
    return _positions(np.arange(FIRST, LAST))


def _positions(days: NDArray[np.int64]) -> Floats:
    stamps = days.astype("datetime64[D]")
    years = stamps.astype("datetime64[Y]")
    first, following = years.astype("datetime64[D]"), (years + 1).astype("datetime64[D]")
    fraction = ((stamps - first).astype(float) + 1) / (following - first).astype(float)
    return np.asarray(1970 + years.astype(np.int64) + fraction, dtype=np.float64)


def years_between(start: Floats, end: Floats) -> Floats:
    """Calendar years from one day (since 1970-01-01) to another; negative where `end` comes first."""
    return year_position(end) - year_position(start)


def year_end(years: Floats) -> Floats:
    """31 December of each year, as days since 1970-01-01; NaN stays NaN."""
    known = np.isfinite(years)
    following = (np.where(known, years, 1970).astype(np.int64) - 1969).astype("datetime64[Y]")
    return np.where(known, following.astype("datetime64[D]").astype(float) - 1, np.nan)
