"""A supervision order on one page: what it rests on, what is asked until when, and room for the receipt to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from docx.document import Document as Doc
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from trackers.model.account import COMMAND_LINE, Actor
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.supervision import Order, OrderLevel
from trackers.model.wording import BEIJING, computed_text, date_text, gap_text, number_text
from trackers.queries.plans import plan_by_id, region_tree
from trackers.queries.supervision import order_story
from trackers.reports.archive import AUTHOR, saved
from trackers.reports.templates.styles import LINE, blank, element, set_font
from trackers.reports.texts import writable
from trackers.store import Store

TITLES = {
    OrderLevel.REMINDER: "规划目标进展提醒单", OrderLevel.ORDER: "规划目标进展督办单",
    OrderLevel.TALK: "规划目标进展约谈通知单",
}  # fmt: skip
DEMO = "本单所据数值为演示数据，不是真实进展。"
UNREVIEWED = "本单所据数值未经复核。"
NAME, TEXT = 30, 126  # mm: the columns of the table
RECEIPT = (("整改措施", 40), ("完成时限", 9), ("负责人（签字）", 9), ("单位（盖章）及日期", 16))  # mm high
ROOM = 345.0  # points that the rows above the receipt may fill so that the page holds all
MOST_BREAKS = 8  # lines a text is broken into; one broken into more is written in one
SIZES = (14.0, 12.0, 10.5, 9.0, 7.5, 6.5)  # points, the largest that fits
POINT = 25.4 / 72  # mm
Line = tuple[str, str]


def order_docx(store: Store, id: int, *, by: Actor) -> bytes:
    """The order as a Word document of one page in the layout of GB/T 9704; the same order gives equal bytes.

    Raises UnknownNameError where there is no such order, ForbiddenError where the person may not see its region.
    """
    order = order_story(store, id, by=by).order
    plan, tree = plan_by_id(store, order.plan), region_tree(store)
    return _document(order, order_lines(order, plan, tree))


def order_lines(order: Order, plan: Plan, tree: RegionTree) -> list[Line]:
    """What the order says, line by line: (name, text), every figure as it was told when it was issued."""
    region = tree.path_name(order.region)
    names = {each.id: each.name for each in plan.indicators}
    unit = order.unit
    told = [
        ("编号", order.number),
        ("规划", f"{plan.title}{f'（{plan.number}）' if plan.number else ''}"),
        ("指标", names.get(order.indicator, order.indicator)),
        ("地区", region),
        ("责任单位", "、".join(order.units) or f"规划未写明，由{region}负责答复"),
        ("判定", f"截至{date_text(order.day)}：{order.word}"),
        ("目标", order.target_text),
        ("现值", number_text(order.value, unit) + (f"（{date_text(order.observed)}）" if order.observed else "")),
        ("截至日应达", computed_text(order.expected, unit)),
        ("差额", gap_text(order.shortfall, unit)),
        ("要求", order.asked),
        ("时限", f"{date_text(order.due)}前书面答复"),
        ("签发", f"{issuer_name(order)}　{date_text(order.at.astimezone(BEIJING).date())}"),
    ]
    return [(name, _tidy(writable(text))) for name, text in told]


def _tidy(text: str) -> str:
    """The text without empty lines; one broken too often for a page in one line."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    return ("\n" if len(parts) <= MOST_BREAKS else " ").join(parts)


def issuer_name(order: Order) -> str:
    """Who issued it; what the machine's operator did is said to come from there."""
    name = order.by_name
    return f"命令行操作员 {name.removeprefix(COMMAND_LINE)}" if name.startswith(COMMAND_LINE) else name


def _document(order: Order, lines: Sequence[Line]) -> bytes:
    document = blank()
    document.add_paragraph(TITLES[order.level], "Title")
    marks = [DEMO] * order.demo + [UNREVIEWED] * order.unreviewed
    for said in marks:
        document.add_paragraph(said, "报告警示").paragraph_format.first_line_indent = 0
    _table(document, lines, ROOM - len(marks) * LINE.pt)
    document.add_paragraph("回执（请填写后按时限退回签发单位）", "报告表题").paragraph_format.space_before = Pt(6)
    _receipt(document)
    last = document.add_paragraph("", "报告表文")  # a table is never the end of a document
    last.paragraph_format.line_spacing = Pt(1)
    _properties(document, order)
    return saved(document)


def _table(document: Doc, lines: Sequence[Line], room: float) -> None:
    size = _fitting(lines, room)
    table = _grid(document, len(lines))
    for row, (name, text) in zip(table.rows, lines, strict=True):
        _say(row.cells[0], name, "报告表头", min(size, 12.0))
        _say(row.cells[1], text, "报告表文", size)


def _receipt(document: Doc) -> None:
    table = _grid(document, len(RECEIPT))
    for row, (name, height) in zip(table.rows, RECEIPT, strict=True):
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.EXACTLY
        _say(row.cells[0], name, "报告表头", 10.5)
        _say(row.cells[1], "", "报告表文", 10.5)


def _fitting(lines: Sequence[Line], room: float) -> float:
    """The largest size of type at which these lines leave room for the receipt on the same page."""
    return next((size for size in SIZES if _height(lines, size) <= room), SIZES[-1])


def _height(lines: Sequence[Line], size: float) -> float:
    """About how many points the lines fill: a Chinese character is as wide as it is high, others half as wide."""
    across = (TEXT - 3) / (size * POINT)
    rows = sum(_rows(part, across) for _, text in lines for part in text.split("\n"))
    return rows * size * 1.48 + len(lines) * 1.5


def _rows(text: str, across: float) -> int:
    wide = sum(1.0 if ord(char) > 255 else 0.6 for char in text)
    return max(1, -int(-wide // (across - 1)))


def _grid(document: Doc, rows: int) -> Any:
    table = document.add_table(rows=rows, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color="000000"))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)
    for place, width in enumerate((NAME, TEXT)):
        table.columns[place].width = Mm(width)
        for row in table.rows:
            row.cells[place].width = Mm(width)
    return table


def _say(cell: Any, text: str, style: str, size: float) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    set_font(run._r.get_or_add_rPr(), "黑体" if style == "报告表头" else "仿宋_GB2312")
    cell._tc.get_or_add_tcPr().append(element("vAlign", val="center"))


def _properties(document: Doc, order: Order) -> None:
    properties = document.core_properties
    properties.title, properties.comments = f"{TITLES[order.level]} {order.number}", ""
    properties.author = properties.last_modified_by = AUTHOR
    properties.revision = 1
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
