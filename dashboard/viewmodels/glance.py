"""What the page 总览 shows of the indicators of one region, put into words once for a version of the data."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pandas as pd

from dashboard.viewmodels import overview, warnings

WORST = 5


class Glance(NamedTuple):
    """All indicators: the sentences a leader reads first, and how many stand where."""

    headline: str
    furthest_behind: str
    counts: list[overview.Count]


class Listed(NamedTuple):
    """The indicators with the verdict that was picked, or all: those drawn, the worst of them, those left out and why."""

    rows: pd.DataFrame
    drawn: pd.DataFrame
    worst: list[str]
    left_out: list[str]


def glance(rows: pd.DataFrame, day: date) -> Glance:
    """The rows of a region, one an indicator, at a glance."""
    return Glance(overview.headline(rows, day), overview.furthest_behind(rows), overview.counts(rows, day))


def listed(rows: pd.DataFrame, day: date, picked: str | None) -> Listed:
    """Those of the rows that have the verdict picked; all for None."""
    rows = rows[rows["verdict"] == picked].reset_index(drop=True) if picked else rows
    worst = [warnings.brief(row, day) for row in warnings.worst_first(rows).head(WORST).to_dict("records")]
    return Listed(rows, overview.drawn(rows), worst, overview.not_drawn(rows))
