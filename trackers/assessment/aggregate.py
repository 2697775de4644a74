"""From small regions to large: an indicator's aggregates over time, and the summary of any series for its judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trackers.assessment.compare import Flags, Floats, at_least, divide
from trackers.assessment.trend import TREND_ORIGIN
from trackers.model.period import day_number
from trackers.model.plan import Aggregation

POINTS = (
    "aggregate", "day", "value", "reported", "expected", "complete", "oldest_day", "numerator", "denominator",
)  # fmt: skip
SUMS = ("n", "sum_x", "sum_y", "sum_xx", "sum_xy", "sum_yy")
SUMMARY = (
    "first", "first_day", "value", "day", "oldest_day", "previous", *SUMS, "reported", "expected", "complete",
    "numerator", "denominator",
)  # fmt: skip


def aggregate(
    history: pd.DataFrame, members: Mapping[str, Sequence[str]], rule: str, share: float, *, scale: float = 1.0
) -> pd.DataFrame:
    """The aggregates of one indicator over time: one row for each day on which one of its members reported.

    `history` holds the approved reports that count: region, day (since 1970-01-01), value, numerator, denominator; of
    two on one day the last row is used. `members` names the regions expected in each aggregate. On a day the
    aggregate is the rule (`Aggregation`, not `own`) over each member's latest report by then; a member that has not
    reported is left out, never 0. For `ratio` the numerators and denominators are added up and `scale` times
    their quotient is the value (100 for %); a member whose latest report lacks them counts as not reported.

    Returns the columns `POINTS`, ordered by aggregate and day: reported and expected count members, complete is
    whether at least `share` of them have reported, oldest_day is that of the oldest report used; numerator and
    denominator are absent for other rules. Raises ValueError for a rule that puts nothing together.
    """
    how = Aggregation(rule)
    latest = _latest(history, ("numerator", "denominator") if how is Aggregation.RATIO else ("value",))
    folded = _Members.among(latest.regions, members)
    reported = folded.add(~np.isnan(latest.day))
    numerator, denominator = folded.add(latest.numerator), folded.add(latest.denominator)
    value = np.where(reported > 0, _combined(how, latest, folded, reported, scale), np.nan)
    enough = at_least(reported, share * folded.expected) & ~np.isnan(value)
    # The days on which a member of each aggregate reported, one aggregate after the other.
    which, on = np.nonzero(folded.add(latest.reported_on).T > 0)
    parts = np.where(how is Aggregation.RATIO, 1.0, np.nan)
    return pd.DataFrame(
        {
            "aggregate": np.array(folded.names, dtype=object)[which],
            "day": latest.days[on],
            "value": value[on, which],
            "reported": reported[on, which].astype(int),
            "expected": folded.expected[which].astype(int),
            "complete": enough[on, which],
            "oldest_day": folded.smallest(latest.day)[on, which],
            "numerator": numerator[on, which] * parts,
            "denominator": denominator[on, which] * parts,
        }
    )


def alone(history: pd.DataFrame, key: str = "series") -> pd.DataFrame:
    """The points of series that are reported as such, each an aggregate of itself and always complete.

    `history` has the column `key`, day, value, numerator, denominator; the result has the columns `POINTS`.
    """
    points = history.sort_values([key, "day"], kind="stable").drop_duplicates([key, "day"], keep="last")
    points = points.assign(
        aggregate=points[key], reported=1, expected=1, complete=points["value"].notna(), oldest_day=points["day"]
    )
    return points[list(POINTS)].reset_index(drop=True)


def summarise(points: pd.DataFrame) -> pd.DataFrame:
    """How each aggregate or series stands after its last point: the columns `SUMMARY`, indexed by `aggregate`.

    `points` is what `aggregate` or `alone` gave, up to the judgement's day. n, first, previous and the sums are of
    the complete points (x in days since 2020-01-01); the value, its day and the members reported are those of
    the last point, complete or not. Absent is NaN.
    """
    ordered = points.sort_values(["aggregate", "day"], kind="stable")
    is_last = ~ordered.duplicated("aggregate", keep="last")
    whole = ordered["complete"].astype(bool)
    last = ordered[is_last].set_index("aggregate")
    first = ordered[whole].drop_duplicates("aggregate").set_index("aggregate")
    before = ordered[whole & ~is_last].drop_duplicates("aggregate", keep="last").set_index("aggregate")
    summary = last.assign(first=first["value"], first_day=first["day"], previous=before["value"])
    summary = summary.join(_sums(ordered[whole])).fillna(dict.fromkeys(SUMS, 0.0))
    return summary[list(SUMMARY)]


def _sums(complete: pd.DataFrame) -> pd.DataFrame:
    x = complete["day"].astype(float) - day_number(TREND_ORIGIN)
    y = complete["value"].astype(float)
    terms = pd.DataFrame({"n": 1.0, "sum_x": x, "sum_y": y, "sum_xx": x * x, "sum_xy": x * y, "sum_yy": y * y})
    return terms.groupby(complete["aggregate"]).sum()


@dataclass(frozen=True)
class _Latest:
    """Each region's latest report on each day: arrays of days × regions, NaN where there is none that can be used.

    A last column of NaN stands for every region that never reported.
    """

    days: Floats
    regions: pd.Index
    reported_on: Flags  # whether the region reported on just this day
    day: Floats
    value: Floats
    numerator: Floats
    denominator: Floats


def _latest(history: pd.DataFrame, needed: Sequence[str]) -> _Latest:
    """Carry every region's latest report forward; one that lacks a `needed` column cannot be used.

    What is carried is the report's place in the history, not its figures: behind a report without its parts the
    older one must not show through.
    """
    days, on = np.unique(history["day"].to_numpy(dtype=float), return_inverse=True)
    column, regions = pd.factorize(history["region"].to_numpy(), sort=True)
    places = np.full((len(days), len(regions) + 1), -1, dtype=np.int64)
    places[on, column] = np.arange(len(history))  # of two on one day the last stays
    since = np.maximum.accumulate(np.where(places >= 0, np.arange(len(days))[:, None], -1), axis=0)
    at = np.where(since >= 0, np.take_along_axis(places, np.maximum(since, 0), axis=0), len(history))
    usable = history[list(needed)].notna().all(axis=1).to_numpy()

    def taken(name: str) -> Floats:
        figures = pd.to_numeric(history[name]).to_numpy(dtype=float, na_value=np.nan)
        return np.append(np.where(usable, figures, np.nan), np.nan)[at]

    return _Latest(
        days=days,
        regions=pd.Index(regions),
        reported_on=places >= 0,
        day=taken("day"),
        value=taken("value"),
        numerator=taken("numerator"),
        denominator=taken("denominator"),
    )


@dataclass(frozen=True)
class _Members:
    """Folds arrays of days × regions into days × aggregates; a region may belong to several."""

    names: list[str]
    columns: NDArray[np.int64]  # of the members, one aggregate after the other; -1 for one that never reported
    starts: NDArray[np.int64]
    expected: Floats

    @classmethod
    def among(cls, regions: pd.Index, members: Mapping[str, Sequence[str]]) -> _Members:
        """The members' columns among the regions that reported; an aggregate without members is left out."""
        groups = {name: list(dict.fromkeys(codes)) for name, codes in members.items() if codes}
        sizes = np.array([len(codes) for codes in groups.values()], dtype=np.int64)
        columns = regions.get_indexer(pd.Index([code for codes in groups.values() for code in codes]))
        return cls(list(groups), columns.astype(np.int64), np.cumsum(sizes) - sizes, sizes.astype(float))

    def add(self, figures: Floats | Flags) -> Floats:
        """Sums over the members that have a figure."""
        return self._fold(np.add, np.nan_to_num(figures.astype(float), nan=0.0))

    def smallest(self, figures: Floats) -> Floats:
        """The smallest figure among the members; NaN where none has one."""
        return self._fold(np.fmin, figures)

    def largest(self, figures: Floats) -> Floats:
        """The largest figure among the members; NaN where none has one."""
        return self._fold(np.fmax, figures)

    def _fold(self, how: np.ufunc, figures: Floats) -> Floats:
        return np.asarray(how.reduceat(figures[:, self.columns], self.starts, axis=1), dtype=np.float64)


def _combined(how: Aggregation, latest: _Latest, folded: _Members, reported: Floats, scale: float) -> Floats:
    """The rule over the members that have reported, days × aggregates."""
    if how is Aggregation.SUM:
        return folded.add(latest.value)
    if how is Aggregation.MEAN:
        return divide(folded.add(latest.value), reported)
    if how is Aggregation.RATIO:
        return divide(scale * folded.add(latest.numerator), folded.add(latest.denominator))
    if how is Aggregation.MAX:
        return folded.largest(latest.value)
    if how is Aggregation.MIN:
        return folded.smallest(latest.value)
    raise ValueError(f"no aggregate is made by the rule {how}")
