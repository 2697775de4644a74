"""A report as a Word document, made from a template that an office can replace.

A template is read by a sandboxed Jinja: it may name the fields below, loop and choose, and nothing else. Data is
escaped, so text that looks like markup or like a template's tag stays text.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, time
from html import escape
from pathlib import Path
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from trackers.errors import FileError
from trackers.model.wording import date_text
from trackers.reports.archive import AUTHOR, saved
from trackers.reports.charts import completion_chart, region_charts, region_legend, verdict_chart
from trackers.reports.outline import Contents
from trackers.reports.tables import tables_of
from trackers.reports.texts import writable, written

TEMPLATE = Path(__file__).parent / "templates" / "evaluation.docx"
PICTURE_WIDTH = Mm(154)


def docx_report(contents: Contents, template: Path | None = None) -> bytes:
    """The report as .docx; equal contents and template give equal bytes.

    Raises FileError for a template that is not a Word document, has a broken tag, or names an unknown field.
    """
    path = template or TEMPLATE
    document = _opened(path)
    try:
        document.render(template_fields(contents, document), _environment())
    except UndefinedError as error:
        raise FileError(_unknown_field(path, error, contents)) from error
    except TemplateSyntaxError as error:
        raise FileError(f"模板 {path} 有写错的标签：{error.message}。请对照自带的模板改正。") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise FileError(f"模板 {path} 不能用这份报告填写：{error}。请对照自带的模板改正。") from error
    _name(document, contents)
    return saved(document)


def _opened(path: Path) -> Any:
    try:
        document = DocxTemplate(io.BytesIO(path.read_bytes()))
        document.init_docx()
    except OSError as error:
        raise FileError(f"不能读模板 {path}：{error.strerror or error}。") from error
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise FileError(f"模板 {path} 不是 Word 文档（.docx）。请从自带的模板改起。") from error
    return document


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _unknown_field(path: Path, error: UndefinedError, contents: Contents) -> str:
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


def template_fields(contents: Contents, document: Any) -> dict[str, Any]:
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
        "digest": contents.digest, "data_version": contents.data_version, "region_legend": region_legend(below),
        **tables_of(contents),
    }  # fmt: skip
    pictures = _pictures(contents, document) if document else {}
    return {name: written(value) for name, value in fields.items()} | {"charts": pictures}


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

    def __init__(self, document: Any, png: bytes, words: str) -> None:
        super().__init__(document, io.BytesIO(png), width=PICTURE_WIDTH)
        self.words = words

    def _insert_image(self) -> str:
        drawn: str = super()._insert_image()
        return drawn.replace("<wp:docPr ", f'<wp:docPr descr="{escape(self.words)}" ', 1)
