"""Lines of a CSV file read at once into columns hold what Python's reader of rows finds in them."""

from __future__ import annotations

import csv
import io
import random

import numpy as np
import pytest

from trackers.exchange.csv_parts import Column, Part, part_of, plain_part

AT = {"region": 2, "indicator": 0, "value": 3}
CELLS = [
    "", " ", "海州区", "１２", "NULL", "nan", "NA", "-0", "007", "1,", "x" * 200, "'", "\\", "#", "\u2028", "\x0b", "\ufeff",
    "a b", "\x85",
]  # fmt: skip


def told(part: Part) -> tuple[list[int], dict[str, list[str]]]:
    return part.numbers.tolist(), {name: list(column) for name, column in part.columns.items()}


def by_rows(lines: str, by: str = ",", first: int = 7) -> Part:
    return part_of(first, list(csv.reader(io.StringIO(lines, newline=""), delimiter=by, strict=True)), AT)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("by", [",", ";", "\t"])
@pytest.mark.parametrize("seed", range(4))
def test_plain_lines_are_read_as_rows_are(seed, by, end):
    pick = random.Random(seed).choice
    cells = [cell.replace(",", "") for cell in CELLS]
    lines = end.join(by.join(["行", *(pick(cells) for _ in range(5))]) for _ in range(200)) + pick([end, ""])
    part = plain_part(7, lines, AT, by)
    assert part and told(part) == told(by_rows(lines, by))
    assert all(sorted(column.texts) == sorted(set(column)) for column in part.columns.values())


@pytest.mark.parametrize("lines", ["a,b,c,d\n\na,b,c,d\n", "a,b,c,d\n\r\n", "a,b,c,d\n,,,\n"])
def test_an_empty_line_is_a_row_without_cells(lines):
    part = plain_part(7, lines, AT, ",")
    assert part and told(part) == told(by_rows(lines))


@pytest.mark.parametrize(
    "lines",
    ['a,b,"c",d\n', 'a,b,c"d,e\n', "a,b\rc,d,e,f\n", "\n", "a,b,c,d\na,b,c\n", "a,b,c,d\na,b,c,d,e\n",
     "a,b\n", "\ufeffa,b,c,d\n", "a,b,c," + "x" * 140_000 + "\n"],
)  # fmt: skip
def test_lines_that_are_not_plain_are_left_to_the_reader_of_rows(lines):
    assert plain_part(1, lines, AT, ",") is None


def test_some_rows_keep_their_numbers_and_only_the_texts_they_hold():
    part = by_rows("a,b,c,d\ne,f,c,h\ni,j,k,l\n").take(np.array([0, 1]))
    assert told(part) == ([7, 8], {"region": ["c", "c"], "indicator": ["a", "e"], "value": ["d", "h"]})
    assert part.column("region").texts == ["c"] and part.column("note").is_empty
    assert part.row(1).cells == {"region": "c", "indicator": "e", "value": "h"}


def test_a_column_holds_each_text_once():
    column = Column.of(["b", "a", "b", ""])
    assert (column.texts, column.codes.tolist(), column[2]) == (["b", "a", ""], [0, 1, 0, 2], "b")
