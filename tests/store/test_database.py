from __future__ import annotations

import sqlite3
import threading

import pytest

from tests.samples import figure, new_store, record
from trackers.errors import StoreError
from trackers.store import open_store
from trackers.store.database import ROWS_AT_ONCE
from trackers.store.migrations import MIGRATIONS, STEPS


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def test_a_database_that_is_not_there_is_not_made_unless_asked(tmp_path):
    with pytest.raises(StoreError, match="没有数据库文件"):
        open_store(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_the_settings_that_keep_figures_safe_are_on(store):
    ask = store.connection.execute
    assert ask("PRAGMA journal_mode").fetchone() == ("wal",)
    assert ask("PRAGMA synchronous").fetchone() == (2,)
    assert ask("PRAGMA foreign_keys").fetchone() == (1,)


def test_every_migration_is_a_known_step(store):
    from sqlite_utils import Database

    assert {m.name for m in MIGRATIONS.applied(Database(store.connection))} == STEPS


def test_a_database_of_a_newer_program_is_refused(store, tmp_path):
    store.connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('tracker', 'm9999', '')"
    )
    with pytest.raises(StoreError, match="更新的版本"):
        open_store(store.path)


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (x)")
    with pytest.raises(StoreError, match="别的程序"):
        open_store(path)


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "text.db"
    path.write_text("这不是数据库" * 1000, encoding="utf-8")
    with pytest.raises(StoreError, match="损坏或不是数据库"):
        open_store(path)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM report",
        "UPDATE report SET value = 1",
        "UPDATE report SET approved_at = NULL",
        "DELETE FROM report_text",
        "UPDATE report_text SET note = ''",
        "DELETE FROM audit",
        "UPDATE audit SET by = 'x'",
        "UPDATE batch SET demo = 1",
    ],
)
def test_the_log_and_the_record_cannot_be_bent(store, statement):
    record(store, figure("own", "210900", "2016Q4", 40, note="说明"))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(statement)


def test_writing_outside_an_action_is_refused(store):
    with pytest.raises(StoreError):
        store.run("add_series", [])


@pytest.mark.parametrize("number", [0, 1, ROWS_AT_ONCE, 2 * ROWS_AT_ONCE + 1])
def test_rows_are_filled_in_however_many_there_are(store, number):
    record(store, figure("own", "210900", "2016Q4", 40))
    rows = [(1, period, 1, period, period / 2, None, None) for period in range(number)]
    with store.writing():
        store.fill("add_reports", iter(rows), batch_id=1, approved_at=9)
    told = "SELECT series_id, period, revision, observed, value, numerator, denominator FROM report"
    kept = store.connection.execute(f"{told} WHERE batch_id = 1 AND approved_at = 9 ORDER BY period").fetchall()
    assert kept == rows


def test_a_block_that_fails_leaves_nothing(store):
    with pytest.raises(RuntimeError), store.writing():
        store.run("keep_region", [{"code": "1", "document": "{}"}])
        raise RuntimeError
    assert "1" not in {row["code"] for row in store.rows("regions")}


def test_a_part_that_fails_inside_a_failing_part_takes_all_of_that_part_with_it(store):
    with store.writing():
        with pytest.raises(RuntimeError), store.writing():
            store.run("keep_region", [{"code": "1", "document": "{}"}])
            with store.writing():
                raise RuntimeError
        store.run("keep_region", [{"code": "2", "document": "{}"}])
    kept = {row[0] for row in store.connection.execute("SELECT code FROM region")}
    assert "1" not in kept and "2" in kept


def test_a_second_writer_waits_for_the_first(store):
    order = []

    def write(name: str) -> None:
        with open_store(store.path) as own, own.writing():
            order.append(name)

    with store.writing():
        other = threading.Thread(target=write, args=("second",))
        other.start()
        other.join(0.2)
        order.append("first")
    other.join()
    assert order == ["first", "second"]


def test_a_snapshot_does_not_see_what_others_write_meanwhile(store):
    with store.reading():
        before = store.rows("all_series_ids")
        with open_store(store.path) as other:
            record(other, figure("own", "210900", "2016Q4", 40))
        assert store.rows("all_series_ids") == before
    assert store.rows("all_series_ids") != before


def test_a_transaction_inside_another_is_kept_or_undone_with_it(store):
    def loaded() -> list[str]:
        return [row["what"] for row in store.rows("loaded")]

    with pytest.raises(RuntimeError), store.writing():
        with store.writing():
            store.run("keep_loaded", [{"what": "inner", "digest": ""}])
        raise RuntimeError
    assert loaded() == []
    with store.writing():
        store.run("keep_loaded", [{"what": "outer", "digest": ""}])
        with pytest.raises(RuntimeError), store.writing():
            store.run("keep_loaded", [{"what": "inner", "digest": ""}])
            raise RuntimeError
    assert loaded() == ["outer"]


def test_a_full_disk_is_called_so_and_changes_nothing(store):
    before = store.rows("regions")
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="full"), store.writing():
        store.run("keep_region", [{"code": str(code), "document": "x" * 500} for code in range(5000)])
    assert store.rows("regions") == before
