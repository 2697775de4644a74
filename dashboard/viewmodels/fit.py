"""How wide a table's columns must be, and how high its rows, for every cell to be read whole.

A table's own guess looks at its first rows only and stops at 500 pixels; what is longer it cuts off.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

SIGN, LETTER = 14, 8  # pixels of a Chinese sign and of a letter or digit, at the size tables are written in
EDGES, TAG = 20, 38  # what a cell has at its sides, and what a coloured tag has
LEAST, LINE = 52, 20  # pixels: the narrowest column, one more line
LONGEST = 520  # pixels that a cell of one line may be wide; longer ones are written in several
SHORT = 240  # pixels up to which a column stays in one line where others need several
ROW, WRAPPED = 35, 3  # height of a row of one line; lines from which a table breaks lines at all
HEAD, SCREEN = 38, 633  # height of the headings with the frame; of a table that scrolls


NAME = 190  # pixels of names beside cells to be filled in: a telephone shows the first of these too
TYPED, SEVERAL = 38, 66  # height of a row that a finger can hit, and of one whose name takes up to three lines
MORE = "……"  # stands where words were left out


class Fit(NamedTuple):
    """The width of each column; the height of a row, None where one line is enough; that of the table."""

    widths: dict[str, int]
    row: int | None
    height: int


def wide(text: str) -> int:
    """About how many pixels the text takes in one line."""
    letters = sum(map(str.isascii, text))
    return SIGN * (len(text) - letters) + LETTER * letters


def shortened(text: str, most: int) -> str:
    """The text in one line of so many pixels, with a sign that there is more where it is longer.

    For lists that show a text in full elsewhere: rows are all as high as the highest needs.
    """
    line = " ".join(text.split())
    end = min(len(line), most // LETTER + 1)  # no sign is narrower
    if end == len(line) and wide(line) <= most:
        return line
    while end and wide(line[:end]) > most - wide(MORE):
        end -= 1
    return line[:end] + MORE


def fit(columns: Mapping[str, Iterable[str]], heads: Mapping[str, str] | None = None, *, tags: Container[str] = ()) -> Fit:
    """For what stands in each column as it is read, by heading, or the one that `heads` names instead.

    Columns of `tags` show their text as a coloured tag, which is never written in several lines.
    """
    told = {name: list(texts) for name, texts in columns.items()}
    rows = max(map(len, told.values()), default=0)
    longest = {name: max(map(wide, texts), default=0) for name, texts in told.items()}
    lines = lines_for(max((each for name, each in longest.items() if name not in tags), default=0))
    heading = {name: name for name in told} | dict(heads or {})
    widths = {name: _width(heading[name], longest[name], lines, tag=name in tags) for name in told}
    row = None if lines == 1 else ROW - LINE + 1 + LINE * lines
    return Fit(widths, row, height(rows, row or ROW))


def height(rows: int, row: int = ROW) -> int:
    """The height of a table that shows all its rows, up to a screenful."""
    return min(row * rows + HEAD, SCREEN)


def row_of(names: Iterable[str]) -> int:
    """The height of rows that begin with one of these names, in a column of `NAME` pixels."""
    return SEVERAL if any(wide(name) > NAME - EDGES for name in names) else TYPED


def lines_for(longest: int) -> int:
    """How many lines a cell of this many pixels is written in."""
    return 1 if longest <= LONGEST else max(WRAPPED, -(-longest // LONGEST))


def _width(heading: str, longest: int, lines: int, *, tag: bool) -> int:
    """A line breaks before what does not fit any more: each needs a little room to spare."""
    room = longest if lines == 1 or tag or longest <= SHORT else max(SHORT, longest // lines + 3 * SIGN)
    return max(LEAST, wide(heading) + EDGES, room + (TAG if tag else EDGES))
