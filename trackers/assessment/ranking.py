"""The order of regions by one figure, and how a region moved in it since an earlier day.

Equal figures share a place and the next one is counted on behind them (1, 2, 2, 4). What is absent has no place: a
region that did not report is never last.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from trackers.assessment.compare import Floats, below
from trackers.model.period import Frequency, Period


def ranks(figures: Floats, *, high_is_good: bool) -> Floats:
    """The place of each figure, 1 for the best; NaN where the figure is absent."""
    known = np.flatnonzero(~np.isnan(figures))
    score = figures[known] if high_is_good else -figures[known]
    order = np.argsort(-score, kind="stable")
    ordered = score[order]
    worse = np.concatenate([[True], below(ordered[1:], ordered[:-1])]) if len(ordered) else np.array([], dtype=bool)
    first = np.maximum.accumulate(np.where(worse, np.arange(len(ordered)), 0))
    found = np.full(len(figures), np.nan)
    found[known[order]] = first + 1.0
    return found


def moved(now: Floats, before: Floats) -> Floats:
    """How many places up since then, negative for down; NaN where there is no place on one of the days."""
    return before - now + 0.0


def last_quarter_end(day: date) -> date:
    """The last day of the quarter that was over before `day`: of 31 March itself it is 31 December."""
    return Period.ending(Frequency.QUARTER, day).start - timedelta(days=1)
