"""A report as blocks in their order: what a PDF, a brief or a comparison is laid out from. Pure data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from trackers.reports.columns import TEXTUAL, Column


@dataclass(frozen=True)
class Words:
    """A paragraph; `style` is one of title, subtitle, warning, one, two, three (headings), body, caption, small."""

    text: str
    style: str = "body"


@dataclass(frozen=True)
class Grid:
    """A table: headings, widths in mm, whether a column holds words (set to the left) or figures, cells as texts."""

    caption: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    textual: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A picture with the words for those who do not see it, and its caption; `height` in mm, else as wide as the text."""

    png: bytes
    words: str
    caption: str = ""
    height: float | None = None


@dataclass(frozen=True)
class Across:
    """From here on the pages lie across."""


Block = Words | Grid | Drawing | Across


@dataclass(frozen=True)
class Paper:
    """A whole document: its title and day for the file's properties, and its blocks.

    In points: `pitch` is the height of a line, `size` that of body type, `head` of the title, `table` of tables and
    `small` of what is least.
    """

    title: str
    day: date
    blocks: tuple[Block, ...]
    size: float = 16.0
    pitch: float = 28.95
    head: float = 22.0
    table: float = 10.5
    small: float = 10.5

    @property
    def dense(self) -> bool:
        """Whether it is set smaller than an official document."""
        return self.size < 16


def grid(caption: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> list[Block]:
    """The table of these rows; nothing where there are none."""
    cells = tuple(tuple(str(row[field]) for _, field, _ in columns) for row in rows)
    if not cells:
        return []
    headings, widths = tuple(c[0] for c in columns), tuple(float(c[2]) for c in columns)
    return [Grid(caption, headings, widths, tuple(c[1] in TEXTUAL for c in columns), cells)]


def words(texts: Iterable[str], style: str = "body", *, numbered: bool = False) -> list[Block]:
    """A paragraph for each text."""
    return [Words(f"{n}．{text}" if numbered else text, style) for n, text in enumerate(texts, 1)]
