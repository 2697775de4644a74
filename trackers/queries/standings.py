"""What is kept of each row of a judgement: figures from the store, with the row's baseline and target."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trackers.assessment.pace import expected_along
from trackers.assessment.policy import Policy
from trackers.model.period import day_number
from trackers.queries.aggregates import aggregates_of
from trackers.queries.history import Columns, Floats, folded, reports_of
from trackers.queries.places import Place
from trackers.queries.plans import region_numbers
from trackers.queries.readers import folded_in_bulk, reports_in_bulk, worth_asking
from trackers.queries.remembered import STANDING, Asked, Known
from trackers.queries.table import Table
from trackers.store import EVER, Store

MOST_ASKED_FOR = 200  # regions that are asked for one by one
Late = dict[int, NDArray[np.int64]]  # rows of the table, by the indicator's number


def standings(asked: Asked, rows: Sequence[Place] | Table, policy: Policy) -> pd.DataFrame:
    """The frame that `trackers.assessment.judge.judge` takes, one row for each of `rows`, in their order."""
    table = rows if isinstance(rows, Table) else Table(asked.plan, rows)
    found = {name: np.full(len(table.rows), np.nan) for name in STANDING}
    ids = asked.store.rows("indicator_numbers", plan=table.plan.id)
    known = Known(asked, table, {table.indicators.get(row["code"], -1): row["figures"] for row in ids}, policy)
    missing = [indicator for indicator in range(len(table.indicators)) if not known.put(indicator, found)]
    if missing:
        kept = _kept(asked.store, table, {row["id"]: table.indicators.get(row["code"], -1) for row in ids}, missing)
        versions = {row["id"]: row["figures"] for row in ids}
        late = _from_maintained(asked, table, kept, found)
        above = {indicator: rows for indicator, rows in _above(table).items() if indicator in missing}
        if not above and worth_asking(sum(map(len, late.values()))):
            late = _in_bulk(asked, table, kept, late, versions, found)
        wishes = [_wish(table, kept, late.get(each, _NONE), above.get(each, [])) for each in dict.fromkeys([*late, *above])]
        for wish, reports in zip(wishes, _reports(asked, wishes, versions), strict=True):
            _from_log(table, kept, found, wish, reports, policy)
        known.keep(missing, found)
    return _judgeable(table, found, asked.as_of)


_NONE = np.empty(0, dtype=np.int64)


def _in_bulk(
    asked: Asked, table: Table, kept: _Kept, late: Late, versions: Mapping[int, int], found: Columns
) -> Late:
    """Fill in the series that want the log from what readers fold; those that want it still, where the readers do not do."""
    rows = np.concatenate(list(late.values()))
    days = np.unique(table.cutoff[rows])
    own = np.flatnonzero(kept.row >= 0)
    ids = kept.columns["series_id"][own].astype(np.int64)
    told = None
    if len(days) == 1:
        series = range(int(ids.min()), int(ids.max()) + 1)
        told = folded_in_bulk(asked.store, series, int(days[0]), asked.known, versions)
    if told is None:
        return late
    row = np.full(ids.max() + 1, -1, dtype=np.int64)
    row[ids] = kept.row[own]
    is_late = np.zeros(len(table.rows), dtype=bool)
    is_late[rows] = True
    rows = row[told["series_id"].astype(np.int64)]
    there = np.flatnonzero((rows >= 0) & is_late[rows])
    _put(found, rows[there], told, there)
    return {}


@dataclass(frozen=True)
class _Kept:
    """The maintained rows of a table's regions, with the number of each one's indicator and region in the table."""

    columns: Columns
    indicator: NDArray[np.int64]
    region: NDArray[np.int64]
    row: NDArray[np.int64]  # of the table; -1 where it has none for it


def _kept(store: Store, table: Table, indicators: Mapping[int, int], wanted: Sequence[int]) -> _Kept:
    """The maintained rows of the `wanted` indicators; `indicators` gives the number of each by its id in the store."""
    plan, codes = table.plan.id, table.codes
    if len(codes) <= MOST_ASKED_FOR:
        columns = store.packed("standing_rows_in", plan=plan, regions=json.dumps(codes))
    else:
        ids = [id for id, number in indicators.items() if number in wanted]
        name = "standing_rows_among" if len(wanted) > len(table.indicators) / 2 else "standing_rows"
        columns = store.packed(name, indicators=json.dumps(ids))
    numbers = {code: number for number, code in enumerate(codes)}
    regions = {id: numbers.get(code, -1) for id, code in region_numbers(store).items()}
    indicator = _translated(columns["indicator_id"], indicators)
    region = _translated(columns["region_id"], regions)
    lookup = np.full((len(table.indicators) + 1, len(codes) + 1), -1, dtype=np.int64)  # the last of each for none
    alone = np.flatnonzero(~table.is_aggregate)
    lookup[table.at[0][alone], table.at[1][alone]] = alone
    return _Kept(columns, indicator, region, lookup[indicator, region])


def _translated(ids: Floats, numbers: Mapping[int, int]) -> NDArray[np.int64]:
    own = ids.astype(np.int64)
    table = np.full(max(max(numbers, default=0), own.max(initial=0)) + 1, -1, dtype=np.int64)
    table[list(numbers)] = list(numbers.values())
    return table[own]


def _from_maintained(asked: Asked, table: Table, kept: _Kept, found: Columns) -> Late:
    """Fill in the series whose maintained rows fit the day; where they do not, the rows that want the log by indicator."""
    wanted = np.flatnonzero(kept.row >= 0)
    rows = kept.row[wanted]
    fits = (kept.columns["day"][wanted] <= table.cutoff[rows]) & (asked.known == EVER)
    _put(found, rows[fits], kept.columns, wanted[fits])
    late = rows[~fits]
    return {int(number): late[table.at[0][late] == number] for number in np.unique(table.at[0][late])}


def _put(found: Columns, rows: NDArray[np.int64], columns: Columns, taken: NDArray[np.int64]) -> None:
    """Fill in these rows with the entries `taken` of the columns, one for each."""
    own = {name: name for name in STANDING if name in columns} | {"oldest_day": "day"}
    if len(rows) == len(found["n"]):  # all of them: then nothing needs to be kept of what stood there
        order = np.empty(len(rows), dtype=np.int64)
        order[rows] = taken
        found.update({name: columns[source][order] for name, source in own.items()})
    else:
        for name, source in own.items():
            found[name][rows] = columns[source][taken]
    for name in ("reported", "complete"):
        found[name][rows] = 1


def _above(table: Table) -> dict[int, list[int]]:
    """The aggregates of each indicator."""
    found: dict[int, list[int]] = {}
    for row in np.flatnonzero(table.is_aggregate):
        found.setdefault(int(table.at[0][row]), []).append(int(row))
    return found


@dataclass(frozen=True)
class _Wish:
    """What is wanted of an indicator from the log: its series that are late, and its aggregates, by row of the table."""

    late: NDArray[np.int64]
    above: list[int]
    entries: NDArray[np.int64]  # of what is kept: the series whose reports that takes, by id
    ids: Floats
    cutoff: int


def _wish(table: Table, kept: _Kept, late: NDArray[np.int64], above: list[int]) -> _Wish:
    some = above[0] if above else int(late[0])
    own = np.flatnonzero((kept.indicator == table.at[0][some]) & (kept.region >= 0))
    if not above:
        own = own[np.isin(kept.row[own], late)]
    entries = own[np.argsort(kept.columns["series_id"][own])]
    return _Wish(late, above, entries, kept.columns["series_id"][entries], int(table.cutoff[some]))


def _reports(asked: Asked, wishes: Sequence[_Wish], versions: Mapping[int, int]) -> Iterator[Columns]:
    """The reports of each wish: read by readers where there are very many."""
    ids = [wish.ids.astype(int).tolist() for wish in wishes]
    read: Iterator[Columns | None] = repeat(None, len(wishes))
    if worth_asking(sum(map(len, ids))):
        read = reports_in_bulk(asked.store, ids, [wish.cutoff for wish in wishes], asked.known, versions)
    for wish, reports in zip(wishes, read, strict=True):
        yield reports_of(asked.store, wish.ids, wish.cutoff, asked.known) if reports is None else reports


def _from_log(table: Table, kept: _Kept, found: Columns, wish: _Wish, reports: Columns, policy: Policy) -> None:
    """Fill in an indicator's series that want the log, and its aggregates, from their reports."""
    if not len(reports["series_id"]):
        return
    if len(wish.late):
        told = folded(reports)
        rows = kept.row[wish.entries[np.searchsorted(wish.ids, told["series_id"])]]
        there = np.flatnonzero(np.isin(rows, wish.late))
        _put(found, rows[there], told, there)
    if wish.above:
        regions = kept.region[wish.entries[np.searchsorted(wish.ids, reports["series_id"])]]
        frame = pd.DataFrame(reports, copy=False).assign(region=np.array(table.codes, dtype=object)[regions])
        aggregates_of(frame, [table.rows[row] for row in wish.above], wish.above, found, policy)


def _judgeable(table: Table, found: Columns, as_of: date) -> pd.DataFrame:
    """The standings with what the plan says of each row, its baseline, and what annual targets call for."""
    value, day, origin = table.starts
    of_plan = ~np.isnan(day)
    first = np.where(found["n"] > 0, np.array("first_report", dtype=object), np.array(None, dtype=object))
    told = pd.Series(np.where(of_plan, origin, first), index=table.keys, dtype=object)  # not to be guessed at
    counts = {name: np.nan_to_num(found[name]).astype(np.int64) for name in ("reported", "n")}
    columns = {
        **found, **counts, "complete": found["complete"] == 1, **table.known,
        "base": np.where(of_plan, value, found["first"]), "base_day": np.where(of_plan, day, found["first_day"]),
        "first_base": ~of_plan, "baseline_origin": told,
    }  # fmt: skip
    frame = pd.DataFrame(columns, index=table.keys, copy=False)
    frame["expected_override"] = _along_annual_targets(table, frame, as_of)
    return frame


def _along_annual_targets(table: Table, frame: pd.DataFrame, as_of: date) -> Floats:
    """What annual targets call for on the day, for rows held to the plan's own target; NaN elsewhere."""
    points = [
        (key, float(day), value)
        for key in table.along_annual
        for day, value in _line(table.rows[key], frame.iloc[key])
    ]
    if not points:
        return np.full(len(frame), np.nan)
    along = expected_along(pd.DataFrame(points, columns=["key", "day", "value"]), as_of)
    return np.asarray(along.reindex(range(len(frame))).to_numpy(dtype=np.float64))


def _line(place: Place, row: pd.Series) -> list[tuple[float, float]]:
    """Baseline, annual targets and target of a row as points of the line that is expected."""
    between = [
        (day_number(date(annual.year, 12, 31)), annual.value)
        for annual in place.indicator.annual_targets
        if row["base_day"] < day_number(date(annual.year, 12, 31)) < row["target_day"]
    ]
    return [(row["base_day"], row["base"]), *between, (row["target_day"], row["target"])]


