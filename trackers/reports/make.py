"""One way in: a report of a plan in the format asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from trackers.errors import FileError
from trackers.model.account import Actor
from trackers.model.plan import EvaluationKind, Plan
from trackers.reports.contents import evaluation_contents
from trackers.reports.docx import docx_report
from trackers.reports.xlsx import xlsx_report
from trackers.store import Store

FORMATS = ("docx", "xlsx")


def make_report(
    store: Store, plan: Plan, kind: EvaluationKind, as_of: date, format: str, *, by: Actor, template: Path | None = None
) -> bytes:
    """The evaluation report of a plan as of a day, as the bytes of a file of this format (docx or xlsx).

    `template` takes the place of the template that comes along. Raises FileError for a format that is not
    made, a template for anything but docx, or a template that cannot be used.
    """
    wanted = format.lower().lstrip(".")
    if wanted not in FORMATS:
        raise FileError(f"不能写“{format}”格式的报告，可用的格式：{'、'.join(FORMATS)}。请改用其中一种。")
    if template and wanted != "docx":
        raise FileError("模板只用于 docx 格式的报告。请去掉模板，或改用 docx 格式。")
    contents = evaluation_contents(store, plan, kind, as_of, by=by)
    return docx_report(contents, template) if wanted == "docx" else xlsx_report(contents)
