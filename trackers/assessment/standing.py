"""What is known of each series or aggregate when it is judged: the columns of the standings as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from trackers.assessment.compare import Flags, Floats, below, meets
from trackers.assessment.years import year_position
from trackers.model.plan import Direction


@dataclass(frozen=True)
class Standing:
    """One array entry a row. Days count from 1970-01-01; absent is NaN.

    `base` is absent where its day is, `target` where it is unverified or a region has no share of it. `now` is the
    day of the judgement.
    """

    now: Floats
    sign: Floats  # 1 where more is better, -1 where less is
    base: Floats
    base_day: Floats
    n: Floats
    value: Floats
    day: Floats
    oldest_day: Floats
    previous: Floats
    target: Floats
    target_day: Floats
    along: Floats  # expected along the annual targets
    first_base: Flags
    unverified: Flags
    no_target: Flags
    complete: Flags
    keep: Flags

    @classmethod
    def read(cls, standings: pd.DataFrame, now: Floats) -> Self:
        """The standings' columns; `keep` and `expected_override` may be missing, which is as if none were set."""
        unverified, no_target = flags(standings, "unverified"), flags(standings, "no_target")
        base_day = numbers(standings, "base_day")
        return cls(
            now=now,
            sign=signs(standings["direction"]),
            base=np.where(np.isnan(base_day), np.nan, numbers(standings, "base")),
            base_day=base_day,
            target=np.where(unverified | no_target, np.nan, numbers(standings, "target")),
            along=numbers(standings, "expected_override"),
            first_base=flags(standings, "first_base"),
            unverified=unverified,
            no_target=no_target,
            complete=flags(standings, "complete"),
            keep=flags(standings, "keep"),
            **{name: numbers(standings, name) for name in _PLAIN},
        )

    @cached_property
    def seen(self) -> Floats:
        """The value as far as it may be judged: absent where too few regions have reported."""
        return np.where(self.complete, self.value, np.nan)

    @cached_property
    def start(self) -> Floats:
        """The baseline as far as progress is counted from it: absent where it is the one report there is."""
        return np.where(self.first_report_only, np.nan, self.base)

    @cached_property
    def first_report_only(self) -> Flags:
        """Whether the baseline is the first report and no second one has come."""
        return self.first_base & (self.n <= 1)

    @cached_property
    def met(self) -> Flags:
        """Whether the value meets the target."""
        return meets(self.sign, self.seen, self.target)

    @cached_property
    def due(self) -> Flags:
        """Whether the target's day has come."""
        return np.asarray(self.now >= self.target_day)

    @cached_property
    def kept(self) -> Flags:
        """Whether the task is to keep the target: the plan says so, or the baseline is already at or past it."""
        return self.keep | meets(self.sign, self.base, self.target)

    @cached_property
    def fallen(self) -> Flags:
        """Whether the value is worse than the one reported before it."""
        return below(self.sign * self.seen, self.sign * self.previous)

    @cached_property
    def away(self) -> Flags:
        """Whether what is to be kept moved away: since the report before, or since the baseline with one report."""
        before = np.where(np.isnan(self.previous), self.base, self.previous)
        return below(self.sign * self.seen, self.sign * before)

    @property
    def points(self) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats, Floats]:
        """What the methods of compound growth take: sign, baseline, value and target with their years."""
        started, observed, ends = (year_position(day) for day in (self.base_day, self.day, self.target_day))
        return self.sign, self.base, started, self.seen, observed, self.target, ends


def signs(directions: pd.Series) -> Floats:
    """1 for "increase", -1 for "decrease"; raises ValueError for anything else."""
    known = {Direction.INCREASE.value: 1.0, Direction.DECREASE.value: -1.0}
    found: Floats = np.asarray(directions.map(known), dtype=np.float64)
    if np.isnan(found).any():
        raise ValueError(f"unknown direction {directions[np.isnan(found)].iloc[0]!r}")
    return found


_PLAIN = ("n", "value", "day", "oldest_day", "previous", "target_day")
_OPTIONAL = {"keep", "expected_override"}


def numbers(frame: pd.DataFrame, name: str) -> Floats:
    """A column as floats, NaN where absent."""
    if name in _OPTIONAL and name not in frame:
        return np.full(len(frame), np.nan)
    column = frame[name]
    if column.dtype == np.float64:
        return column.to_numpy()
    return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)


def flags(frame: pd.DataFrame, name: str) -> Flags:
    """A column as booleans, false where absent."""
    if name in _OPTIONAL and name not in frame:
        return np.zeros(len(frame), dtype=bool)
    column = frame[name]
    return column.to_numpy() if column.dtype == np.bool_ else column.eq(True).fillna(False).to_numpy(dtype=bool)
