"""What is kept of each row of a judgement: figures from the store, with the row's baseline and target."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from trackers.assessment.aggregate import aggregate, summarise
from trackers.assessment.pace import expected_along
from trackers.assessment.policy import Policy
from trackers.model.period import day_number
from trackers.model.plan import Confidence, Plan
from trackers.queries.places import Place, official_start
from trackers.store import EVER, Store

STANDING = (
    "n", "first", "first_day", "value", "numerator", "denominator", "day", "period", "oldest_day", "previous",
    "sum_x", "sum_y", "sum_xx", "sum_xy", "sum_yy", "reported", "expected", "complete", "demo", "unreviewed",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One question to the store: which plan, for which day, as known when."""

    store: Store
    plan: Plan
    as_of: date
    known: int

    @property
    def day(self) -> int:
        """The judgement's day as a number."""
        return day_number(self.as_of)


def standings(asked: Asked, rows: Sequence[Place], policy: Policy) -> pd.DataFrame:
    """The frame that `trackers.assessment.judge.judge` takes, one row for each of `rows`, in their order."""
    found = pd.concat([_nothing(), *_series(asked, rows), *_aggregates(asked, rows, policy)])
    return _judgeable(asked.plan, rows, found, asked.as_of)


def _nothing() -> pd.DataFrame:
    """Standings of nothing: the columns, by indicator and region."""
    keys = pd.MultiIndex.from_tuples([], names=["indicator", "region"])
    return pd.DataFrame(index=keys, columns=list(STANDING), dtype=object)


def _series(asked: Asked, rows: Sequence[Place]) -> list[pd.DataFrame]:
    """Standings of the reported series, from the maintained rows where they fit and from the log otherwise."""
    wanted = {place.key: day_number(place.cutoff) for place in rows if not place.members}
    kept = asked.store.frame("overview_standings", plan=asked.plan.id)
    cutoff = pd.Series([wanted.get(key, np.nan) for key in zip(kept["indicator"], kept["region"], strict=True)], dtype=float)
    kept, cutoff = kept[cutoff.notna()], cutoff[cutoff.notna()]
    fits = (kept["day"] <= cutoff) & (asked.known == EVER)
    found = [kept[fits], *(_from_log(asked, late, int(day)) for day, late in kept[~fits].groupby(cutoff[~fits]))]
    return [_as_standings(each) for each in found if len(each)]


def _as_standings(rows: pd.DataFrame) -> pd.DataFrame:
    series = rows.rename(columns={"first_value": "first"})
    series = series.assign(oldest_day=series["day"], reported=1, expected=1, complete=True)
    return series.set_index(["indicator", "region"])[list(STANDING)].astype(object)


def _from_log(asked: Asked, kept: pd.DataFrame, day: int) -> pd.DataFrame:
    ids = json.dumps([int(id) for id in kept["series_id"]])
    told = asked.store.frame("standings_from_log", series=ids, day=day, known=asked.known)
    return kept[["indicator", "region", "series_id"]].merge(told, on="series_id")


def _aggregates(asked: Asked, rows: Sequence[Place], policy: Policy) -> list[pd.DataFrame]:
    """Standings of the aggregates, put together from every report of their members."""
    groups: dict[str, list[Place]] = {}
    for place in rows:
        if place.members:
            groups.setdefault(place.indicator.id, []).append(place)
    if not groups:
        return []
    history = asked.store.frame("history", plan=asked.plan.id, day=asked.day, known=asked.known)
    history = history[history["indicator"].isin(list(groups))]
    reported = set(history["indicator"])
    return [_aggregates_of(history, above, policy) for id, above in groups.items() if id in reported]


def _aggregates_of(history: pd.DataFrame, above: Sequence[Place], policy: Policy) -> pd.DataFrame:
    indicator = above[0].indicator
    reports = history[(history["indicator"] == indicator.id) & (history["day"] <= day_number(above[0].cutoff))]
    points = aggregated(reports, above, policy)
    summary = summarise(points).rename_axis("region")
    marks = {place.region: reports[reports["region"].isin(place.members)] for place in above}
    summary["demo"] = [int(marks[code]["demo"].max()) for code in summary.index]
    summary["unreviewed"] = [int(marks[code]["unreviewed"].max()) for code in summary.index]
    summary["period"] = [marks[code].sort_values(["day", "period"])["period"].iloc[-1] for code in summary.index]
    return pd.concat({indicator.id: summary}, names=["indicator"])[list(STANDING)].astype(object)


def aggregated(reports: pd.DataFrame, above: Sequence[Place], policy: Policy) -> pd.DataFrame:
    """The points of one indicator's aggregates over time; `reports` are its members' reports."""
    indicator = above[0].indicator
    rule = indicator.aggregation
    scale = 100.0 if indicator.unit == "%" else 1.0
    members = {place.region: list(place.members) for place in above}
    points = aggregate(reports, members, rule.value, policy.complete_share[rule.value], scale=scale)
    taken_over = {place.region: _taken_over(reports, place) for place in above}
    whole = points["day"] >= points["aggregate"].map(taken_over)
    return points.assign(complete=points["complete"] & whole)


def _taken_over(reports: pd.DataFrame, place: Place) -> float:
    """The first day on which every figure of a region that ended has been taken over by its successors.

    Until then the aggregate lacks it and is not complete (see docs/decisions/0005).
    """
    first: list[float] = [-np.inf]
    for region in place.ended:
        if region.valid_to is None or not (reports["region"] == region.code).any():
            continue
        later = reports[reports["day"] >= day_number(region.valid_to)]
        days = [later.loc[later["region"] == code, "day"].min() for code in region.successors]
        first.append(max((np.inf if pd.isna(day) else float(day) for day in days), default=np.inf))
    return max(first)


def _judgeable(plan: Plan, rows: Sequence[Place], found: pd.DataFrame, as_of: date) -> pd.DataFrame:
    keys = pd.MultiIndex.from_arrays(
        [[place.indicator.id for place in rows], [place.region for place in rows]], names=["indicator", "region"]
    )
    frame = found.reindex(keys)
    frame[list(STANDING)] = frame[list(STANDING)].astype(float)
    frame["expected"] = [max(1, len(place.members)) for place in rows]
    frame["reported"] = frame["reported"].fillna(0).astype(int)
    frame["n"] = frame["n"].fillna(0).astype(int)
    frame["complete"] = frame["complete"] == 1
    frame["direction"] = [place.indicator.direction.value for place in rows]
    frame["keep"] = [place.indicator.keep for place in rows]
    frame["target"] = [np.nan if p.target_value is None else p.target_value for p in rows]
    frame["target_day"] = [float(day_number(place.target.day)) for place in rows]
    frame["unverified"] = [place.target.confidence is Confidence.UNVERIFIED for place in rows]
    frame["no_target"] = frame["target"].isna() & ~frame["unverified"]
    frame = _with_baselines(plan, rows, frame)
    frame["expected_override"] = _along_annual_targets(plan, rows, frame, as_of)
    return frame


def _with_baselines(plan: Plan, rows: Sequence[Place], frame: pd.DataFrame) -> pd.DataFrame:
    """Where each row starts from: official, 0 for a count, else its first report."""
    starts = [official_start(plan, place) for place in rows]
    frame["base"] = [s[0] if s else first for s, first in zip(starts, frame["first"], strict=True)]
    frame["base_day"] = [
        float(day_number(s[1])) if s else first for s, first in zip(starts, frame["first_day"], strict=True)
    ]
    frame["first_base"] = [s is None for s in starts]
    origins = zip(starts, frame["n"], strict=True)
    frame["baseline_origin"] = [s[2] if s else ("first_report" if n else None) for s, n in origins]
    return frame


def _along_annual_targets(plan: Plan, rows: Sequence[Place], frame: pd.DataFrame, as_of: date) -> pd.Series:
    """What annual targets call for on the day, for rows held to the plan's own target; NaN elsewhere."""
    points = [
        (key, float(day), value)
        for key, place in enumerate(rows)
        if place.indicator.annual_targets and place.target_value == place.target.value
        for day, value in _line(place, frame.iloc[key])
    ]
    line = pd.DataFrame(points, columns=["key", "day", "value"])
    along = expected_along(line, as_of) if points else pd.Series(dtype=float)
    return pd.Series(along.reindex(range(len(rows))).to_numpy(), index=frame.index)


def _line(place: Place, row: pd.Series) -> list[tuple[float, float]]:
    """Baseline, annual targets and target of a row as points of the line that is expected."""
    between = [
        (day_number(date(annual.year, 12, 31)), annual.value)
        for annual in place.indicator.annual_targets
        if row["base_day"] < day_number(date(annual.year, 12, 31)) < row["target_day"]
    ]
    return [(row["base_day"], row["base"]), *between, (row["target_day"], row["target"])]


