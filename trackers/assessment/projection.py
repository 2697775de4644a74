"""The `projection` method: where compound growth would carry a series by its target's date (UN progress chart).

v_end = v · (1 + CAGR(base→value))^(years left), q = (v_end − b) / (T − b).
Source: EUSTAT's restatement of the UN Progress Chart technical note.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trackers.assessment.cagr import growth
from trackers.assessment.compare import Floats, Words, at_least, below, divide, first_of, meets
from trackers.assessment.verdict import ProjectionStatus

ON_TRACK = 0.95
FAIR = 0.10


class Projection(NamedTuple):
    """An entry a series: q and a `ProjectionStatus`."""

    q: Floats
    status: Words


def projection(
    sign: Floats,
    base: Floats,
    base_years: Floats,
    value: Floats,
    years: Floats,
    target: Floats,
    target_years: Floats,
) -> Projection:
    """Judge series by where their growth so far would carry them.

    `sign` is 1 where more is better, −1 where less is; `…_years` are positions in calendar years, absent is NaN. q is
    absent where there is no growth to carry on: base 0 or of another sign, base equal to target, no time elapsed.
    A series whose base lay past its target and that does not meet it has lost it: both the change and the
    distance point the wrong way and q looks good, so the direction is looked at first.
    """
    rate = growth(base, value, years - base_years)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        end = value * (1 + rate) ** (target_years - years)
    q = divide(end - base, target - base)
    # Growth that is not there to the power of no years would be 1, and the value be carried on after all.
    q = np.where(np.isfinite(q) & ~np.isnan(rate), q, np.nan)
    known = ~np.isnan(q)
    lost = known & below(sign * target, sign * base)
    status = first_of(
        [
            (meets(sign, value, target), ProjectionStatus.MET),
            (~known, ProjectionStatus.NOT_AVAILABLE),
            (lost, ProjectionStatus.STAGNANT),
            (at_least(q, ON_TRACK), ProjectionStatus.ON_TRACK),
            (at_least(q, FAIR), ProjectionStatus.FAIR),
            (known, ProjectionStatus.STAGNANT),
        ]
    )
    return Projection(q, status)
