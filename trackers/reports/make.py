"""One way in: a report of a plan or of a frozen evaluation in the format asked for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from trackers.errors import FileError
from trackers.model.account import Actor
from trackers.model.plan import EvaluationKind, Plan
from trackers.reports.basis import stamped
from trackers.reports.contents import evaluation_contents
from trackers.reports.docx import docx_report, template_of
from trackers.reports.evaluated import evaluation_report
from trackers.reports.html import html_report
from trackers.reports.outline import Contents
from trackers.reports.supplied import Supplied, checked_logo
from trackers.reports.xlsx import xlsx_report
from trackers.store import Store

FORMATS = ("docx", "xlsx", "html")
PICTURED = ("docx",)  # formats that have a place for a logo


def make_report(
    store: Store, plan: Plan, kind: EvaluationKind, as_of: date, format: str, *, by: Actor, template: Path | None = None
) -> bytes:
    """The evaluation report of a plan as of a day, as the bytes of a file of this format.

    `template` takes the place of the template that comes along. Raises FileError for a format that is not
    made, a template for anything but docx, or a template that cannot be used.
    """
    wanted = format_of(format, template)
    contents = evaluation_contents(store, plan, kind, as_of, by=by)
    return _written(contents, wanted, template, None)


def make_evaluation_report(
    store: Store, id: int, format: str, *, by: Actor, region: str | None = None, until: datetime | None = None,
    template: Supplied | Path | None = None, logo: Supplied | None = None,
) -> bytes:  # fmt: skip
    """The report of a frozen evaluation, as the bytes of a file of this format; the same bytes every time.

    `region` (a code) makes that region's report, `until` leaves out what was written beside the figures later. Raises
    as `make_report` and `trackers.queries.evaluation_material.material`, and FileError for a logo that is no picture.
    """
    wanted = format_of(format, template, logo)
    contents = evaluation_report(store, id, by=by, region=region, until=until)
    held = template_of(template).digest if wanted == "docx" else ""
    form = "region" if region else "report"
    told = stamped(contents, wanted, form=form, template=held, logo=checked_logo(logo).digest if logo else "")
    return _written(told, wanted, template, logo)


def format_of(format: str, template: Supplied | Path | None = None, logo: Supplied | None = None) -> str:
    """The format that is meant; raises FileError for one that is not made, or cannot take the template or logo."""
    wanted = format.lower().lstrip(".")
    if wanted not in FORMATS:
        raise FileError(f"不能写“{format}”格式的报告，可用的格式：{'、'.join(FORMATS)}。请改用其中一种。")
    if template and wanted != "docx":
        raise FileError("模板只用于 docx 格式的报告。请去掉模板，或改用 docx 格式。")
    if logo and wanted not in PICTURED:
        raise FileError(f"标志只用于 {'、'.join(PICTURED)} 格式的报告。请去掉标志，或改用这些格式。")
    return wanted


def _written(contents: Contents, format: str, template: Supplied | Path | None, logo: Supplied | None) -> bytes:
    if format == "docx":
        return docx_report(contents, template, logo)
    return {"xlsx": xlsx_report, "html": html_report}[format](contents)
