"""The database: opening, migrating, reading as frames, and the one way to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from itertools import chain, islice
from pathlib import Path
from typing import Any

import aiosql
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlite_utils import Database

from trackers.errors import DamagedError, StoreError
from trackers.store.migrations import APPLICATION_ID, MIGRATIONS, STEPS
from trackers.store.packing import COLUMNS, WIDTH, pack, unpack
from trackers.store.turn import turn

SQL = aiosql.from_path(Path(__file__).parent / "sql", "sqlite3", mandatory_parameters=False)
BUSY_SECONDS = 30
ROWS_AT_ONCE = 200  # of one statement
PART = 20_000  # rows of a large answer that are read together
Floats = NDArray[np.float64]
EVER = 2**62  # a day, or a moment of approval, after all others
# How a transaction begins, is kept and is undone, and the same for one inside another.
OUTER = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
INNER = ("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part")


class Store:
    """One open database. It belongs to the thread that opened it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self._writing = False

    @property
    def is_writing(self) -> bool:
        """Whether a transaction is open that a further one would be a part of."""
        return self._writing

    def rows(self, name: str, **values: object) -> list[dict[str, Any]]:
        """The rows that the named query of `sql/` answers, as dicts."""
        columns, found = self._found(name, values)
        return [dict(zip(columns, row, strict=True)) for row in found]

    def each(self, name: str, **values: object) -> Iterator[dict[str, Any]]:
        """The same rows one after the other, for what is too large to be held at once."""
        try:
            cursor = self.connection.execute(getattr(SQL, name).sql, values)
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                yield dict(zip(columns, row, strict=True))
        except sqlite3.DatabaseError as error:
            raise _told(error, self.path) from error

    def frame(self, name: str, **values: object) -> pd.DataFrame:
        """The rows that the named query of `sql/` answers, as a frame with its columns even when empty."""
        columns, found = self._found(name, values)
        return pd.DataFrame(found, columns=columns)

    def columns(self, name: str, **values: object) -> dict[str, Floats]:
        """The rows that the named query of `sql/` answers, all numbers, as an array a column; absent is NaN.

        For what has very many rows: they are read a part at a time.
        """
        try:
            cursor = self.connection.execute(getattr(SQL, name).sql, values)
            names = [column[0] for column in cursor.description]
            parts = [np.empty((0, len(names)))]
            while rows := cursor.fetchmany(PART):
                numbers = np.fromiter(chain.from_iterable(rows), np.float64, len(rows) * len(names))
                parts.append(numbers.reshape(-1, len(names)))
        except sqlite3.DatabaseError as error:
            raise _told(error, self.path) from error
        return dict(zip(names, np.concatenate(parts).T.copy(), strict=True))

    def packed(self, name: str, **values: object) -> dict[str, Floats]:
        """The maintained rows that the named query of `sql/` answers, as an array a column; absent is NaN.

        The query strings their bytes together. Raises DamagedError where bytes are missing.
        """
        (found,) = self.rows(name, **values)
        count, bytes_ = found["rows"], found["packed"]
        if len(bytes_) != count * WIDTH:
            raise DamagedError(f"{self.path} 的汇总行不完整：{count} 行只有 {len(bytes_)} 字节。请运行 check 查看。")
        return unpack(bytes_)

    def _found(self, name: str, values: Mapping[str, object]) -> tuple[list[str], list[tuple[Any, ...]]]:
        try:
            cursor = self.connection.execute(getattr(SQL, name).sql, values)
            return [column[0] for column in cursor.description], cursor.fetchall()
        except sqlite3.DatabaseError as error:
            raise _told(error, self.path) from error

    def run(self, name: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Run the named statement once for each row; only inside `writing`."""
        self._require_writing()
        self.connection.executemany(getattr(SQL, name).sql, rows)

    def fill(self, name: str, rows: Iterable[Sequence[object]], **same: int) -> None:
        """Run the named insert for rows in its order, many of them at a time, which is a third quicker; only inside `writing`.

        `same` are the numbers that are the same in every row, by their names in the statement. Raises ValueError where the
        first row has not as many values as the statement asks for.
        """
        self._require_writing()
        head, values = getattr(SQL, name).sql.rstrip("; \n").rsplit("VALUES", 1)
        for each, number in same.items():
            values = values.replace(f":{each}", str(int(number)))
        width, waiting = values.count("?"), iter(rows)
        first = next(waiting, ())
        if first and len(first) != width:
            raise ValueError(f"a row of {name} has {width} values, not {len(first)}")
        cells = chain(first, chain.from_iterable(waiting))
        statement = f"{head} VALUES {', '.join([values] * ROWS_AT_ONCE)}"
        while together := list(islice(cells, width * ROWS_AT_ONCE)):
            if len(together) < width * ROWS_AT_ONCE:
                statement = f"{head} VALUES {', '.join([values] * (len(together) // width))}"
            self.connection.execute(statement, together)

    def insert(self, name: str, **values: object) -> int:
        """Run the named insert and return the new row's id; only inside `writing`."""
        self._require_writing()
        return self.connection.execute(getattr(SQL, name).sql, values).lastrowid or 0

    def _require_writing(self) -> None:
        if not self.connection.in_transaction:
            raise StoreError("写入只能在一次操作（事务）之内进行。")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it is kept, or nothing. Taken at once, so that it never fails half way.

        Inside another one it is a part of it: kept when that one is.
        """
        begin, keep, undo = INNER if self._writing else OUTER
        outer, self._writing = self._writing, True
        try:
            with nullcontext() if outer else turn(self.path):
                self.connection.execute(begin)
                try:
                    yield
                except BaseException:
                    if self.connection.in_transaction:  # a full disk ends it before
                        self.connection.execute(undo)
                        if outer:  # undone, it is over: what stands around it is undone to its own beginning
                            self.connection.execute(keep)
                    raise
                self.connection.execute(keep)
        except sqlite3.DatabaseError as error:
            raise _told(error, self.path) from error
        finally:
            self._writing = outer

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One snapshot: everything read inside belongs together, whatever others write meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("COMMIT")

    def close(self) -> None:
        """Close the database; the store is of no use afterwards."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path, *, create: bool = False) -> Store:
    """Open the database at `path`, bringing it up to this program's version.

    With `create` a new one is made where there is none. Raises StoreError when the file is missing, damaged,
    not a database of this program, or made by a newer version.
    """
    if not create and not path.exists():
        raise StoreError(f"没有数据库文件 {path}。请先运行 python -m dashboard，或用 --db 指明另一个文件。")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = connect(path)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.DatabaseError, OSError) as error:
        raise _told(error, path) from error
    return Store(path, connection)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    if is_new(connection):
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    elif connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(f"{path} 是别的程序的数据库，没有改动它。请用 --db 指明另一个文件。")
    connection.execute("PRAGMA journal_mode = WAL")
    _migrate(connection)


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the settings every one has: durable, foreign keys checked, patient."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.create_function("packed", len(COLUMNS), pack, deterministic=True)
    return connection


def is_new(connection: sqlite3.Connection) -> bool:
    """Whether the database has no table yet."""
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    return tables == 0


def _migrate(connection: sqlite3.Connection) -> None:
    database = Database(connection)
    applied = {migration.name for migration in MIGRATIONS.applied(database)}
    if applied - STEPS:
        raise StoreError("数据库由更新的版本建立，本程序打不开它。请升级程序后再试；数据库没有改动。")
    if STEPS - applied:
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS.apply(database)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def tells_damage(error: Exception) -> bool:
    """Whether an error of SQLite says that the file itself is no sound database."""
    return any(words in str(error) for words in ("malformed", "not a database", "disk image"))


def _told(error: Exception, path: Path) -> StoreError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreError(f"数据库 {path} 正忙，{BUSY_SECONDS} 秒内没有轮到这次操作。请稍后再试，没有改动任何数据。")
    if tells_damage(error):
        return DamagedError(f"{path} 已损坏或不是数据库（{text}）。请用 restore 取回备份。")
    return StoreError(f"数据库 {path} 不能完成这次操作：{text}。没有改动任何数据。")
