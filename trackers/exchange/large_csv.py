"""A CSV file too large to be held as rows: its header found, its cells by column, a part at a time."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from trackers.errors import FileError
from trackers.exchange.tables import (
    HEADER_WITHIN,
    NO_TEXT,
    Header,
    Row,
    csv_rows,
    encodings,
    header_of,
    separator,
)

LARGE = 2 * 1024 * 1024  # bytes from which a CSV file is read in parts
MOST_BYTES = 400 * 1024 * 1024
AT_ONCE = 4000  # rows of a part
OTHER_KINDS = (b"PK", b"\xd0\xcf\x11\xe0")  # what a workbook begins with, whatever its name says
Column = Sequence[str]


def is_large_csv(file: Path) -> bool:
    """Whether the file is to be read in parts: a large one that is text."""
    if file.suffix.lower() not in (".csv", ".txt") or not file.is_file() or file.stat().st_size < LARGE:
        return False
    with file.open("rb") as content:
        return not content.read(4).startswith(OTHER_KINDS)


class Part:
    """Rows that follow one another: their numbers, and the text of each column's cells, empty where there is none."""

    def __init__(self, numbers: Sequence[int], columns: Mapping[str, Column]) -> None:
        self.numbers = numbers
        self.columns = columns
        self._nothing = [""] * len(numbers)

    def column(self, name: str) -> Column:
        """The cells of a column, whether the file has it or not."""
        return self.columns.get(name, self._nothing)

    def take(self, chosen: Sequence[int]) -> Part:
        """Some of the rows, by their places in the part."""
        columns = {name: [cells[at] for at in chosen] for name, cells in self.columns.items()}
        return Part([self.numbers[at] for at in chosen], columns)

    def row(self, at: int) -> Row:
        """One of the rows, as `trackers.exchange.tables.read_table` tells it."""
        cells = {name: cells[at] for name, cells in self.columns.items() if cells[at].strip()}
        return Row(self.numbers[at], cells, [])


class LargeCsv:
    """The file once opened: its digest and its parts. Raises FileError for what is no table of figures in CSV."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with _told(file):
            self.digest = _digest(file)
            self._encoding = _encoding(file)
            with self._open() as text:
                self._by = separator("".join(islice(text, HEADER_WITHIN)))
            with self._open() as text:
                self.header: Header = header_of(csv_rows(text, self._by))

    def parts(self) -> Iterator[Part]:
        """The rows below the header."""
        number = self.header.row + 1
        with _told(self.file), self._open() as text:
            reader = csv.reader(text, delimiter=self._by, strict=True)
            try:
                for _ in islice(reader, self.header.row):
                    pass
                while rows := list(islice(reader, AT_ONCE)):
                    yield _part(range(number, number + len(rows)), rows, self.header.at)
                    number += len(rows)
            except csv.Error:
                self._name_broken_row()

    def _name_broken_row(self) -> None:
        with self._open() as text:
            for _ in csv_rows(text, self._by):
                pass

    def _open(self) -> TextIO:
        return self.file.open(encoding=self._encoding, newline="")


def _part(numbers: Sequence[int], rows: list[list[str]], at: dict[str, int]) -> Part:
    width = max(at.values()) + 1
    if min(map(len, rows)) < width:
        rows = [cells + [""] * (width - len(cells)) for cells in rows]
    columns = list(zip(*rows, strict=False))  # a longer row has cells without a heading
    return Part(numbers, {name: columns[place] for name, place in at.items()})


def _digest(file: Path) -> str:
    if file.stat().st_size > MOST_BYTES:
        raise FileError(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，没有读取。请分成几个文件。")
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _encoding(file: Path) -> str:
    """What the whole file is written in, tried without holding it."""
    with file.open("rb") as content:
        start = content.read(2)
    for encoding in encodings(start):
        try:
            with file.open(encoding=encoding, newline="") as text:
                if not any("\0" in part for part in iter(lambda text=text: text.read(1 << 20), "")):  # type: ignore[misc]
                    return encoding
        except UnicodeError:
            continue
    raise FileError(NO_TEXT)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Name the file in what went wrong."""
    try:
        yield
    except FileError as error:
        raise FileError(f"{file.name}：{error}") from error
    except OSError as error:
        raise FileError(f"打不开文件 {file}：{error.strerror}。") from None
