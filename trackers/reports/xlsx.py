"""A report as an Excel workbook: one sheet a table, numbers as numbers, charts that stay editable."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import xlsxwriter

from trackers.reports.archive import AUTHOR, timeless
from trackers.reports.figures import Row
from trackers.reports.outline import Contents
from trackers.reports.sheets import Sheet, sheets_of
from trackers.reports.texts import writable

LONGEST_TEXT = 32767  # what a cell of Excel can hold
CUT = "……（超出单元格，全文见系统）"
FONT = "仿宋"


@dataclass(frozen=True)
class Forms:
    """The formats of a workbook's cells, by what a cell holds."""

    head: Any
    kinds: dict[str, Any]


def xlsx_report(contents: Contents) -> bytes:
    """The report as .xlsx; equal contents give equal bytes. No text of the data becomes a formula or a link."""
    return workbook(contents.title, contents.made_at, sheets_of(contents), lambda book: _charts(book, contents))


def workbook(title: str, day: date, sheets: Sequence[Sheet], charts: Callable[[Any], None]) -> bytes:
    """Sheets as .xlsx, with a title and a day as its properties; `charts` adds to the book what is drawn from them."""
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, {"in_memory": True, **options}) as book:
        made = datetime.combine(day, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": writable(title)[:255], "author": AUTHOR, "created": made})
        forms = _forms(book)
        for sheet in sheets:
            _draw(book, book.add_worksheet(sheet.name), sheet, forms)
        charts(book)
    return timeless(target.getvalue())


def _forms(book: Any) -> Forms:
    plain = {"font_name": FONT, "font_size": 11, "valign": "vcenter", "border": 1}
    head = book.add_format({**plain, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#D9E2F3"})
    kinds: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "number": {"num_format": "General"},
        "percent": {"num_format": "0.0%"},
        "pace": {"num_format": "0.00"},
        "day": {"num_format": 'yyyy"年"m"月"d"日"', "align": "left"},
    }
    return Forms(head=head, kinds={kind: book.add_format({**plain, **more}) for kind, more in kinds.items()})


def _draw(book: Any, page: Any, sheet: Sheet, forms: Forms) -> None:
    """A head, the rows, a filter over them and the head kept in sight."""
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.heading, forms.head)
    for line, values in enumerate(sheet.rows, 1):
        for place, value in enumerate(values):
            _write(page, line, place, value, forms.kinds[sheet.columns[place].kind], forms.kinds["text"])
    page.freeze_panes(1, sheet.frozen)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write(page: Any, line: int, place: int, value: Any, form: Any, text: Any) -> None:
    if value is None:
        page.write_string(line, place, "—", text)
    elif isinstance(value, bool):
        page.write_string(line, place, "是" if value else "否", text)
    elif isinstance(value, date):
        page.write_datetime(line, place, datetime.combine(value, time()), form)
    elif isinstance(value, int | float):
        page.write_number(line, place, value, form)
    else:
        page.write_string(line, place, fitting(str(value)), text)


def fitting(text: str) -> str:
    """The text without what a cell cannot hold; where it is cut, it says so."""
    held = writable(text)
    return held if len(held) <= LONGEST_TEXT else held[: LONGEST_TEXT - len(CUT)] + CUT


def _charts(book: Any, contents: Contents) -> None:
    """Native charts beside the tables they are drawn from; none where there is nothing to draw."""
    rows = [line.row for line in contents.indicators]
    if any(row is not None and row.completion is not None for row in rows):
        _completion_chart(book, rows)
    if contents.counts:
        chart = book.add_chart({"type": "bar"})
        last = len(contents.counts)
        chart.add_series(
            {
                "name": "指标数", "categories": ["总体", 1, 0, last, 0], "values": ["总体", 1, 1, last, 1],
                "data_labels": {"value": True},
            }
        )  # fmt: skip
        chart.set_title({"name": "各类判定的指标数"})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        book.get_worksheet_by_name("总体").insert_chart(1, 4, chart)


def _completion_chart(book: Any, rows: Sequence[Row | None]) -> None:
    """Completion and time progress of the indicators that have them; a text cell would be drawn as 0."""
    lines = [line for line, row in enumerate(rows, 2) if row is not None and row.completion is not None]
    chart = book.add_chart({"type": "bar"})
    for heading, column in (("完成率", "G"), ("时序进度", "H")):
        values = _cells(column, lines)
        chart.add_series({"name": heading, "categories": _cells("A", lines), "values": values})
    chart.set_title({"name": "完成率与时序进度"})
    chart.set_y_axis({"reverse": True, "label_position": "low"})
    chart.set_x_axis({"num_format": "0%"})
    chart.set_size({"width": 900, "height": 120 + 40 * len(lines)})
    book.get_worksheet_by_name("主要指标").insert_chart(len(rows) + 2, 0, chart)


def _cells(column: str, lines: Sequence[int]) -> str:
    return "=(" + ",".join(f"'主要指标'!${column}${line}" for line in lines) + ")"
