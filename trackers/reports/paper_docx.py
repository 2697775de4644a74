"""Blocks as a Word document in the official layout: briefs, comparisons and sheets to sign."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from html import escape
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from trackers.reports.archive import AUTHOR, saved
from trackers.reports.blocks import Across, Block, Drawing, Grid, Paper, Words
from trackers.reports.templates.styles import blank, element, lay_out, number_pages, sort_properties
from trackers.reports.texts import writable

STYLES = {
    "title": "Title", "subtitle": "Subtitle", "warning": "报告警示", "one": "Heading 1", "two": "Heading 2", "three": "Heading 3",
    "body": "报告正文", "caption": "报告表题", "small": "报告表文",
}  # fmt: skip
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
FIVE = 10.5  # points: 五号
TWIPS = 1440 / 25.4  # a mm


def paper_docx(paper: Paper, *, numbered: bool = True) -> bytes:
    """The document as .docx; equal papers give equal bytes. Every text of the data stays text."""
    document = blank()
    if numbered:
        number_pages(document)
    for block in paper.blocks:
        _draw(document, block, paper)
    if isinstance(paper.blocks[-1], Grid):
        last = document.add_paragraph("", "报告表文")  # a table is never the end of a document
        last.paragraph_format.line_spacing = Pt(1)
    properties, day = document.core_properties, datetime.combine(paper.day, time(), UTC)
    properties.title, properties.comments, properties.revision = writable(paper.title)[:255], "", 1
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = day
    return saved(document)


def _draw(document: Document, block: Block, paper: Paper) -> None:
    if isinstance(block, Words):
        _words(document, block, paper)
    elif isinstance(block, Grid):
        if block.caption:
            _words(document, Words(block.caption, "caption"), paper)
        document.element.body.insert(len(document.element.body) - 1, parse_xml(table_xml(block, paper.table)))
    elif isinstance(block, Across):
        begun = len(document.element.body) > 1  # else there is no page yet that it could follow
        lay_out(document.add_section(WD_SECTION.NEW_PAGE) if begun else document.sections[0], landscape=True)
    else:
        _picture(document, block, paper)


def _words(document: Document, block: Words, paper: Paper) -> None:
    """A paragraph in its style; smaller type and lines where the paper asks for them."""
    paragraph = document.add_paragraph(style=STYLES[block.style])
    for number, part in enumerate(writable(block.text).split("\n")):
        run: Any = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(part)
        if paper.dense:
            run.font.size = Pt({"title": paper.head, "small": paper.small}.get(block.style, paper.size))
    if paper.dense:
        pitch = {"title": paper.head * 1.4, "small": paper.small * 1.4}.get(block.style, paper.pitch)
        paragraph.paragraph_format.line_spacing = Pt(pitch)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(element("snapToGrid", val="0"))
        if block.style in ("body", "warning"):
            properties.append(element("ind", firstLineChars="200", firstLine=f"{int(paper.size * 40)}"))
        sort_properties(properties)


def _picture(document: Document, block: Drawing, paper: Paper) -> None:
    paragraph = document.add_paragraph(style="报告图")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    size = {"height": Mm(block.height)} if block.height else {"width": Mm(154)}
    drawn = paragraph.add_run().add_picture(io.BytesIO(block.png), **size)
    drawn._inline.docPr.set("descr", block.words)
    if block.caption:
        _words(document, Words(block.caption, "caption"), paper)


def table_xml(block: Grid, size: float = FIVE) -> str:
    """A table as WordprocessingML: centred, of fixed widths, its head repeated on each page, its rows whole."""
    widths = [round(width * TWIPS) for width in block.widths]
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in SIDES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row_xml(block.headings, widths, ["报告表头"] * len(widths), size, head=True)
    styles = ["报告表文" if textual else "报告表数" for textual in block.textual]
    body = "".join(_row_xml(row, widths, styles, size) for row in block.rows)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="23" w:type="dxa"/>'
        f'<w:right w:w="23" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{head}{body}</w:tbl>'
    )


def _row_xml(cells: Any, widths: list[int], styles: list[str], size: float, *, head: bool = False) -> str:
    told = zip(cells, widths, styles, strict=True)
    mark = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{''.join(_cell_xml(*each, size) for each in told)}</w:tr>"


def _cell_xml(text: str, width: int, style: str, size: float) -> str:
    form = f'<w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>' if size != FIVE else ""
    parts = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in writable(text).split("\n")]
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{form}{"<w:br/>".join(parts)}</w:r></w:p></w:tc>'
    )
