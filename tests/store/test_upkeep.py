from __future__ import annotations

import sqlite3
import threading

import pytest

from tests.samples import AT, OPERATOR, figure, new_store, record
from trackers.errors import FileError, StoreError
from trackers.queries.figures import revisions
from trackers.store import open_store
from trackers.store.files import folder_of, is_sound, keep_file
from trackers.store.upkeep import backup, restore


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        record(store, figure("own", "210900", "2016Q4", 40))
        yield store


def values(store):
    return revisions(store, "sample-2013", "own", "210900", by=OPERATOR)["value"].tolist()


def test_a_backup_holds_what_was_there_and_a_restore_takes_it_back(store, tmp_path):
    copy = tmp_path / "copy.db"
    assert backup(store, copy) > 0
    record(store, figure("own", "210900", "2017Q4", 50))
    kept = restore(copy, store.path, at=AT)
    assert values(store) == [40], "a connection that stays open sees the restored figures"
    with open_store(kept) as before:
        assert values(before) == [40, 50], "what stood there before is kept beside it"


def test_a_backup_never_overwrites_a_file(store, tmp_path):
    taken = tmp_path / "taken.db"
    taken.write_text("mine")
    with pytest.raises(FileError, match="已存在"):
        backup(store, taken)
    assert taken.read_text() == "mine"


def test_a_backup_waits_for_nobody_and_nobody_for_it(store, tmp_path):
    with open_store(store.path) as writer, writer.writing():
        writer.run("keep_region", [{"code": "1", "document": "{}"}])
        backup(store, tmp_path / "copy.db")
    with open_store(tmp_path / "copy.db") as copy:
        assert "1" not in {row["code"] for row in copy.rows("regions")}


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 500])
def test_a_damaged_backup_changes_nothing(store, tmp_path, content):
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises(StoreError, match="没有恢复任何数据"):
        restore(bad, store.path, at=AT)
    assert values(store) == [40]


def test_a_backup_with_a_broken_page_changes_nothing(store, tmp_path):
    copy = tmp_path / "copy.db"
    backup(store, copy)
    pages = bytearray(copy.read_bytes())
    pages[4096:40960] = b"\xff" * (40960 - 4096)
    copy.write_bytes(pages)
    with pytest.raises(StoreError, match="没有恢复任何数据"):
        restore(copy, store.path, at=AT)
    assert values(store) == [40]


def test_a_database_damaged_beyond_reading_can_be_replaced(store, tmp_path):
    copy = tmp_path / "copy.db"
    backup(store, copy)
    store.close()
    store.path.write_bytes(b"rubbish" * 1000)
    kept = restore(copy, store.path, at=AT)
    assert kept.read_bytes().startswith(b"rubbish")
    with open_store(store.path) as restored:
        assert values(restored) == [40]


def test_a_restore_to_a_place_without_a_database_makes_one(store, tmp_path):
    copy = tmp_path / "copy.db"
    backup(store, copy)
    assert restore(copy, tmp_path / "new" / "tracker.db", at=AT) is None
    with open_store(tmp_path / "new" / "tracker.db") as restored:
        assert values(restored) == [40]


def test_a_figure_recorded_while_a_restore_waits_is_in_what_is_kept(store, tmp_path):
    copy = tmp_path / "copy.db"
    backup(store, copy)
    kept = []
    restoring = threading.Thread(target=lambda: kept.append(restore(copy, store.path, at=AT)))
    with open_store(store.path) as writer, writer.writing():
        restoring.start()
        restoring.join(0.5)
        record(writer, figure("own", "210900", "2017Q4", 50))
    restoring.join()
    assert values(store) == [40]
    with open_store(kept[0]) as before:
        assert values(before) == [40, 50]


def test_a_restore_leaves_another_programs_database_alone(store, tmp_path):
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    backup(store, copy)
    with sqlite3.connect(other) as theirs:
        theirs.execute("CREATE TABLE t (x)")
    theirs.close()
    with pytest.raises(StoreError, match="别的程序"):
        restore(copy, other, at=AT)
    assert sqlite3.connect(other).execute("SELECT count(*) FROM t").fetchone() == (0,)
    assert not list(tmp_path.glob("other.before*"))


def test_a_restore_leaves_the_database_of_a_newer_version_alone(store, tmp_path):
    copy = tmp_path / "copy.db"
    backup(store, copy)
    store.connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('tracker', 'm9999_later', '2030')"
    )
    with pytest.raises(StoreError, match="更新的版本"):
        restore(copy, store.path, at=AT)
    assert values(store) == [40]


def test_what_a_damaged_database_had_not_yet_written_back_is_kept_beside_it(store, tmp_path):
    copy = tmp_path / "copy.db"
    backup(store, copy)
    store.close()
    store.path.write_bytes(b"rubbish" * 1000)
    wal = store.path.with_name(store.path.name + "-wal")
    wal.write_bytes(b"written last")
    kept = restore(copy, store.path, at=AT)
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"written last"


def test_evidence_files_go_with_the_backup_and_come_back(store, tmp_path):
    copy = tmp_path / "away" / "copy.db"
    digest = keep_file(store.path, b"evidence")
    assert backup(store, copy) == copy.stat().st_size + len(b"evidence")
    (folder_of(store.path) / digest[:2] / digest).unlink()
    kept = restore(copy, store.path, at=AT)
    assert is_sound(store.path, digest) and is_sound(copy, digest) and not is_sound(kept, digest)


def test_what_stood_there_before_a_restore_keeps_its_evidence(store, tmp_path):
    backup(store, tmp_path / "copy.db")
    digest = keep_file(store.path, b"evidence")
    kept = restore(tmp_path / "copy.db", store.path, at=AT)
    assert is_sound(kept, digest) and is_sound(store.path, digest)


def test_a_backup_never_mixes_with_the_evidence_of_another(store, tmp_path):
    folder_of(tmp_path / "copy.db").mkdir()
    with pytest.raises(FileError, match="已存在"):
        backup(store, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
