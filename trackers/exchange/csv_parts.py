"""Rows of a CSV file that follow one another, by columns: each distinct text of a column once, and which cells hold it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow

from trackers.exchange.tables import Row
from trackers.model.figure_table import Ints


class Column:
    """The cells of a column."""

    def __init__(self, texts: Sequence[str], codes: Ints) -> None:
        self.texts = texts  # each once, and none that no cell holds
        self.codes = codes  # the place in `texts` of each cell's

    @classmethod
    def of(cls, cells: Sequence[str]) -> Column:
        """The column that holds these cells."""
        numbered = {text: code for code, text in enumerate(dict.fromkeys(cells))}
        return cls(list(numbered), np.fromiter(map(numbered.__getitem__, cells), dtype=np.int64, count=len(cells)))

    def __getitem__(self, at: int) -> str:
        text: str = self.texts[self.codes[at]]
        return text

    def __iter__(self) -> Iterator[str]:
        return map(self.texts.__getitem__, self.codes.tolist())

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.texts)

    def take(self, chosen: Ints) -> Column:
        """Some of the cells, by their places."""
        used, codes = np.unique(self.codes[chosen], return_inverse=True)
        return Column([self.texts[code] for code in used.tolist()], codes.astype(np.int64))


class Part:
    """Rows that follow one another: their numbers, and each column's cells, empty where there is nothing."""

    def __init__(self, numbers: Ints, columns: Mapping[str, Column]) -> None:
        self.numbers = numbers
        self.columns = columns
        self._nothing = Column([""], np.zeros(len(numbers), dtype=np.int64))

    def column(self, name: str) -> Column:
        """The cells of a column, whether the file has it or not."""
        return self.columns.get(name, self._nothing)

    def take(self, chosen: Ints) -> Part:
        """Some of the rows, by their places in the part."""
        return Part(self.numbers[chosen], {name: column.take(chosen) for name, column in self.columns.items()})

    def row(self, at: int) -> Row:
        """One of the rows, as `trackers.exchange.tables.read_table` tells it."""
        cells = {name: column[at] for name, column in self.columns.items()}
        return Row(int(self.numbers[at]), {name: text for name, text in cells.items() if text.strip()}, [])


def part_of(first: int, rows: list[list[str]], at: Mapping[str, int]) -> Part:
    """A part out of rows as Python's reader of CSV gives them: the number of the first, and where each column stands."""
    width = max(at.values()) + 1
    if min(map(len, rows)) < width:
        rows = [cells + [""] * (width - len(cells)) for cells in rows]
    columns = list(zip(*rows, strict=False))  # a longer row has cells without a heading
    return Part(np.arange(first, first + len(rows)), {name: Column.of(columns[place]) for name, place in at.items()})


def plain_part(first: int, lines: str, at: Mapping[str, int], by: str) -> Part | None:
    """The same part out of whole lines, in a quarter of the time; None where only Python's reader says what they mean.

    That is so of quotation marks, of lone carriage returns, of lines that do not all have as many cells, and of those
    that may have too long a one.
    """
    count = lines.count("\n") + (not lines.endswith("\n"))
    if '"' in lines or lines.startswith("\ufeff") or lines.count("\r") != lines.count("\r\n"):
        return None
    if not _ends_often(lines, csv.field_size_limit() // 2):
        return None
    try:
        table = _table(lines.encode(), at, by)
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        return None
    if len(table) != count:
        return None
    columns = {name: table.column(f"f{place}").combine_chunks() for name, place in at.items()}
    return Part(np.arange(first, first + count), {name: _column(cells) for name, cells in columns.items()})


def _ends_often(lines: str, within: int) -> bool:
    """Whether no line is twice as long as this: one ends in each piece of that length."""
    return all("\n" in lines[at : at + within] for at in range(0, len(lines) - within + 1, within))


def _table(lines: bytes, at: Mapping[str, int], by: str) -> pa.Table:
    names = [f"f{place}" for place in at.values()]
    text = pa.dictionary(pa.int32(), pa.string())
    return arrow.read_csv(
        pa.BufferReader(lines),
        arrow.ReadOptions(autogenerate_column_names=True, block_size=len(lines) + 1, use_threads=False),
        arrow.ParseOptions(delimiter=by, quote_char=False, double_quote=False, ignore_empty_lines=False),
        arrow.ConvertOptions(
            column_types=dict.fromkeys(names, text), include_columns=names, strings_can_be_null=False, check_utf8=False
        ),
    )


def _column(cells: pa.DictionaryArray) -> Column:
    return Column(cells.dictionary.to_pylist(), cells.indices.to_numpy().astype(np.int64))
