"""What is read out of the log is the same in whatever order the store answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.samples import AT, figure, new_store, record
from trackers.model.period import Period
from trackers.queries.figures import lines_of, series_in
from trackers.queries.history import folded, reports_of
from trackers.store import EVER

PERIODS = ("2014Q4", "2015Q4", "2016Q4")
PLACE = ("own", "210900")


@pytest.fixture(params=["OFF", "ON"])
def store(tmp_path, request):
    """Every figure handed in twice, in a store that answers from either end where a statement leaves the order open."""
    with new_store(tmp_path) as store:
        for number, period in enumerate(PERIODS):
            for revision in range(2):
                at = AT + timedelta(days=2 * number + revision)
                record(store, figure(*PLACE, period, 10 * (number + 1) + revision), at=at)
        store.connection.execute(f"PRAGMA reverse_unordered_selects = {request.param}")
        yield store


def test_the_last_revision_of_a_period_stands_in_judgements(store):
    ids = series_in(store, "sample-2013").values()
    told = reports_of(store, ids, EVER, EVER)
    assert told["value"].tolist() == [11, 21, 31]
    (row,) = zip(*(folded(told)[name] for name in ("n", "first", "previous", "value")), strict=True)
    assert row == (3, 11, 21, 31)


@pytest.mark.parametrize("asked", [None, ["2015Q4"], ["2016Q4", "2014Q4"]])
def test_the_last_revision_of_a_period_stands_beside_a_figure(store, asked):
    periods = asked and [Period.parse(text).number for text in asked]
    (line,) = lines_of(store, {PLACE: series_in(store, "sample-2013")[PLACE]}, periods).values()
    assert list(line.values()) == [11, 21, 31]
