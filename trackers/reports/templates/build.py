"""Makes evaluation.docx, the template that comes along: `python -m trackers.reports.templates.build`.

An office may make its own from it; the names between braces are those of trackers.reports.docx.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm

from trackers.reports.archive import saved
from trackers.reports.templates.styles import add_styles, element, lay_out, number_pages, prune

TEMPLATE = Path(__file__).parent / "evaluation.docx"
Column = tuple[str, str, int]  # heading, field, width in mm

INDICATORS: list[Column] = [
    ("指标", "name", 28), ("基期值", "baseline", 17), ("目标值", "target", 19), ("现值", "value", 29),
    ("完成率", "completion", 15), ("时序进度", "time_progress", 15), ("判定", "verdict", 18), ("预计值", "projected", 15),
]  # fmt: skip
TASKS: list[Column] = [
    ("序号", "number", 13), ("任务", "name", 30), ("成果", "deliverables", 33), ("责任单位", "units", 33),
    ("进展", "progress", 47),
]  # fmt: skip
UNITS: list[Column] = [
    ("责任单位", "unit", 46), ("任务数", "tasks", 15), ("保障措施数", "safeguards", 21), ("相关指标", "indicators", 42),
    ("其中滞后、背离或未实现", "behind", 32),
]  # fmt: skip
GOALS: list[Column] = [("年份", "year", 26), ("定性目标", "name", 90), ("评级", "rating", 40)]
REGIONS: list[Column] = [
    ("地区", "name", 30), ("应报", "expected", 13), ("已报", "reported", 13), ("提前实现（已实现）", "achieved", 18),
    ("快于预期", "ahead", 14), ("基本符合", "on_track", 14), ("滞后", "lagging", 13), ("背离目标", "regressing", 14),
    ("未实现", "missed", 13), ("不作判断", "unjudged", 14),
]  # fmt: skip
FAR: list[Column] = [
    ("指标", "name", 24), ("地区", "region", 16), ("判定", "verdict", 18), ("现值", "value", 29),
    ("差距", "shortfall", 16), ("年均需", "needed", 14), ("此前年均", "actual", 14), ("责任单位、说明", "note", 25),
]  # fmt: skip
FIGURES: list[Column] = [
    ("指标", "name", 24), ("地区", "region", 17), ("基期值", "baseline", 29), ("目标值", "target", 19),
    ("现值", "value", 29), ("完成率／达成率", "completion", 17), ("时序进度／进度比", "time_progress", 17),
    ("应达值／差距", "expected", 18), ("年均需／此前年均", "yearly", 18), ("预计值／区间", "projected", 18),
    ("判定", "verdict", 19),
]  # fmt: skip
COMPARISONS: list[Column] = [
    ("指标", "name", 70), ("时序进度法", "linear", 45), ("复合增长率法", "cagr", 40), ("趋势外推法", "projection", 40),
    ("方法间", "agree", 30),
]  # fmt: skip
SETTINGS: list[Column] = [("名称", "name", 55), ("内容", "value", 170)]
SOURCES: list[Column] = [("类别", "kind", 24), ("名称", "name", 76), ("来源", "address", 75), ("说明", "remark", 50)]
VOICES: list[Column] = [
    ("对象", "subject", 16), ("名称", "name", 36), ("地区", "region", 22), ("谁", "voice", 16), ("评定", "grade", 36),
    ("原因", "cause", 32), ("建议", "suggestion", 32), ("依据", "evidence", 23), ("日期", "day", 18),
]  # fmt: skip
CHECKS: list[Column] = [
    ("指标", "name", 42), ("地区", "region", 26), ("填报期", "period", 20), ("填报值", "reported", 26),
    ("核实值", "checked", 22), ("相差", "difference", 24), ("核实依据", "evidence", 45), ("怎样选的", "how", 24),
]  # fmt: skip
SENT: list[Column] = [
    ("编号", "number", 22), ("指标", "name", 34), ("地区", "region", 24), ("所据", "basis", 34), ("要求", "asked", 38),
    ("时限", "due", 20), ("状态", "state", 18), ("办理", "told", 40),
]  # fmt: skip
CHANGES: list[Column] = [
    ("指标", "name", 46), ("什么", "kind", 28), ("原值", "old", 22), ("新值", "new", 22), ("依据", "ground", 64),
    ("理由", "reason", 48),
]  # fmt: skip
TEXTUAL = {
    "name", "deliverables", "units", "progress", "unit", "indicators", "behind", "note", "value_text", "address", "remark",
    "grade", "cause", "suggestion", "evidence", "told", "asked", "ground", "reason", "basis",
}  # fmt: skip


# What stands beside the figures of a frozen evaluation; left out where there is nothing.
BESIDE = (
    ("附表：各方意见", "voices", VOICES), ("附表：抽查核实", "checks", CHECKS), ("附表：督办", "sent", SENT),
    ("附表：指标调整", "changes", CHANGES),
)  # fmt: skip


def build() -> bytes:
    """The template's bytes; the same every time."""
    document = Document()
    _empty(document)
    prune(document)
    add_styles(document)
    _compatible(document)
    lay_out(document.sections[0])
    number_pages(document)
    _parts_1_to_3(document)
    _parts_4_and_5(document)
    _parts_6_and_7(document)
    _part_8(document)
    _properties(document)
    return saved(document)


def _empty(document: Doc) -> None:
    for child in list(document.element.body):
        if child.tag != qn("w:sectPr"):
            document.element.body.remove(child)


def _compatible(document: Doc) -> None:
    """Word 2013 and later open it without their compatibility mode."""
    compat = element("compat")
    uri = "http://schemas.microsoft.com/office/word"
    compat.append(element("compatSetting", name="compatibilityMode", uri=uri, val="15"))
    settings = document.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.replace(old, compat)
    for language in settings.findall(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _properties(document: Doc) -> None:
    properties = document.core_properties
    properties.title = properties.author = properties.last_modified_by = properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)


def _each(document: Doc, items: str, style: str = "报告正文", text: str = "{{ each }}") -> None:
    """A paragraph for each of a list."""
    document.add_paragraph(f"{{%p for each in {items} %}}")
    document.add_paragraph(text, style)
    document.add_paragraph("{%p endfor %}")


def _if(document: Doc, condition: str) -> None:
    document.add_paragraph(f"{{%p if {condition} %}}")


def _else(document: Doc, text: str) -> None:
    document.add_paragraph("{%p else %}")
    document.add_paragraph(text, "报告正文")
    _end(document)


def _end(document: Doc) -> None:
    document.add_paragraph("{%p endif %}")


def _table(document: Doc, caption: str, items: str, columns: Sequence[Column]) -> None:
    """A caption and a table with one row for each of a list; its head repeats, its rows stay whole."""
    if caption:
        document.add_paragraph(caption, "报告表题")
    table = document.add_table(rows=4, cols=len(columns))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _borders(table)
    rows = [list(row.cells) for row in table.rows]
    rows[1][0].paragraphs[0].add_run(f"{{%tr for row in {items} %}}")
    rows[3][0].paragraphs[0].add_run("{%tr endfor %}")
    for place, (heading, field, width) in enumerate(columns):
        for cells in rows:
            cells[place].width = Mm(width)
        table.columns[place].width = Mm(width)
        _cell(rows[0][place], heading, "报告表头")
        _cell(rows[2][place], f"{{{{ row.{field} }}}}", "报告表文" if field in TEXTUAL else "报告表数")
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))


def _cell(cell: Any, text: str, style: str) -> None:
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(text)
    cell._tc.get_or_add_tcPr().append(element("vAlign", val="center"))


def _borders(table: Any) -> None:
    properties = table._tbl.tblPr
    borders, margins = element("tblBorders"), element("tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz="4", space="0", color="000000"))
    for side in ("left", "right"):
        margins.append(element(side, w="23", type="dxa"))
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(margins)


def _chart(document: Doc, picture: str, caption: str, otherwise: str) -> None:
    _if(document, picture)
    document.add_paragraph(f"{{{{ {picture} }}}}", "报告图")
    document.add_paragraph(caption, "报告图题")
    _else(document, otherwise)


def _parts_1_to_3(document: Doc) -> None:
    _if(document, "logo")
    document.add_paragraph("{{ logo }}", "报告图")
    _end(document)
    document.add_paragraph("{{ title }}", "Title")
    document.add_paragraph("（截至{{ as_of }}）", "Subtitle")
    _each(document, "warnings", "报告警示")
    document.add_paragraph("一、评估背景与组织", "Heading 1")
    _each(document, "background")
    document.add_paragraph("二、总体评价", "Heading 1")
    _each(document, "overall")
    _chart(document, "charts.verdicts", "图：各类判定的指标数", "没有可以绘成判定统计图的指标。")
    document.add_paragraph("三、主要指标完成情况", "Heading 1")
    _if(document, "indicators")
    _table(document, "表：主要指标完成情况（截至{{ as_of }}）", "indicators", INDICATORS)
    _each(document, "findings")
    _chart(document, "charts.completion", "图：完成率与时序进度", "没有能够计算完成率的指标，不绘完成率图。")
    _else(document, "本规划没有数量指标。")


def _parts_4_and_5(document: Doc) -> None:
    document.add_paragraph("四、重点任务进展", "Heading 1")
    _each(document, "task_intro")
    document.add_paragraph("{%p for group in task_groups %}")
    document.add_paragraph("{{ group.name }}", "Heading 2")
    _table(document, "", "group.tasks", TASKS)
    document.add_paragraph("{%p endfor %}")
    _if(document, "units")
    _table(document, "表：责任单位与任务", "units", UNITS)
    _end(document)
    _if(document, "goals")
    _table(document, "表：定性目标（不设数字）", "goals", GOALS)
    _else(document, "所录文件没有列出定性目标。")
    document.add_paragraph("五、区域进展", "Heading 1")
    _each(document, "region_findings")
    _if(document, "regions")
    _table(document, "表：各地区指标数（按判定）", "regions", REGIONS)
    _end(document)
    _if(document, "charts.regions")
    document.add_paragraph("{%p for picture in charts.regions %}")
    document.add_paragraph("{{ picture }}", "报告图")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("图：各地区完成率与判定", "报告图题")
    document.add_paragraph("{{ region_legend }}", "报告表文")
    _else(document, "能够计算完成率的地区不足两个，不绘地区对比图。")


def _parts_6_and_7(document: Doc) -> None:
    document.add_paragraph("六、存在问题及原因", "Heading 1")
    _each(document, "problem_intro")
    document.add_paragraph("{%p for problem in problems %}")
    document.add_paragraph("{{ loop.index }}．{{ problem.name }}", "Heading 3")
    _each(document, "problem.sentences")
    document.add_paragraph("{%p endfor %}")
    _if(document, "regional_problems")
    _table(document, "表：地区数据中滞后、背离或未实现的", "regional_problems", FAR)
    _end(document)
    document.add_paragraph("七、对策建议", "Heading 1")
    _each(document, "suggestions", text="{{ loop.index }}．{{ each }}")


def _part_8(document: Doc) -> None:
    lay_out(document.add_section(WD_SECTION.NEW_PAGE), landscape=True)
    document.add_paragraph("八、附表", "Heading 1")
    _if(document, "figures")
    _table(document, "附表：全部数据（截至{{ as_of }}）", "figures", FIGURES)
    _table(document, "附表：各方法的判断", "comparisons", COMPARISONS)
    _else(document, "本规划没有数量指标，没有数据附表。")
    for caption, items, columns in BESIDE:
        _if(document, items)
        _table(document, caption, items, columns)
        _end(document)
    _table(document, "附表：判定标准", "policy", SETTINGS)
    _table(document, "附表：方法", "methods", SETTINGS)
    _table(document, "附表：数据来源", "sources", SOURCES)
    _if(document, "remarks")
    document.add_paragraph("规划文本的说明", "报告表题")
    _each(document, "remarks", text="{{ loop.index }}．{{ each }}")
    _end(document)
    document.add_paragraph("报告所据数据的摘要（SHA-256）：{{ digest }}", "报告正文")
    document.add_paragraph("数据版本：{{ data_version }}", "报告正文")
    _each(document, "basis")


if __name__ == "__main__":
    TEMPLATE.write_bytes(build())
