"""The cells of an .xlsx file as the person who filled them sees them: exact figures, dates, faults."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import range_boundaries

from trackers.errors import FileError

MAX_UNPACKED = 200 * 1024 * 1024  # bytes; a 20 MB sheet of figures unpacks to less
MAX_PARTS = 2000
WIDTH = 40  # columns looked at
MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
DAMAGED = "文件已损坏，打不开。请用 Excel 或 WPS 打开它另存为 .xlsx，再试一次。"


class Day(NamedTuple):
    """A date cell, and whether its format shows the day, only the month, or only the year."""

    day: date
    shows: str  # day, month, year


class Unreadable(NamedTuple):
    """A cell that cannot be taken as it is: what stands there and what is expected."""

    read: str
    expected: str


class Merged(NamedTuple):
    """A cell of a range merged downwards; `first` is what the range shows."""

    first: str | Day | Unreadable


Cell = str | Day | Unreadable | Merged
GridRow = tuple[int, list[Cell]]


class Sheet(NamedTuple):
    """One sheet: its title and its rows, numbered as the person sees them."""

    title: str
    rows: Iterator[GridRow]


def sheets(content: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook, hidden ones last. Raises FileError for what is not a sound .xlsx file."""
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        told: Any = None
        order = sorted(book.worksheets, key=lambda sheet: bool(sheet.sheet_state != "visible"))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for sheet in order:
                raw = archive.read(sheet._worksheet_path)  # where merged ranges and formulas are told
                formulas = FORMULA.search(raw) is not None
                if formulas and told is None:
                    told = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
                behind = told[sheet.title] if formulas else None
                yield Sheet(sheet.title, _sound(_rows(sheet, behind, _ranges(raw))))
    except FileError:
        raise
    except Exception as error:  # what openpyxl raises for a damaged file is of every kind
        raise FileError(DAMAGED) from error


def _sound(rows: Iterator[GridRow]) -> Iterator[GridRow]:
    try:
        yield from rows
    except Exception as error:
        raise FileError(DAMAGED) from error


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileError(DAMAGED) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FileError("文件解压后过大（超过 200 MB），没有读取。请只保留要填报的工作表。")
    if any(part.flag_bits & 1 for part in parts):
        raise FileError("文件加了密码，打不开。请去掉密码后再交。")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise FileError("不是 .xlsx 表格（可能是 Word、WPS 或 .xlsb 文件）。请另存为 .xlsx。")


def _ranges(raw: bytes) -> dict[tuple[int, int], int]:
    """Ranges merged downwards: (first row, first column) → last row."""
    found = {}
    for reference in MERGED.findall(raw):
        left, top, _, bottom = range_boundaries(reference.decode())
        if bottom > top:
            found[top, left] = bottom
    return found


def _rows(sheet: Any, formulas: Any, ranges: dict[tuple[int, int], int]) -> Iterator[GridRow]:
    sheet.reset_dimensions()  # some programs write a wrong size
    rows = sheet.iter_rows(max_col=WIDTH)
    written = None
    if formulas is not None:
        formulas.reset_dimensions()
        written = formulas.iter_rows(max_col=WIDTH, values_only=True)
    open_ranges: dict[int, tuple[int, Cell]] = {}  # column → last row of the range, what it shows
    for number, cells in enumerate(rows, start=1):
        behind = next(written) if written else None
        row = [
            "" if cell is EMPTY_CELL else _cell(cell, behind[at] if behind else None)
            for at, cell in enumerate(cells)
        ]
        if ranges:
            _spread(number, row, ranges, open_ranges)
        if any(row):
            yield number, row


def _spread(
    number: int, row: list[Cell], ranges: dict[tuple[int, int], int], running: dict[int, tuple[int, Cell]]
) -> None:
    """Put what a range merged downwards shows into each of its rows."""
    row.extend([""] * (WIDTH - len(row)))
    for at in range(WIDTH):
        if (number, at + 1) in ranges:
            running[at] = (ranges[number, at + 1], row[at])
        last, first = running.get(at, (0, ""))
        if number <= last and first and not isinstance(first, Merged):
            row[at] = Merged(first)


def _cell(cell: Any, formula: object) -> Cell:
    value = cell.value
    if value is None:
        if isinstance(formula, str) and formula.startswith("="):
            return Unreadable(formula[:40], "公式的结果（文件里没有保存）：请用 Excel 打开并保存一次，或直接填数")
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            return Unreadable(value, "没有错误的单元格：请改正公式或直接填写")
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value, cell.number_format)
    if isinstance(value, datetime | date):
        return _day(value, cell.number_format)
    if isinstance(value, time | timedelta):
        return Unreadable(str(value), "文字或数，不是时刻")
    return Unreadable(str(value)[:40], "文字或数")


def number_text(value: float, form: str) -> str:
    """A number cell as text, exactly; one shown as a percentage (0.95 as 95%) as `95%`."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return repr(value)
    percent = "%" in _bare(form)
    text = format(number.scaleb(2) if percent else number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text + "%" if percent else text


def _day(value: date, form: str) -> Cell:
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) != (0, 0, 0):
        return Unreadable(str(value), "文字、数或日期，不带时刻")
    day = value.date() if isinstance(value, datetime) else value
    bare = _bare(form).lower()
    return Day(day, "day" if "d" in bare else "month" if "m" in bare else "year")


def _bare(form: str) -> str:
    """A number format without the literal text in it: `0"%"` shows a percent sign and means none."""
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|!.', "", form)
