"""The maintained rows of series whose every figure came with one hand-in: worked out from it, as the log would say."""

from __future__ import annotations

from typing import Any

import numpy as np

from trackers.assessment.trend import TREND_ORIGIN
from trackers.model.figure_table import FigureTable, Ints
from trackers.model.period import day_number


def standings_begun(series: Ints, table: FigureTable, demo: bool) -> list[dict[str, Any]]:
    """One row a series with the columns of the store's `standing`, as its query `standings_from_log` makes them.

    `series` holds the id of each figure's series; ids and periods ascend, and no figure was kept of these series before.
    The figures stand without a review. Of those observed on one day the latest period counts.
    """
    if not len(table):
        return []
    day = np.array([day_number(period.end) for period in table.periods])[table.period]
    last_of_day = np.append((np.diff(series) != 0) | (np.diff(day) != 0), True)
    series, day, own = series[last_of_day], day[last_of_day], table.take(last_of_day)
    first = np.flatnonzero(np.diff(series, prepend=series[0] - 1))
    last = np.append(first[1:], len(series)) - 1
    x, y = day.astype(float) - day_number(TREND_ORIGIN), own.value
    sums = {"sum_x": x, "sum_y": y, "sum_xx": x * x, "sum_xy": x * y, "sum_yy": y * y}
    before = np.where(last > first, last - 1, -1)
    columns = {
        "series_id": series[first], "n": last - first + 1, "first_value": y[first], "first_day": day[first], "value": y[last],
        "numerator": own.numerator[last], "denominator": own.denominator[last], "day": day[last],
        "period": own.numbers[last], "revision": np.ones(len(first), dtype=np.int64),
        "previous": np.where(before < 0, np.nan, y[before]), "previous_day": np.where(before < 0, np.nan, day[before]),
        **{name: np.add.reduceat(array, first) for name, array in sums.items()},
    }  # fmt: skip
    marks = {"demo": int(demo), "unreviewed": 1}
    rows = zip(*(array.tolist() for array in columns.values()), strict=True)
    return [_row(dict(zip(columns, row, strict=True))) | marks for row in rows]


def _row(found: dict[str, Any]) -> dict[str, Any]:
    """With None for what there is none of."""
    absent = {name: None for name in ("numerator", "denominator", "previous", "previous_day") if found[name] != found[name]}
    day = {} if found["previous_day"] != found["previous_day"] else {"previous_day": int(found["previous_day"])}
    return found | absent | day
