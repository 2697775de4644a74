"""One way in: a report of a plan or of a frozen evaluation in the form and format asked for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from trackers.errors import FileError
from trackers.model.account import Actor
from trackers.model.plan import EvaluationKind, Plan
from trackers.reports.basis import stamped
from trackers.reports.brief import brief_paper
from trackers.reports.contents import evaluation_contents
from trackers.reports.docx import docx_report, template_of
from trackers.reports.evaluated import evaluation_report
from trackers.reports.html import html_report
from trackers.reports.outline import Contents
from trackers.reports.paper import report_paper
from trackers.reports.paper_docx import paper_docx
from trackers.reports.pdf import TEMPLATE, pdf_report
from trackers.reports.supplied import Supplied, checked_logo, supplied
from trackers.reports.xlsx import xlsx_report
from trackers.store import Store

FORMATS = ("docx", "xlsx", "pdf", "html")
PICTURED = ("docx", "pdf")  # formats that have a place for a logo


class Form(StrEnum):
    """What kind of report of an evaluation."""

    REPORT = "report"
    REGION = "region"
    BRIEF = "brief"

    @property
    def word(self) -> str:
        """The Chinese words for it."""
        return {"report": "评估报告", "region": "地区报告", "brief": "领导简报"}[self.value]

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats it is made in."""
        return PICTURED if self is Form.BRIEF else FORMATS


def make_report(
    store: Store, plan: Plan, kind: EvaluationKind, as_of: date, format: str, *, by: Actor, template: Path | None = None
) -> bytes:
    """The evaluation report of a plan as of a day, as the bytes of a file of this format.

    `template` takes the place of the template that comes along. Raises FileError for a format that is not
    made, a template for anything but docx, or a template that cannot be used.
    """
    wanted = format_of(format, Form.REPORT, template)
    return _written(evaluation_contents(store, plan, kind, as_of, by=by), wanted, Form.REPORT, template, None)


def make_evaluation_report(
    store: Store, id: int, format: str, *, by: Actor, form: Form = Form.REPORT, region: str | None = None,
    until: datetime | None = None, template: Supplied | Path | None = None, logo: Supplied | None = None,
) -> bytes:  # fmt: skip
    """The report of a frozen evaluation, as the bytes of a file of this format; the same bytes every time.

    `region` (a code) makes it of that region alone, `until` leaves out what was written beside the figures later. Raises
    as `make_report` and `trackers.queries.evaluation_material.material`, and FileError for a logo that is no picture.
    """
    wanted = format_of(format, form, template, logo)
    contents = evaluation_report(store, id, by=by, region=region, until=until)
    held = {"template": _laid_out_by(wanted, form, template), "logo": checked_logo(logo).digest if logo else ""}
    return _written(stamped(contents, wanted, form=form.value, **held), wanted, form, template, logo)


def _laid_out_by(format: str, form: Form, template: Supplied | Path | None) -> str:
    """The digest of the template that lays it out; empty where the program alone does."""
    if format == "pdf":
        return supplied(TEMPLATE, "模板").digest
    return template_of(template).digest if format == "docx" and form is not Form.BRIEF else ""


def format_of(format: str, form: Form, template: Supplied | Path | None = None, logo: Supplied | None = None) -> str:
    """The format that is meant; raises FileError for one that is not made, or cannot take the template or logo."""
    wanted = format.lower().lstrip(".")
    if wanted not in form.formats:
        raise FileError(f"不能写“{format}”格式的{form.word}，可用的格式：{'、'.join(form.formats)}。请改用其中一种。")
    if template and (wanted != "docx" or form is Form.BRIEF):
        raise FileError("模板只用于 docx 格式的评估报告和地区报告。请去掉模板，或改用 docx 格式。")
    if logo and wanted not in PICTURED:
        raise FileError(f"标志只用于 {'、'.join(PICTURED)} 格式的报告。请去掉标志，或改用这些格式。")
    return wanted


def _written(
    contents: Contents, format: str, form: Form, template: Supplied | Path | None, logo: Supplied | None
) -> bytes:
    picture = logo.data if logo else None
    if form is Form.BRIEF:
        paper = brief_paper(contents, picture)
        return paper_docx(paper, numbered=False) if format == "docx" else pdf_report(paper, numbered=False)
    if format == "docx":
        return docx_report(contents, template, logo)
    if format == "pdf":
        return pdf_report(report_paper(contents, picture))
    return xlsx_report(contents) if format == "xlsx" else html_report(contents)
