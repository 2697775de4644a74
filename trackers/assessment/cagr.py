"""The `cagr` method: compound annual growth, Eurostat's idea as Open SDG computes its progress measure.

CAGR(a→b, n) = (b/a)^(1/n) − 1 with n in years. With a target R = s·d·CAGR(base→value) / |CAGR(base→target)|, without
one P = s·d·CAGR(base→value); d is the direction, s is −1 where the base is negative.
Source: Open SDG's documentation of its progress calculation; cases published by Statistics Canada.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trackers.assessment.compare import Flags, Floats, Words, at_least, divide, first_of, meets
from trackers.assessment.verdict import CagrStatus, Reason

WITH_TARGET = (0.95, 0.60, 0.0)
WITHOUT_TARGET = (0.015, 0.005, 0.0)
LIMIT_POWER = 4.44


class Cagr(NamedTuple):
    """An entry a series: R (P without a target), a `CagrStatus`, and a `Reason` or None.

    The note says why there is no ratio, or that a 0 was replaced to make one.
    """

    ratio: Floats
    status: Words
    note: Words


def growth(start: Floats, end: Floats, years: Floats) -> Floats:
    """CAGR(start→end, years); absent where start is 0, the signs differ, no time passes or too little to tell."""
    quotient = divide(end, start)
    possible = (years > 0) & (quotient >= 0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # (end/start)^(1/years) − 1, written so that slow growth keeps its digits
        rate = np.expm1(np.log(quotient) / np.where(possible, years, 1))
    return np.where(possible & np.isfinite(rate), rate, np.nan)


def cagr(
    sign: Floats,
    base: Floats,
    base_years: Floats,
    value: Floats,
    years: Floats,
    target: Floats,
    target_years: Floats,
    limit: Floats,
    zero_as: float | None = None,
) -> Cagr:
    """Judge series by compound growth.

    `sign` is 1 where more is better, −1 where less is; `…_years` are positions in calendar years (see `years`), absent
    is NaN. `zero_as` is put in the place of a base or target of 0, as the published method does with 0.001, and
    said in the note; without it such a series has no ratio and, unless its target is met, is not available.
    """
    start, goal = (_without_zero(each, zero_as) for each in (base, target))
    few = ~(years > base_years) | np.isnan(base) | np.isnan(value)
    aimed, level = ~np.isnan(target), base == target
    observed = growth(start, value, years - base_years)
    wanted = growth(start, goal, target_years - base_years)
    forward = np.where(base < 0, -sign, sign) * observed
    ratio = np.where(few, np.nan, np.where(aimed, divide(forward, np.abs(wanted)), forward))
    ease = np.where(aimed, 1.0, closeness(sign, start, limit))
    steps = [np.where(aimed, a, b * ease) for a, b in zip(WITH_TARGET, WITHOUT_TARGET, strict=True)]
    note = first_of(
        [
            (few, Reason.FEW_POINTS),
            ((base == 0) | (target == 0), Reason.ZERO if zero_as is None else Reason.ZERO_REPLACED),
            ((start * value < 0) | (start * goal < 0), Reason.OPPOSITE_SIGNS),
            (level, Reason.BASE_IS_TARGET),
            (np.isnan(ratio), Reason.NO_TIME),
        ]
    )
    return Cagr(ratio, _status(few, meets(sign, value, target), level, ratio, steps), note)


def _without_zero(figure: Floats, zero_as: float | None) -> Floats:
    return np.where(figure == 0, np.nan if zero_as is None else zero_as, figure)


def closeness(sign: Floats, base: Floats, limit: Floats) -> Floats:
    """C, by which thresholds shrink near a natural limit L: 1 far from it, 0 where the base has reached it.

    A limit counts only in the desired direction and above 0.
    """
    ahead = (limit > 0) & (base > 0) & (sign * (limit - base) >= 0)
    nearness = np.where(base <= limit, base, 2 * limit - base) / np.where(ahead, limit, 1)
    counts = ahead & (base < 2 * limit)
    return np.where(counts, 1 - np.where(counts, nearness, 0) ** LIMIT_POWER, 1.0)


def _status(few: Flags, met: Flags, level: Flags, ratio: Floats, steps: list[Floats]) -> Words:
    """Too few points first, then the target, then the ratio.

    A base that equals its target has no ratio: where the target is not met either, it has been lost.
    """
    known = ~np.isnan(ratio)
    return first_of(
        [
            (few, CagrStatus.NOT_AVAILABLE),
            (met, CagrStatus.TARGET_ACHIEVED),
            (level, CagrStatus.DETERIORATION),
            (~known, CagrStatus.NOT_AVAILABLE),
            (at_least(ratio, steps[0]), CagrStatus.SUBSTANTIAL),
            (at_least(ratio, steps[1]), CagrStatus.MODERATE),
            (at_least(ratio, steps[2]), CagrStatus.LIMITED),
            (known, CagrStatus.DETERIORATION),
        ]
    )
