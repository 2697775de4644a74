"""The log of reports as arrays, read by connectorx: a nation's in a second.

It carries an SQLite of its own. Where two of them have one file open in a process, the one that closes it drops the other's
locks, and two could write at once: what is here is for processes that have not opened the database otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import connectorx
import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[np.float64]]
# The sign of the hand-in says whether a reviewer has decided.
REPORTS = """
SELECT series_id, period, observed AS day, value, numerator, denominator, revision,
       CASE WHEN review_id IS NULL THEN batch_id ELSE -batch_id END AS batch
FROM report
WHERE {series} AND observed <= {day} AND approved_at <= {known}
"""


def reports_between(path: Path, first: int, last: int, day: int, known: int, flags: NDArray[np.bool_]) -> Columns:
    """Every approved figure of the series `first` to `last` observed by a day and known at a moment, in any order.

    Absent is NaN; `flags` is what `hand_ins` gave at some time: a hand-in never changes, and later ones are asked for anew.
    """
    return _reports(path, f"series_id BETWEEN {int(first)} AND {int(last)}", day, known, flags)


def reports_of_these(path: Path, series: Iterable[int], day: int, known: int, flags: NDArray[np.bool_]) -> Columns:
    """As `reports_between`, of the series with these ids."""
    return _reports(path, f"series_id IN ({','.join(str(int(id)) for id in series)})", day, known, flags)


def _reports(path: Path, series: str, day: int, known: int, flags: NDArray[np.bool_]) -> Columns:
    told = _read(path, REPORTS.format(series=series, day=int(day), known=int(known)))
    batch = told.pop("batch").astype(np.int64)
    number = np.abs(batch)
    if number.max(initial=0) >= flags.shape[1]:  # handed in since
        flags = hand_ins(path)
    demo, reviewed = flags[:, number]
    return told | {"demo": demo.astype(np.float64), "unreviewed": (~reviewed & (batch > 0)).astype(np.float64)}


def hand_ins(path: Path) -> NDArray[np.bool_]:
    """Whether each hand-in is a demonstration, and whether what it brought counts as reviewed: 2 rows, by its number."""
    told = {name: column.astype(np.int64) for name, column in _read(path, "SELECT id, demo, reviewed FROM batch").items()}
    found = np.zeros((2, told["id"].max(initial=0) + 1), dtype=bool)
    found[:, told["id"]] = told["demo"], told["reviewed"]
    return found


def figure_versions(path: Path) -> dict[int, int]:
    """The number of each indicator, by its id, that changes with its approved figures."""
    told = _table(path, "SELECT id, figures FROM indicator").to_pydict()
    return dict(zip(told["id"], told["figures"], strict=True))


def _read(path: Path, query: str) -> Columns:
    table = _table(path, query)
    return {name: table.column(name).to_numpy() for name in table.column_names}


def _table(path: Path, query: str) -> Any:
    """What a query answers, as a table of pyarrow."""
    return connectorx.read_sql(f"sqlite://{quote(str(path.resolve()))}", query, return_type="arrow")
