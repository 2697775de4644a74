"""The report of an evaluation as blocks, in the outline that its readers expect."""

from __future__ import annotations

from typing import Any

from trackers.model.wording import date_text
from trackers.reports import columns
from trackers.reports.basis import basis_lines
from trackers.reports.blocks import Across, Block, Drawing, Paper, Words, grid, words
from trackers.reports.charts import completion_chart, region_charts, region_legend, verdict_chart
from trackers.reports.outline import Contents
from trackers.reports.tables import tables_of

Tables = dict[str, Any]
NO_CHARTS = {
    "verdicts": "没有可以绘成判定统计图的指标。", "completion": "没有能够计算完成率的指标，不绘完成率图。",
    "regions": "能够计算完成率的地区不足两个，不绘地区对比图。",
}  # fmt: skip


def report_paper(contents: Contents, logo: bytes | None = None) -> Paper:
    """The whole report; `logo` is a checked picture above the title."""
    blocks: list[Block] = [Drawing(logo, "标志", height=16)] if logo else []
    blocks += [Words(title_lines(contents.title), "title"), Words(f"（截至{date_text(contents.as_of)}）", "subtitle")]
    blocks += words(contents.warnings, "warning")
    for part in (_parts_1_to_3, _parts_4_and_5, _parts_6_and_7, _part_8):
        blocks += part(contents, dict(tables_of(contents)))
    return Paper(contents.title, contents.made_at, tuple(blocks))


def title_lines(title: str) -> str:
    """A title with a break behind the document it is about, so that no line holds one sign alone."""
    head, bracket, kind = title.rpartition("》")
    return f"{head}{bracket}\n{kind}" if bracket and kind else title


def _parts_1_to_3(contents: Contents, tables: Tables) -> list[Block]:
    blocks = [Words("一、评估背景与组织", "one"), *words(contents.background)]
    blocks += [Words("二、总体评价", "one"), *words(contents.overall)]
    blocks += _drawing(verdict_chart(contents.counts), "各类判定的指标数", "verdicts")
    blocks.append(Words("三、主要指标完成情况", "one"))
    if not contents.indicators:
        return [*blocks, Words("本规划没有数量指标。")]
    caption = f"表：主要指标完成情况（截至{date_text(contents.as_of)}）"
    blocks += grid(caption, columns.INDICATORS, tables["indicators"]) + words(contents.findings)
    home = [line.row for line in contents.indicators if line.row]
    return blocks + _drawing(completion_chart(home), "完成率与时序进度", "completion")


def _drawing(png: bytes | None, name: str, otherwise: str) -> list[Block]:
    return [Drawing(png, f"{name}，数字见表", f"图：{name}")] if png else [Words(NO_CHARTS[otherwise])]


def _parts_4_and_5(contents: Contents, tables: Tables) -> list[Block]:
    blocks = [Words("四、重点任务进展", "one"), *words(contents.task_intro)]
    for group in tables["task_groups"]:
        blocks += [Words(group["name"], "two"), *grid("", columns.TASKS, group["tasks"])]
    blocks += grid("表：责任单位与任务", columns.UNITS, tables["units"])
    blocks += grid("表：定性目标（不设数字）", columns.GOALS, tables["goals"]) or [Words("所录文件没有列出定性目标。")]
    blocks += [Words("五、区域进展", "one"), *words(contents.region_findings)]
    blocks += grid("表：各地区指标数（按判定）", columns.REGIONS, tables["regions"])
    below = [row for row in contents.rows if row.region != contents.home]
    charts = region_charts(below)
    if not charts:
        return [*blocks, Words(NO_CHARTS["regions"])]
    blocks += [Drawing(png, "各地区完成率与判定，数字见附表") for png in charts]
    return [*blocks, Words("图：各地区完成率与判定", "caption"), Words(region_legend(below), "small")]


def _parts_6_and_7(contents: Contents, tables: Tables) -> list[Block]:
    blocks = [Words("六、存在问题及原因", "one"), *words(contents.problem_intro)]
    home = [problem for problem in contents.problems if problem.row.region == contents.home]
    for place, problem in enumerate(home, 1):
        blocks += [Words(f"{place}．{problem.row.indicator_name}", "three"), *words(problem.sentences)]
    blocks += grid("表：地区数据中滞后、背离或未实现的", columns.FAR, tables["regional_problems"])
    return [*blocks, Words("七、对策建议", "one"), *words(contents.suggestions, numbered=True)]


def _part_8(contents: Contents, tables: Tables) -> list[Block]:
    blocks: list[Block] = [Across(), Words("八、附表", "one")]
    figures = grid(f"附表：全部数据（截至{date_text(contents.as_of)}）", columns.FIGURES, tables["figures"])
    figures += grid("附表：各方法的判断", columns.COMPARISONS, tables["comparisons"])
    blocks += figures or [Words("本规划没有数量指标，没有数据附表。")]
    for caption, items, own in columns.BESIDE:
        blocks += grid(caption, own, tables[items])
    blocks += grid("附表：判定标准", columns.SETTINGS, tables["policy"]) + grid("附表：方法", columns.SETTINGS, tables["methods"])
    blocks += grid("附表：数据来源", columns.SOURCES, tables["sources"])
    if contents.remarks:
        blocks += [Words("规划文本的说明", "caption"), *words(contents.remarks, numbered=True)]
    blocks.append(Words(f"报告所据数据的摘要（SHA-256）：{contents.digest}"))
    return [*blocks, Words(f"数据版本：{contents.data_version}"), *words(basis_lines(contents))]
