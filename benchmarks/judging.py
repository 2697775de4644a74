"""Judging every series, against one full scan of the log of reports by SQLite itself."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pandas as pd

from benchmarks.filling import BY
from benchmarks.measure import Row, Thing, at_least, at_most, interleaved, time_text
from benchmarks.national import PAST, TODAY
from benchmarks.sets import Made
from trackers.assessment.trend import fit
from trackers.queries.assess import assess, series_judged
from trackers.queries.plans import plans
from trackers.queries.readers import end_readers
from trackers.queries.remembered import forget
from trackers.store import Store, open_store

ROUNDS = 5
APPLIED = 30_000  # reports over which groupby.apply is measured; it is as slow for each further one


def rows(sets: Sequence[Made]) -> Iterator[Row]:
    """Today from the maintained rows, a past day from the log, both with the words and the aggregates of a screen."""
    for one in sets:
        with open_store(one.path) as store:
            yield from _of(store, one.name)


def _of(store: Store, share: str) -> Iterator[Row]:
    _judged(store, TODAY)()  # what the plans alone decide is held in memory from the first time on
    scan, today = interleaved([_scan(store), _judged(store, TODAY)], ROUNDS)
    floor = f"scan of the log {time_text(scan)}"
    goal, met = at_most(0.3, today / scan)
    yield Row(share, "every series judged for today, from maintained rows", time_text(today), floor, today / scan, goal, met)
    applied, number = _applied(store)
    goal, met = at_least(300, applied / today)
    against = f"groupby.apply {time_text(applied)}, carried on from {number:,} reports"
    yield Row(share, "the same", time_text(today), against, applied / today, goal, met)
    yield from _past(store, share)
    forget()
    first, again = interleaved([_shown(store, TODAY)], 1) + interleaved([_shown(store, TODAY)], 1)
    name = "with every aggregate and in words, as screens keep it:"
    yield Row(share, f"{name} first look after the start", time_text(first), floor, first / scan)
    yield Row(share, f"{name} later, until a figure changes", time_text(again), floor, again / scan)


def _past(store: Store, share: str) -> Iterator[Row]:
    """By the clock, since readers in processes of their own have a part in it; first with readers still to be started."""
    end_readers()
    _, began = interleaved([_scan(store), _judged(store, PAST)], 1, time.perf_counter)
    scan, past = interleaved([_scan(store), _judged(store, PAST)], ROUNDS, time.perf_counter)
    end_readers()
    floor, name = f"scan of the log {time_text(scan)}", "every series judged for a past day, from the log"
    goal, met = at_most(4, past / scan)
    yield Row(share, f"{name}, by the clock", time_text(past), floor, past / scan, goal, met)
    yield Row(share, "the same, what reads it still to be started", time_text(began), floor, began / scan)


def _scan(store: Store) -> Thing:
    return lambda: store.connection.execute("SELECT sum(value) FROM report").fetchone()


def _judged(store: Store, day: date) -> Thing:
    """Read anew every time: a server remembers what it found until a figure changes."""

    def judged() -> None:
        forget()
        for plan in plans(store):
            series_judged(store, plan, day, by=BY)

    return judged


def _shown(store: Store, day: date) -> Thing:
    return lambda: [assess(store, plan, day, by=BY) for plan in plans(store)]


def _applied(store: Store) -> tuple[float, int]:
    """Seconds of groupby.apply over the whole log, and over how many reports it was measured."""
    query = "SELECT series_id, observed, value FROM report WHERE approved_at IS NOT NULL LIMIT ?"
    log = pd.read_sql_query(query, store.connection, params=(APPLIED,))
    whole = store.connection.execute("SELECT count(*) FROM report").fetchone()[0]
    (seconds,) = interleaved([lambda: log.groupby("series_id").apply(_one)], 3)
    return seconds * whole / len(log), len(log)


def _one(reports: pd.DataFrame) -> pd.Series:
    """A series as somebody would judge it at first: the latest value, its line and how far it leads."""
    reports = reports.sort_values("observed").drop_duplicates("observed", keep="last")
    x, y = reports["observed"] - 18262.0, reports["value"]
    sums = [np.array([float(each)]) for each in (len(x), x.sum(), y.sum(), (x * x).sum(), (x * y).sum(), (y * y).sum())]
    line = fit(*sums)
    return pd.Series({"value": y.iloc[-1], "day": reports["observed"].iloc[-1], "slope": line.slope[0]})
