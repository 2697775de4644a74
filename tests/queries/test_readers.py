from __future__ import annotations

import os
import signal

import numpy as np
import pytest

from tests.samples import AT, figure, new_store, record
from trackers.actions.figures import HandIn
from trackers.queries import readers
from trackers.queries.history import folded, reports_of
from trackers.queries.readers import end_readers, folded_in_bulk, reports_in_bulk
from trackers.store import EVER, Store

DAY = 17_000  # in 2016


@pytest.fixture
def store(tmp_path):
    folder = tmp_path / "计量 100%?#"
    folder.mkdir()
    with new_store(folder / "plans.db") as opened:
        record(opened, figure("own", "210900", "2016Q3", 40), figure("own", "210900", "2016Q2", 12.5))
        record(opened, figure("own", "210900", "2016Q3", 41), figure("own", "210900", "2017Q4", 50))
        record(opened, figure("mean", "210902", "2016", 9), figure("summed", "210922", "2016Q2", -0.125))
        yield opened
    end_readers()


def ids(store):
    return [row["id"] for row in store.rows("all_series_ids")]


def every(store):
    return range(min(ids(store)), max(ids(store)) + 1)


def versions(store):
    return {row["id"]: row["figures"] for row in store.rows("indicator_numbers", plan="sample-2013")}


def asked(store, day=DAY, known=EVER):
    return folded_in_bulk(store, every(store), day, known, versions(store))


@pytest.mark.parametrize(("day", "known"), [(DAY, EVER), (EVER, EVER), (EVER, int(AT.timestamp())), (10, EVER)])
def test_readers_tell_what_the_stores_own_rows_tell(store, day, known):
    told = asked(store, day, known)
    own = folded(reports_of(store, ids(store), day, known))
    assert told is not None and told.keys() == own.keys()
    for name, column in own.items():
        np.testing.assert_array_equal(told[name], np.asarray(column, dtype=float), err_msg=name)


def test_what_a_reviewer_has_decided_is_not_told_as_unreviewed(store):
    assert asked(store, EVER)["unreviewed"].tolist() == [1, 1, 1]
    store.connection.execute("DROP TRIGGER batch_is_never_changed")
    store.connection.execute("UPDATE batch SET reviewed = 1 WHERE id = 3")
    end_readers()  # they know that a hand-in never changes
    assert sorted(asked(store, EVER)["unreviewed"].tolist()) == [0, 0, 1]


def test_figures_of_a_later_hand_in_are_told_with_what_is_known_of_it(store):
    asked(store, EVER)
    record(store, figure("summed", "210903", "2016Q2", 7), hand_in=HandIn(origin="import", demo=True))
    assert sorted(asked(store, EVER)["demo"].tolist()) == [0, 0, 0, 1]


def test_figures_approved_while_the_readers_read_are_not_mixed_in_and_the_readers_go_on(store):
    before = versions(store)
    assert asked(store) is not None
    running = [reader.pid for reader in readers._RUNNING]
    record(store, figure("own", "210900", "2016Q1", 7))
    series = every(store)
    assert folded_in_bulk(store, series, DAY, EVER, before) is None
    assert folded_in_bulk(store, series, DAY, EVER, versions(store)) is not None
    assert [reader.pid for reader in readers._RUNNING] == running


def test_what_is_not_yet_kept_is_not_asked_of_others(store):
    with store.writing():
        assert asked(store) is None


def test_a_reader_that_died_is_replaced(store, caplog):
    asked(store)
    for reader in readers._RUNNING:
        os.kill(reader.pid, signal.SIGTERM)
        reader.wait()
    assert asked(store) is None and "without readers" in caplog.text
    assert asked(store) is not None


def test_readers_end_when_nobody_asks(store, monkeypatch):
    monkeypatch.setattr(readers, "IDLE", 0.05)
    asked(store)
    (timer,) = readers._TIMER
    running = list(readers._RUNNING)
    timer.join(20)
    assert running and all(reader.poll() is not None for reader in running) and not readers._RUNNING


def in_bulk(store, seen=None):
    each = [[id] for id in ids(store)] * 3
    return list(reports_in_bulk(store, each, [EVER] * len(each), EVER, seen or versions(store)))


def test_reports_of_many_lists_come_in_their_order(store):
    told = in_bulk(store)
    for id, one in zip(ids(store) * 3, told, strict=True):
        own = reports_of(store, [id], EVER, EVER)
        assert one is not None and one.keys() == own.keys()
        for name, column in own.items():
            np.testing.assert_array_equal(one[name], column, err_msg=name)


def test_reports_that_nobody_waits_for_any_more_are_nobody_elses_answer(store):
    first = next(reports_in_bulk(store, [[id] for id in ids(store)], [EVER] * len(ids(store)), EVER, versions(store)))
    assert first is not None
    assert asked(store) is not None and in_bulk(store)[1]["series_id"].tolist() == [ids(store)[1]]


def test_of_reports_too_none_is_told_that_the_asking_snapshot_does_not_see(store):
    before = versions(store)
    record(store, figure("own", "210900", "2016Q1", 7))
    assert in_bulk(store, before) == [None] * len(ids(store)) * 3


def test_a_damaged_file_gives_no_figures(store, caplog):
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    damaged = store.path.with_name("damaged.db")
    damaged.write_bytes(b"\0" * 4096 + store.path.read_bytes()[4096:])
    elsewhere = Store(damaged, store.connection)
    assert folded_in_bulk(elsewhere, every(store), DAY, EVER, versions(store)) is None and "without readers" in caplog.text
