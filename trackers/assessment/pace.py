"""Attainment, completion, time progress and pace: the `linear` method (时序进度), on arrays.

b, t0 baseline and its day; v, t value and the day of the judgement; T, t1 target and its day. Days count from
1970-01-01. Absent is NaN. Nothing is clamped: completion and time progress may pass 1 or fall below 0.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from trackers.assessment.compare import Flags, Floats, at_least, divide
from trackers.assessment.years import years_between
from trackers.model.period import day_number


def attainment(sign: Floats, value: Floats, target: Floats) -> Floats:
    """目标达成率: v / T where more is better, T / v where less is; absent where it would divide by 0."""
    return np.where(sign > 0, divide(value, target), divide(target, value))


def completion(base: Floats, value: Floats, target: Floats) -> Floats:
    """完成率: (v − b) / (T − b); absent where T = b."""
    return divide(value - base, target - base)


def time_progress(base_day: Floats, now: Floats, target_day: Floats) -> Floats:
    """时序进度 τ: (t − t0) / (t1 − t0), counted in days; absent where t1 = t0."""
    return divide(now - base_day, target_day - base_day)


def expected(
    base: Floats, base_day: Floats, now: Floats, target: Floats, target_day: Floats, along: Floats, kept: Flags
) -> Floats:
    """The value called for at t: b + τ (T − b) until the target's day, T from it on.

    `along` is the value on the line through the annual targets, NaN where there are none; without a baseline there
    is no line until the target's day. What is to be kept (`kept`: the baseline meets it) is called for all the time.
    """
    straight = base + time_progress(base_day, now, target_day) * (target - base)
    until = np.where(np.isnan(along) | np.isnan(straight), straight, along)
    return np.where(kept | (now >= target_day), target, until)


def pace(
    base: Floats, base_day: Floats, value: Floats, now: Floats, target: Floats, target_day: Floats, along: Floats
) -> Floats:
    """Completion over time progress, (v − b) / (E − b) where annual targets give the expected value E.

    On the straight line it is (v − b)(t1 − t0) / ((T − b)(t − t0)), one division of products, so that 9 of 100
    after a tenth of the time comes out as 0.9. Absent where nothing is expected to have changed (E = b), where time
    progress is absent, and where the annual targets call for a change away from the target, which a share of
    progress cannot express.
    """
    span = np.where(target_day == base_day, np.nan, target_day - base_day)  # no time to progress in
    straight = divide((value - base) * span, (target - base) * (now - base_day))
    called_for = along - base
    toward = called_for * (target - base) > 0
    stepped = np.where(toward, divide(value - base, called_for), np.nan)
    return np.where(np.isnan(along), straight, stepped)


def shortfall(sign: Floats, expected: Floats, value: Floats) -> Floats:
    """How far the value is behind the expected one, in its own unit; negative where it is ahead."""
    return sign * (expected - value)


def actual_per_year(base: Floats, base_day: Floats, value: Floats, day: Floats) -> Floats:
    """Change a calendar year from the baseline to the day the value was observed; absent where no time passed."""
    return divide(value - base, years_between(base_day, day))


def needed_per_year(sign: Floats, value: Floats, now: Floats, target: Floats, target_day: Floats) -> Floats:
    """Change a calendar year still needed from t on; absent where the target is met and from its day on."""
    wanted = divide(target - value, years_between(now, target_day))
    return np.where((now >= target_day) | at_least(sign * value, sign * target), np.nan, wanted)


def expected_along(points: pd.DataFrame, as_of: date) -> pd.Series:
    """The value expected on a day along the straight pieces through baseline, annual targets and target.

    `points` has one row a point: `key`, `day` (since 1970-01-01), `value`; each key's baseline and target among
    them. Returns a float Series by key: NaN before the first point, the last value after the last.
    """
    day = day_number(as_of)
    ordered = points.sort_values("day", kind="stable")
    before = ordered[ordered["day"] <= day].groupby("key").last()
    after = ordered[ordered["day"] > day].groupby("key").first()
    pieces = before.join(after.add_suffix("_next"), how="left")
    share = (day - pieces["day"]) / (pieces["day_next"] - pieces["day"])
    value = pieces["value"] + share * (pieces["value_next"] - pieces["value"])
    value = value.where(pieces["day_next"].notna(), pieces["value"])
    keys = pd.Index(ordered["key"].unique(), name="key").sort_values()
    return value.reindex(keys).astype(float).rename("expected")
