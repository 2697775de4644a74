"""Aggregates put together from every report of their members."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from trackers.assessment.aggregate import aggregate, summarise
from trackers.assessment.policy import Policy
from trackers.model.period import day_number
from trackers.queries.history import Columns
from trackers.queries.places import Place

PERIODS = 2**31  # more than any period's number


def aggregates_of(
    reports: pd.DataFrame, above: Sequence[Place], rows: Sequence[int], found: Columns, policy: Policy
) -> None:
    """Fill in an indicator's aggregates from every report of their members: those of `above` at `rows` of what is found."""
    summary = summarise(aggregated(reports, above, policy)).rename_axis("region")
    summary = summary.join(_marks(reports, above))
    at = pd.Series(rows, index=[place.region for place in above]).loc[summary.index].to_numpy()
    for name, column in found.items():
        column[at] = summary[name].to_numpy(dtype=float)


def _marks(reports: pd.DataFrame, above: Sequence[Place]) -> pd.DataFrame:
    """Of each aggregate the period reported last, and whether any of its figures is marked; by region."""
    last = reports.assign(last=reports["day"] * PERIODS + reports["period"])
    own = last.groupby("region", sort=False)[["last", "demo", "unreviewed"]].max()
    pairs = [(place.region, code) for place in above for code in place.members]
    members = pd.DataFrame(pairs, columns=["region", "member"]).join(own, on="member", how="inner")
    marks = members.groupby("region", sort=False)[["last", "demo", "unreviewed"]].max()
    return marks.assign(period=marks["last"] % PERIODS).drop(columns="last")


def aggregated(reports: pd.DataFrame, above: Sequence[Place], policy: Policy) -> pd.DataFrame:
    """The points of one indicator's aggregates over time; `reports` are its members' reports."""
    indicator = above[0].indicator
    rule = indicator.aggregation
    scale = 100.0 if indicator.unit == "%" else 1.0
    members = {place.region: list(place.members) for place in above}
    points = aggregate(reports, members, rule.value, policy.complete_share[rule.value], scale=scale)
    reporting = frozenset(reports["region"].unique()) if any(place.ended for place in above) else frozenset()
    taken_over = {place.region: _taken_over(reports, place, reporting) for place in above}
    whole = points["day"] >= points["aggregate"].map(taken_over)
    return points.assign(complete=points["complete"] & whole)


def _taken_over(reports: pd.DataFrame, place: Place, reporting: frozenset[str]) -> float:
    """The first day on which every figure of a region that ended has been taken over by its successors.

    Until then the aggregate lacks it and is not complete (see docs/decisions/0005).
    """
    first: list[float] = [-np.inf]
    for region in place.ended:
        if region.valid_to is None or region.code not in reporting:
            continue
        later = reports[reports["day"] >= day_number(region.valid_to)]
        days = [later.loc[later["region"] == code, "day"].min() for code in region.successors]
        first.append(max((np.inf if pd.isna(day) else float(day) for day in days), default=np.inf))
    return max(first)
