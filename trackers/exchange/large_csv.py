"""A CSV file too large to be held as rows: its header found, its cells by column, a part at a time."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from trackers.errors import FileError
from trackers.exchange.csv_parts import Part, part_of, plain_part
from trackers.exchange.tables import (
    HEADER_WITHIN,
    NO_TEXT,
    Header,
    csv_rows,
    encodings,
    header_of,
    separator,
)

LARGE = 2 * 1024 * 1024  # bytes from which a CSV file is read in parts
MOST_BYTES = 400 * 1024 * 1024
AT_ONCE = 1 << 20  # characters of a part, and the line that they end in
OTHER_KINDS = (b"PK", b"\xd0\xcf\x11\xe0")  # what a workbook begins with, whatever its name says


def is_large_csv(file: Path) -> bool:
    """Whether the file is to be read in parts: a large one that is text."""
    if file.suffix.lower() not in (".csv", ".txt") or not file.is_file() or file.stat().st_size < LARGE:
        return False
    with file.open("rb") as content:
        return not content.read(4).startswith(OTHER_KINDS)


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
            for _ in islice(csv.reader(text, delimiter=self._by, strict=True), self.header.row):
                pass
            while lines := text.read(AT_ONCE):
                part = self._part(number, lines + text.readline(), text)
                yield part
                number += len(part.numbers)

    def _part(self, number: int, lines: str, text: TextIO) -> Part:
        """The part that these lines are, with what follows in the text of the last row."""
        if plain := plain_part(number, lines, self.header.at, self._by):
            return plain
        try:
            return part_of(number, list(_rows(lines, text, self._by)), self.header.at)
        except csv.Error:
            self._name_broken_row()
            raise

    def _name_broken_row(self) -> None:
        with self._open() as text:
            for _ in csv_rows(text, self._by):
                pass

    def _open(self) -> TextIO:
        return self.file.open(encoding=self._encoding, newline="")


def _rows(lines: str, text: TextIO, by: str) -> Iterator[list[str]]:
    """The rows that begin in these lines; the last may go on in the text that follows."""
    first = io.StringIO(lines, newline="")
    reader = csv.reader(chain(first, text), delimiter=by, strict=True)
    while first.tell() < len(lines):
        yield next(reader)


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
