"""A report as a Word document, made from a template that an office can replace.

A template is read by a sandboxed Jinja: it may name the fields below, loop and choose, and nothing else. Data is
escaped, so text that looks like markup or like a template's tag stays text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from html import escape
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from trackers.errors import FileError
from trackers.model.wording import date_text
from trackers.reports.archive import AUTHOR, saved
from trackers.reports.basis import basis_lines
from trackers.reports.charts import completion_chart, region_charts, region_legend, verdict_chart
from trackers.reports.outline import Contents
from trackers.reports.supplied import Supplied, checked_logo, checked_template, shape, supplied
from trackers.reports.tables import tables_of
from trackers.reports.texts import writable, written

TEMPLATE = Path(__file__).parent / "templates" / "evaluation.docx"
PICTURE_WIDTH = Mm(154)
LOGO_HEIGHT, LOGO_WIDTH = 16, 150  # mm, at most
FILTERS = {"default", "d", "escape", "e", "first", "join", "last", "length", "count", "lower", "replace", "trim", "upper"}


def docx_report(contents: Contents, template: Supplied | Path | None = None, logo: Supplied | None = None) -> bytes:
    """The report as .docx; equal contents, template and logo give equal bytes.

    Raises FileError for a template that is not a Word document, has a broken tag, or names an unknown field, for a
    logo that is no picture, and for one that the template has no place for.
    """
    held = template_of(template)
    document = _opened(held)
    with _told(held.name, contents):
        if logo and "logo" not in document.get_undeclared_template_variables(_Sandbox()):
            raise FileError(f"模板 {held.name} 没有字段“logo”，标志没有地方放。请在模板里写上 {{{{ logo }}}}，或不用标志。")
        document.render(template_fields(contents, document, logo), _Sandbox())
    _name(document, contents)
    return saved(document)


def template_of(template: Supplied | Path | None) -> Supplied:
    """The template that is used: the one given, looked at, or the one that comes along; raises FileError."""
    if template is None:
        return supplied(TEMPLATE, "模板")
    return checked_template(supplied(template, "模板") if isinstance(template, Path) else template)


@contextmanager
def _told(name: str, contents: Contents) -> Iterator[None]:
    """What is wrong with a template, in a sentence."""
    try:
        yield
    except UndefinedError as error:
        raise FileError(_unknown_field(name, error, contents)) from error
    except TemplateSyntaxError as error:
        raise FileError(f"模板 {name} 有写错的标签：{error.message}。请对照自带的模板改正。") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as error:
        raise FileError(f"模板 {name} 不能用这份报告填写：{error}。请对照自带的模板改正。") from error


def _opened(template: Supplied) -> Any:
    try:
        document = DocxTemplate(io.BytesIO(template.data))
        document.init_docx()
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, OSError) as error:
        raise FileError(f"模板 {template.name} 不是 Word 文档（.docx）。请从自带的模板改起。") from error
    return document


class _Sandbox(ImmutableSandboxedEnvironment):
    """Fields, loops and choices; nothing with which a template could make up a text larger than the report."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: use for name, use in self.filters.items() if name in FILTERS}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse what multiplies texts."""
        raise SecurityError(f"不能用“{operator}”")


def _unknown_field(path: str, error: UndefinedError, contents: Contents) -> str:
    names = re.findall(r"'([^']+)'", error.message or "")
    field = names[-1] if names else f"{error.message}"
    known = "、".join(sorted(template_fields(contents, None)))
    return f"模板 {path} 用到没有的字段“{field}”。可用的字段：{known}；各表的列名见自带的模板。"


def _name(document: Any, contents: Contents) -> None:
    """The document's properties, with the report's own day and not the moment it was written."""
    properties = document.docx.core_properties
    day = datetime.combine(contents.made_at, time(), UTC)
    properties.title = writable(contents.title)[:255]
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = day
    properties.revision = 1


def template_fields(contents: Contents, document: Any, logo: Supplied | None = None) -> dict[str, Any]:
    """Every field a template may name; pictures belong to `document` and are left out where it is None."""
    home = [problem for problem in contents.problems if problem.row.region == contents.home]
    below = [row for row in contents.rows if row.region != contents.home]
    fields: dict[str, Any] = {
        "title": contents.title, "plan_name": contents.plan_name, "region_name": contents.home_name,
        "kind": contents.kind.word, "as_of": date_text(contents.as_of), "made_at": date_text(contents.made_at),
        "warnings": contents.warnings, "background": contents.background, "overall": contents.overall,
        "findings": contents.findings, "task_intro": contents.task_intro,
        "region_findings": contents.region_findings, "problem_intro": contents.problem_intro,
        "problems": [{"name": p.row.indicator_name, "sentences": p.sentences} for p in home],
        "suggestions": contents.suggestions, "remarks": contents.remarks,
        "digest": contents.digest, "data_version": contents.data_version,
        "basis": basis_lines(contents), "region_legend": region_legend(below),
        **tables_of(contents),
    }  # fmt: skip
    pictures = _pictures(contents, document) if document else {}
    drawn = {"charts": pictures, "logo": _logo(document, logo) if document and logo else None}
    return {name: written(value) for name, value in fields.items()} | drawn


def _logo(document: Any, logo: Supplied) -> InlineImage:
    width, height = shape(checked_logo(logo))
    wide = min(LOGO_HEIGHT * width / height, LOGO_WIDTH)
    return Picture(document, logo.data, "标志", Mm(wide))


def _pictures(contents: Contents, document: Any) -> dict[str, Any]:
    home = [line.row for line in contents.indicators if line.row]
    below = [row for row in contents.rows if row.region != contents.home]
    charts = {"verdicts": verdict_chart(contents.counts), "completion": completion_chart(home)}
    captions = {"verdicts": "各类判定的指标数", "completion": "完成率与时序进度，数字见主要指标完成情况表"}
    made: dict[str, Any] = {
        name: Picture(document, png, captions[name]) if png else None for name, png in charts.items()
    }
    made["regions"] = [Picture(document, png, "各地区完成率与判定，数字见附表") for png in region_charts(below)]
    return made


class Picture(InlineImage):  # type: ignore[misc]
    """A chart in the text, with words for those who do not see it."""

    def __init__(self, document: Any, png: bytes, words: str, width: Any = PICTURE_WIDTH) -> None:
        super().__init__(document, io.BytesIO(png), width=width)
        self.words = words

    def _insert_image(self) -> str:
        drawn: str = super()._insert_image()
        return drawn.replace("<wp:docPr ", f'<wp:docPr descr="{escape(self.words)}" ', 1)
