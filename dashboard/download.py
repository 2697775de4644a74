"""Files to take along: the report, and a table as an Excel file in which no text is ever a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format

from dashboard import session
from dashboard.viewmodels import table
from trackers.exchange.calendar_file import calendar_file
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.model.plan import EvaluationKind, Plan
from trackers.model.region import Region
from trackers.model.wording import MISSING, date_text, gap_text, number_text
from trackers.queries.sessions import Shown
from trackers.reports.blocks import Paper
from trackers.reports.compared_files import comparison_file
from trackers.reports.entry_form import entry_form
from trackers.reports.make import Form, make_evaluation_report, make_report
from trackers.reports.order import order_docx
from trackers.reports.pdf import pdf_report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MIMES = {"docx": DOCX, "xlsx": XLSX, "pdf": "application/pdf", "html": "text/html"}
FORMATS = {"docx": "Word（docx）", "xlsx": "Excel（xlsx）", "pdf": "PDF（pdf）", "html": "网页（html）"}
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDEST, NUMBER = 46, 14
CELL = {"border": 1, "text_wrap": True, "valign": "top"}


def workbook(rows: pd.DataFrame, columns: Sequence[str], title: str, day: date, name: str = "判定") -> bytes:
    """Judged rows as one sheet of this name, with the plan and the day above them."""
    named = [name for name in columns if name != table.OPEN]
    frame, units = table.plain_table(rows, named), rows["unit"].tolist()
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **SAFE}) as book:
        styled = cache(lambda form: book.add_format(CELL | ({"num_format": form} if form else {})))
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, f"{title}　截至{date_text(day)}")
        head = book.add_format(CELL | {"bold": True, "bg_color": "#EEF2F7"})
        for place, name in enumerate(named):
            sheet.write_string(2, place, name, head)
            sheet.set_column(place, place, _width(name, frame[name]))
            for line, (value, unit) in enumerate(zip(frame[name], units, strict=True)):
                _write(sheet, 3 + line, place, value, _form(name, unit), styled)
        sheet.freeze_panes(3, 1)
        sheet.autofilter(2, 0, 2 + len(frame), len(named) - 1)
    return buffer.getvalue()


def listed_workbook(make: Callable[[], pd.DataFrame], sheet: str, title: str, left_out: Sequence[str]) -> bytes:
    """A table as a page draws it, as one sheet without the columns that only lead on; what a cell lists stands in a line."""
    rows = make()
    rows = rows.drop(columns=[name for name in left_out if name in rows])
    return plain_workbook(rows.astype(object).map(_listed), sheet, title)


def _listed(value: Any) -> Any:
    return "、".join(str(each) for each in value) if hasattr(value, "__iter__") and not isinstance(value, str) else value


def plain_workbook(rows: pd.DataFrame, sheet: str, title: str, shares: Sequence[str] = ()) -> bytes:
    """A table of words and numbers as one sheet, a title above it; `shares` are columns of fractions."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **SAFE}) as book:
        styled = cache(lambda form: book.add_format(CELL | ({"num_format": form} if form else {})))
        page = book.add_worksheet(sheet)
        page.write_string(0, 0, title)
        head = book.add_format(CELL | {"bold": True, "bg_color": "#EEF2F7"})
        for place, name in enumerate(rows.columns):
            page.write_string(2, place, name, head)
            texts = [each for each in rows[name] if isinstance(each, str)]
            page.set_column(place, place, max(NUMBER, _widest([name, *texts])))
            for line, value in enumerate(rows[name].tolist()):
                _write(page, 3 + line, place, value, "0.0##%" if name in shares else "", styled)
        page.freeze_panes(3, 1)
        page.autofilter(2, 0, 2 + len(rows), len(rows.columns) - 1)
    return buffer.getvalue()


def _write(sheet: Any, line: int, place: int, value: Any, form: str, styled: Callable[[str], Format]) -> None:
    if isinstance(value, str):
        sheet.write_string(line, place, value, styled(""))
    elif value is None or value is pd.NA or value != value:
        sheet.write_string(line, place, MISSING, styled(""))
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, styled("yyyy-mm-dd"))
    else:
        sheet.write_number(line, place, value, styled(form))


def _form(name: str, unit: str) -> str:
    """Excel's number format for a column in a unit: as reported with its unit, or worked out to one decimal."""
    if name in table.SHARES:
        return "0.0%"
    if name not in table.IN_UNIT:
        return ""
    write = table.IN_UNIT[name][1]
    if write is number_text:
        return f'General"{unit}"'
    return f'0.0"{"个百分点" if write is gap_text and unit == "%" else unit}"'


def _width(name: str, values: pd.Series) -> int:
    """As wide as its longest text; a Chinese character is as wide as two others."""
    if name not in table.TEXTS and name != table.VERDICT:
        return NUMBER
    return _widest([name, *values])


def _widest(texts: Sequence[str]) -> int:
    return min(WIDEST, 2 + max(sum(2 if ord(char) > 255 else 1 for char in text) for text in texts))


def report(
    path: str, by: Actor, shown: Shown | None, plan: Plan, kind: EvaluationKind, day: date, format: str
) -> bytes:
    """The evaluation report as a file; opens the database itself, because downloads are made in their own thread."""
    with session.opened(Path(path), by=by, shown=shown) as run:
        return make_report(run.store, plan, kind, day, format, by=run.actor)


def evaluation_report(
    path: str, by: Actor, shown: Shown | None, id: int, format: str, form: Form, region: str | None
) -> bytes:
    """The report of a frozen evaluation as a file; opens the database itself, as `report`."""
    with session.opened(Path(path), by=by, shown=shown) as run:
        return make_evaluation_report(run.store, id, format, form=form, region=region, by=run.actor)


def evaluations_compared(path: str, by: Actor, shown: Shown | None, ids: tuple[int, int], format: str) -> bytes:
    """Two evaluations beside each other as a file; opens the database itself, as `report`."""
    with session.opened(Path(path), by=by, shown=shown) as run:
        return comparison_file(run.store, *ids, format, by=run.actor)


def page(make: Callable[[], Paper]) -> bytes:
    """What is laid out on one page as PDF, made only when somebody takes it."""
    return pdf_report(make(), numbered=False)


def order(path: str, by: Actor, shown: Shown | None, id: int) -> bytes:
    """A supervision order on one page; opens the database itself, as `report`."""
    with session.opened(Path(path), by=by, shown=shown) as run:
        return order_docx(run.store, id, by=run.actor)


def signed_form(
    path: str, by: Actor, shown: Shown | None, plan: Plan, region: Region, period: Period
) -> bytes:
    """What a region reported for a period, to be printed, signed and sealed; opens the database itself, as `report`."""
    with session.opened(Path(path), by=by, shown=shown) as run:
        return entry_form(run.store, plan, region, period, "docx", by=run.actor)


def deadlines(path: str, by: Actor, shown: Shown | None, at: datetime) -> bytes:
    """The deadlines that concern the person as a calendar file; opens the database itself, as `report`."""
    with session.opened(Path(path), by=by, shown=shown) as run:
        return calendar_file(run.store, by=run.actor, at=at)
