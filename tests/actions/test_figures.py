from __future__ import annotations

from datetime import timedelta

import pytest

from tests.samples import AT, HAND_IN, OPERATOR, figure, new_store, ratio, record
from trackers.actions import audit
from trackers.actions.figures import record_figures
from trackers.errors import FigureError, UnknownNameError
from trackers.queries.audit import chain_faults, entries
from trackers.queries.check import faults
from trackers.queries.figures import revisions, series_in


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def history(store, indicator="own", region="210900"):
    return revisions(store, "sample-2013", indicator, region, by=OPERATOR)


def test_a_figure_is_kept_with_who_when_and_from_where(store):
    done = record(store, figure("own", "210900", "2016Q4", 40, note="说明", evidence="https://example.org/1"))
    row = history(store).iloc[0]
    assert (done.new, done.changed, done.same) == (1, 0, 0)
    assert (row["value"], row["revision"], row["by"], row["file"]) == (40, 1, "cli:test", "figures.csv")
    assert (row["note"], row["evidence"], row["reviewed"]) == ("说明", "https://example.org/1", 0)


def test_a_changed_figure_is_a_new_revision_beside_the_old(store):
    record(store, figure("own", "210900", "2016Q4", 40))
    done = record(store, figure("own", "210900", "2016Q4", 41))
    assert (done.new, done.changed) == (0, 1)
    assert history(store)["value"].tolist() == [40, 41]
    assert history(store)["revision"].tolist() == [1, 2]


def test_the_same_figure_again_changes_nothing_and_leaves_no_entry(store):
    record(store, figure("own", "210900", "2016Q4", 40))
    before = len(entries(store, by=OPERATOR))
    done = record(store, figure("own", "210900", "2016Q4", 40))
    assert (done.batch, done.same) == (None, 1)
    assert len(history(store)) == 1
    assert len(entries(store, by=OPERATOR)) == before


def test_a_figure_out_of_place_stops_the_whole_hand_in(store):
    good, bad = figure("own", "210900", "2016Q4", 40), figure("own", "210902", "2016Q4", 1)
    with pytest.raises(FigureError, match="阜新市"):
        record(store, good, bad)
    assert history(store).empty


@pytest.mark.parametrize("period", ["2012Q3", "2021Q1"])
def test_a_period_outside_the_plan_is_refused(store, period):
    with pytest.raises(FigureError, match="2012-12-31 至 2020-12-31"):
        record(store, figure("own", "210900", period, 1))


def test_the_day_the_plan_starts_from_may_carry_a_figure(store):
    assert record(store, figure("own", "210900", "2012Q4", 1)).new == 1


@pytest.mark.parametrize("name", ["nowhere", "样例"])
def test_a_plan_is_recorded_for_by_its_id_alone(store, name):
    with pytest.raises(UnknownNameError):
        record_figures(store, name, [], HAND_IN, by=OPERATOR, at=AT)


def test_an_action_whose_entry_cannot_be_written_does_not_happen(store, monkeypatch):
    def fails(*_: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr(audit, "_add", fails)
    with pytest.raises(RuntimeError):
        record(store, figure("own", "210900", "2016Q4", 40))
    assert history(store).empty


def test_the_chain_of_entries_holds_and_says_where_it_breaks(store):
    record(store, figure("own", "210900", "2016Q4", 40))
    assert chain_faults(store) == []
    store.connection.execute("DROP TRIGGER audit_is_never_changed")
    store.connection.execute("UPDATE audit SET by = 'someone else' WHERE id = 2")
    assert "第 2 条" in chain_faults(store)[0]


def test_maintained_rows_follow_the_log_and_a_wrong_one_is_found(store):
    record(store, figure("own", "210900", "2016Q4", 40), ratio("210902", "2016", 9, 10))
    record(store, figure("own", "210900", "2015Q4", 30), at=AT + timedelta(days=1))
    record(store, figure("own", "210900", "2016Q4", 42), at=AT + timedelta(days=2))
    assert faults(store) == []
    series = series_in(store, "sample-2013")["own", "210900"]
    (own,) = store.rows("standings_kept", series=f"[{series}]")
    assert (own["n"], own["first_value"], own["value"], own["previous"]) == (2, 30, 42, 30)
    store.connection.execute("UPDATE standing SET value = 43 WHERE n = 2")
    assert any("汇总行" in fault for fault in faults(store))


def test_a_plan_changed_behind_the_programs_back_is_found(store):
    assert faults(store) == []
    store.connection.execute("UPDATE plan SET document = replace(document, '100', '90')")
    (fault,) = faults(store)
    assert "规划 sample-2013" in fault


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report SET value = 39 WHERE revision = 1",
        "UPDATE report_text SET note = '别的'",
        "UPDATE batch SET by = 'someone else' WHERE id = 1",
        "DELETE FROM audit WHERE action = 'record_figures' AND id = (SELECT max(id) FROM audit)",
    ],
)
def test_a_hand_in_that_was_bent_afterwards_is_found(store, statement):
    record(store, figure("own", "210900", "2016Q4", 40, note="说明"))
    record(store, figure("own", "210900", "2016Q4", 41))
    assert faults(store) == []
    for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        store.connection.execute(f"DROP TRIGGER {row[0]}")
    store.connection.execute(statement)
    assert any("次填报的内容与操作记录不一致" in fault for fault in faults(store))
