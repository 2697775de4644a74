"""Makes evaluation.docx, the template that comes along: `python -m trackers.reports.templates.build`.

An office may make its own from it; the names between braces are those of trackers.reports.docx.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm

from trackers.reports.archive import saved
from trackers.reports.columns import (
    BESIDE,
    COMPARISONS,
    FAR,
    FIGURES,
    GOALS,
    INDICATORS,
    REGIONS,
    SETTINGS,
    SOURCES,
    TASKS,
    TEXTUAL,
    UNITS,
    Column,
)
from trackers.reports.templates.styles import blank, element, lay_out, number_pages

TEMPLATE = Path(__file__).parent / "evaluation.docx"


def build() -> bytes:
    """The template's bytes; the same every time."""
    document = blank()
    number_pages(document)
    _parts_1_to_3(document)
    _parts_4_and_5(document)
    _parts_6_and_7(document)
    _part_8(document)
    _properties(document)
    return saved(document)


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
