from __future__ import annotations

import json

import numpy as np
import pytest

from tests.samples import figure, new_store, record
from trackers.errors import DamagedError
from trackers.queries.check import standing_faults
from trackers.store import open_store
from trackers.store.packing import COLUMNS, pack, pack_all, unpack


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path / "plans.db") as opened:
        record(opened, figure("own", "210900", "2016Q3", 40), figure("own", "210900", "2016Q4", 42))
        record(opened, figure("summed", "210902", "2016Q4", 3), figure("summed", "210922", "2016Q4", -0.125))
        yield opened


def rows(store, name, **values):
    everything = [row["id"] for row in store.rows("indicator_numbers", plan="sample-2013")]
    return store.packed(name, **(values or {"indicators": json.dumps(everything)}))


def test_numbers_come_back_as_they_were_and_absent_ones_absent():
    given = [[float(place) for place in range(len(COLUMNS))], [None, *(1e-300 * place for place in range(1, len(COLUMNS)))]]
    told = unpack(b"".join(pack(*row) for row in given))
    assert list(told) == list(COLUMNS)
    assert np.isnan(told["series_id"][1]) and told["unreviewed"].tolist() == [18.0, 18e-300]


def test_many_rows_are_packed_as_each_is_by_itself():
    given = [[float(place) for place in range(len(COLUMNS))], [None, *(1e-300 * place for place in range(1, len(COLUMNS)))]]
    columns = {name: np.array(column, dtype=float) for name, column in zip(COLUMNS, zip(*given, strict=True), strict=True)}
    assert pack_all(columns) == [pack(*row) for row in given]
    assert pack_all({name: np.empty(0) for name in COLUMNS}) == []


@pytest.mark.parametrize("name", ["standing_rows", "standing_rows_among"])
def test_the_bytes_of_a_maintained_row_say_what_its_numbers_say(store, name):
    told = rows(store, name)
    assert sorted(told["value"].tolist()) == [-0.125, 3, 42]
    (own,) = np.flatnonzero(told["value"] == 42)
    kept = store.rows("standings_kept", series=json.dumps([int(told["series_id"][own])]))[0]
    shared = set(COLUMNS) & set(kept)
    assert {column: kept[column] for column in shared if kept[column] is not None} == {
        column: told[column][own] for column in shared if kept[column] is not None
    }
    assert told["first"][own] == kept["first_value"] == 40 and np.isnan(told["numerator"][own])


def test_the_rows_of_some_regions_alone_can_be_asked_for(store):
    told = rows(store, "standing_rows_in", plan="sample-2013", regions='["210922"]')
    assert told["value"].tolist() == [-0.125]


def test_without_rows_there_are_empty_columns(store):
    assert [len(column) for column in rows(store, "standing_rows_among", indicators="[]").values()] == [0] * len(COLUMNS)


def test_bytes_that_differ_from_the_numbers_are_found(store):
    assert standing_faults(store) == []
    store.connection.execute("UPDATE standing SET packed = zeroblob(length(packed)) WHERE value = 3")
    assert len(standing_faults(store)) == 1


def test_bytes_that_are_missing_are_refused_rather_than_read_shifted(store):
    store.connection.execute("UPDATE standing SET packed = x'00' WHERE value = 3")
    with pytest.raises(DamagedError, match="汇总行不完整"):
        rows(store, "standing_rows")


def test_a_database_of_before_gets_its_bytes_when_it_is_opened(store):
    before = rows(store, "standing_rows")
    store.connection.execute("ALTER TABLE standing DROP COLUMN packed")
    store.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0009_packed_rows'")
    store.close()
    with open_store(store.path) as again:
        after = rows(again, "standing_rows")
    assert all(np.array_equal(before[name], after[name], equal_nan=True) for name in COLUMNS)
