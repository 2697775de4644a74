"""Keeping the database safe: integrity, backup and restore, all while people work."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from trackers.errors import DamagedError, FileError, StoreError
from trackers.store.database import Store, connect, is_new, open_store, tells_damage
from trackers.store.files import copy_files, folder_of
from trackers.store.migrations import APPLICATION_ID
from trackers.store.turn import turn


def integrity_faults(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's own checks find wrong; empty for a sound database."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"完整性检查：{text}" for text in found] + [f"表 {row[0]} 的一行指向不存在的 {row[2]}" for row in broken]


def backup(store: Store, file: Path) -> int:
    """Write a checked copy of the database to `file`, its evidence files beside it, while others go on working.

    Returns the bytes written. The copy is made beside the target and takes its name only when it is sound; of the
    evidence, written before the rows that name it, what is sound is copied. Raises FileError when the file exists
    already or cannot be written, DamagedError when the database is not sound.
    """
    for taken in (file, folder_of(file)):
        if taken.exists():
            raise FileError(f"{taken} 已存在，没有覆盖它。请换一个文件名。")
    partial = file.with_name(file.name + ".partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        _copy(store.connection, partial)
        evidence = copy_files(store.path, file)
        partial.replace(file)
    except (OSError, sqlite3.Error) as error:
        if tells_damage(error):
            raise DamagedError(f"{store.path} 已损坏（{error}），没有留下备份文件。请用 restore 取回以前的备份。") from error
        raise FileError(f"不能写备份文件 {file}：{error}。") from error
    finally:
        partial.unlink(missing_ok=True)
        if not file.exists():
            shutil.rmtree(folder_of(file), ignore_errors=True)
    return file.stat().st_size + evidence


def _copy(source: sqlite3.Connection, target: Path) -> None:
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        if faults := integrity_faults(copy):
            raise DamagedError(f"备份没有通过检查：{faults[0]}。没有留下备份文件。")
    finally:
        copy.close()


def restore(file: Path, path: Path, *, at: datetime) -> Path | None:
    """Put the checked copy `file` in place of the database at `path`, in one step, while others go on working.

    Its evidence files are taken back too; those that lie there already stay. What stood there is first kept beside
    it; returns where (None when there was no database). Nobody writes between the two, so that nothing recorded is
    in neither. Raises FileError or StoreError, with nothing changed, when the copy is missing, damaged, or not of
    this program, or when what stands there cannot be kept: it is another program's or a newer version's.
    """
    if not file.exists():
        raise FileError(f"没有备份文件 {file}。")
    source = _sound_copy(file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with turn(path):
            kept = _keep_present(path, at) if path.exists() else None
            copy_files(file, path)
            _replace(source, path)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"不能恢复到 {path}：{error}。请确认没有别的程序长时间占用它，再试一次。") from error
    finally:
        source.close()
    open_store(path).close()
    return kept


def _replace(source: sqlite3.Connection, path: Path) -> None:
    target = connect(path)
    try:
        source.backup(target)
    finally:
        target.close()


def _sound_copy(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        own = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        if not own or is_new(connection):
            raise StoreError(f"{file} 不是本程序的备份，没有恢复任何数据。")
        if faults := integrity_faults(connection):
            raise StoreError(f"{file} 没有通过检查（{faults[0]}），没有恢复任何数据。")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"{file} 已损坏或不是数据库（{error}），没有恢复任何数据。") from error
    except StoreError:
        connection.close()
        raise
    return connection


def _keep_present(path: Path, at: datetime) -> Path | None:
    """Keep what stands there now; a database too damaged to copy is kept as a plain file."""
    kept = path.with_name(f"{path.stem}.before-restore-{at:%Y%m%dT%H%M%S}{path.suffix}")
    try:
        with open_store(path) as store:
            backup(store, kept)
    except DamagedError:
        _set_aside(path, kept)
        copy_files(path, kept)
    return kept


def _set_aside(path: Path, kept: Path) -> None:
    """Copy the files as they are before any is removed: what was written last may stand in the -wal alone."""
    if kept.exists():
        raise FileError(f"{kept} 已存在，没有覆盖它，没有恢复任何数据。请稍后再试。")
    files = [(path.with_name(path.name + end), kept.with_name(kept.name + end)) for end in ("", "-wal")]
    for present, aside in files:
        if present.exists():
            shutil.copyfile(present, aside)
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
