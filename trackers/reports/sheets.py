"""The sheets of a report's workbook: columns with what they hold, rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from trackers.reports.basis import basis_lines
from trackers.reports.figures import Row
from trackers.reports.outline import Contents
from trackers.reports.sentences import BASELINE_WORDS, marks, method_words, verdict_text
from trackers.reports.tables import region_cells


@dataclass(frozen=True)
class Column:
    """One column: heading, kind (text, number, percent, pace, day) and width in characters."""

    heading: str
    kind: str = "text"
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """One sheet; `frozen` columns stay in sight when it is moved."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    frozen: int = 0


# Columns of what stands beside the figures, by the field of a line.
BESIDE = {
    "subject": Column("对象", width=10), "name": Column("名称", width=30), "indicator_name": Column("指标", width=30),
    "region_name": Column("地区", width=16), "voice": Column("谁", width=12), "computed": Column("写时的判定", width=16),
    "grade": Column("评定", width=16), "reason": Column("理由", width=40), "cause": Column("原因", width=40),
    "suggestion": Column("建议", width=40), "evidence": Column("依据", width=40), "delivered": Column("已交成果", width=40),
    "id": Column("编号", "number", 8), "period": Column("填报期", width=12), "unit": Column("单位", width=7),
    "reported": Column("填报值", "number"), "checked": Column("核实值", "number"), "difference": Column("相差", "number"),
    "how": Column("怎样选的", width=20), "demo": Column("演示数据", width=10), "number": Column("编号", width=14),
    "level": Column("方式", width=8), "issued": Column("发出", "day", 18), "day": Column("日期", "day", 18),
    "word": Column("判定", width=20), "shortfall": Column("差距", "number"), "asked": Column("要求", width=44),
    "due": Column("时限", "day", 18), "state": Column("状态", width=16), "told": Column("办理", width=60),
    "kind": Column("什么", width=16), "year": Column("年份", "number", 8), "old": Column("原值"), "new": Column("新值"),
    "ground": Column("依据", width=50),
}  # fmt: skip
VOICES = ("subject", "name", "region_name", "voice", "computed", "grade", "reason", "cause", "suggestion", "evidence",
          "delivered", "day")  # fmt: skip
CHECKS = ("indicator_name", "region_name", "id", "period", "unit", "reported", "checked", "difference", "evidence", "how", "demo")
SENT = ("number", "level", "indicator_name", "region_name", "unit", "issued", "day", "word", "shortfall", "asked", "due", "state",
        "told", "demo")  # fmt: skip
CHANGES = ("indicator_name", "region_name", "kind", "year", "old", "new", "ground", "reason")

Field = tuple[Column, Callable[[Row], Any]]

NAME: Field = (Column("指标", width=30), lambda row: row.indicator_name)
REGION: Field = (Column("地区", width=16), lambda row: row.region_name)
UNIT: Field = (Column("单位", width=7), lambda row: row.unit)
BASELINE: Field = (Column("基期值", "number"), lambda row: row.baseline)
TARGET: Field = (Column("目标值", "number"), lambda row: row.target)
TARGET_TEXT: Field = (Column("目标", width=20), lambda row: f"{row.target_text}（{row.target_year_text}）")
VALUE: Field = (Column("现值", "number"), lambda row: None if row.partial else row.value)
OBSERVED: Field = (Column("数据时点", "day", 18), lambda row: row.observed)
COMPLETION: Field = (Column("完成率", "percent", 10), lambda row: row.completion)
PASSED: Field = (Column("时序进度", "percent", 10), lambda row: row.time_progress)
PACE: Field = (Column("进度比", "pace", 9), lambda row: row.pace)
ATTAINMENT: Field = (Column("目标达成率", "percent", 11), lambda row: row.attainment)
VERDICT: Field = (Column("判定", width=22), lambda row: f"{row.sign} {verdict_text(row)}")
REASON: Field = (Column("判定说明", width=24), lambda row: row.reason_word)
EXPECTED: Field = (Column("应达值", "number"), lambda row: row.expected)
SHORTFALL: Field = (Column("差距（正数为落后）", "number", 18), lambda row: row.shortfall)
NEEDED: Field = (Column("年均需变化", "number"), lambda row: row.needed_per_year)
ACTUAL: Field = (Column("此前年均变化", "number"), lambda row: row.actual_per_year)
PROJECTED: Field = (Column("到期预计值", "number"), lambda row: row.projected)
LOW: Field = (Column("预计下限", "number"), lambda row: row.projected_low)
HIGH: Field = (Column("预计上限", "number"), lambda row: row.projected_high)
UNITS: Field = (Column("责任单位", width=30), lambda row: "、".join(row.units))
MARKS: Field = (Column("标注", width=30), lambda row: "、".join(_all_marks(row)))
NOTE: Field = (Column("填报时的说明", width=40), lambda row: row.note)

# The chart of the sheet reads completion and time progress from its columns G and H.
INDICATOR_FIELDS = (
    NAME, UNIT, BASELINE, TARGET_TEXT, VALUE, OBSERVED, COMPLETION, PASSED, PACE, ATTAINMENT, VERDICT, REASON, PROJECTED, MARKS,
)  # fmt: skip
BEHIND_FIELDS = (
    NAME, REGION, UNIT, TARGET_TEXT, VALUE, OBSERVED, COMPLETION, PASSED, VERDICT, EXPECTED, SHORTFALL, NEEDED, ACTUAL,
    PROJECTED, UNITS, MARKS, NOTE,
)  # fmt: skip
ALL_FIELDS: tuple[Field, ...] = (
    NAME, REGION, (Column("地区代码", width=12), lambda row: row.region),
    (Column("指标编号", width=24), lambda row: row.indicator), UNIT,
    (Column("数据", width=10), lambda row: {"reported": "填报", "aggregate": "汇总"}[row.basis]),
    BASELINE, (Column("基期", "day", 18), lambda row: row.baseline_date),
    (Column("基期来源", width=16), lambda row: BASELINE_WORDS.get(row.baseline_origin or "")),
    TARGET, TARGET_TEXT, (Column("目标日期", "day", 18), lambda row: row.target_day),
    VALUE, (Column("已报部分（数据不全）", "number", 20), lambda row: row.value if row.partial else None),
    (Column("分子", "number"), lambda row: row.numerator), (Column("分母", "number"), lambda row: row.denominator),
    (Column("填报期", width=12), lambda row: row.period), OBSERVED,
    (Column("应报地区", "number", 9), lambda row: row.expected_regions),
    (Column("已报地区", "number", 9), lambda row: row.reported_regions),
    ATTAINMENT, COMPLETION, PASSED, PACE, VERDICT, REASON, EXPECTED, SHORTFALL, NEEDED, ACTUAL, PROJECTED, LOW, HIGH,
    (Column("较上次下降", width=11), lambda row: row.falling), (Column("保持类", width=9), lambda row: row.kept),
    (Column("复合增长率法", width=14), lambda row: method_words(row)[0][1]),
    (Column("比值", "pace", 9), lambda row: _number(row, "cagr")),
    (Column("趋势外推法", width=14), lambda row: method_words(row)[1][1]),
    (Column("q", "pace", 9), lambda row: _number(row, "projection")),
    (Column("方法不一致", width=11), lambda row: row.disagree), UNITS, MARKS,
    (Column("数据来源", width=20), lambda row: row.origin), (Column("依据", width=40), lambda row: row.evidence), NOTE,
)  # fmt: skip


def _number(row: Row, method: str) -> float | None:
    said = row.methods.get(method)
    return said.number if said else None


def _all_marks(row: Row) -> list[str]:
    """Marks with how many regions an aggregate rests on where that is not all of them."""
    short = row.basis == "aggregate" and row.reported_regions < row.expected_regions
    return marks(row) + ([f"数据不全{row.reported_regions}/{row.expected_regions}"] if short else [])


def sheets_of(contents: Contents) -> list[Sheet]:
    """Every sheet in its order; one without rows keeps its head."""
    behind = [problem.row for problem in contents.problems]
    return [
        _overall(contents),
        _indicators(contents),
        _regions(contents),
        _rows("滞后", BEHIND_FIELDS, behind),
        _tasks(contents),
        _goals(contents),
        _rows("全部数据", ALL_FIELDS, contents.rows),
        *_beside(contents),
        _explained(contents),
    ]


def _rows(name: str, fields: Sequence[Field], rows: Sequence[Row]) -> Sheet:
    values = [[read(row) for _, read in fields] for row in rows]
    return Sheet(name, [column for column, _ in fields], values, frozen=2)


def _indicators(contents: Contents) -> Sheet:
    rows = [
        [read(line.row) for _, read in INDICATOR_FIELDS]
        if line.row
        else [line.name] + [None] * (len(INDICATOR_FIELDS) - 1)
        for line in contents.indicators
    ]
    return Sheet("主要指标", [column for column, _ in INDICATOR_FIELDS], rows, frozen=1)


def _overall(contents: Contents) -> Sheet:
    columns = [Column("判定", width=20), Column("指标数", "number", 9), Column("指标", width=70)]
    rows = [[f"{count.sign} {count.word}", count.number, "、".join(count.names)] for count in contents.counts]
    return Sheet("总体", columns, rows)


def _regions(contents: Contents) -> Sheet:
    headings = {
        "name": "地区", "expected": "应报", "reported": "已报", "achieved": "提前实现（已实现）", "ahead": "快于预期",
        "on_track": "基本符合预期", "lagging": "滞后于预期", "regressing": "背离目标", "missed": "未实现", "unjudged": "不作判断",
    }  # fmt: skip
    columns = [Column(heading, "text" if name == "name" else "number") for name, heading in headings.items()]
    rows = []
    for line in contents.regions:
        cells = region_cells(line)
        rows.append([line.name, *(int(cells[name]) for name in headings if name != "name"), line.demo, line.unreviewed])
    return Sheet("区域进展", [*columns, Column("含演示数据"), Column("含未经复核数据", width=16)], rows, frozen=1)


def _tasks(contents: Contents) -> Sheet:
    columns = [
        Column("组", width=28), Column("序号", width=8), Column("任务", width=36), Column("成果", width=44),
        Column("责任单位", width=44), Column("进展", width=44),
    ]  # fmt: skip
    rows = [
        [task.group, task.number, task.name, "、".join(task.deliverables), "、".join(task.units) or "文件未写明", task.progress]
        for task in contents.tasks
    ]
    return Sheet("重点任务", columns, rows)


def _goals(contents: Contents) -> Sheet:
    columns = [Column("年份", "number", 8), Column("定性目标", width=44), Column("评级")]
    return Sheet("定性目标", columns, [[goal.year, goal.name, goal.rating] for goal in contents.goals])


def _beside(contents: Contents) -> list[Sheet]:
    """What stands beside the figures of a frozen evaluation; no sheet where the report is of no evaluation."""
    if contents.basis is None:
        return []
    parts: list[tuple[str, Sequence[str], Sequence[Any]]] = [
        ("各方意见", VOICES, contents.voices), ("抽查核实", CHECKS, contents.checks), ("督办", SENT, contents.sent),
        ("指标调整", CHANGES, contents.changes),
    ]  # fmt: skip
    return [
        Sheet(name, [BESIDE[field] for field in fields], [[told(line, field) for field in fields] for line in lines], frozen=2)
        for name, fields, lines in parts
    ]


def told(line: Any, field: str) -> Any:
    """The value of a line's field for a cell; None where there is no text."""
    value = getattr(line, field)
    return None if value == "" else value


def _explained(contents: Contents) -> Sheet:
    """What the figures rest on: the texts of the report, policy, methods, sources, remarks, digest."""
    parts: list[tuple[str, str, str, str]] = [("报告", contents.title, contents.as_of.isoformat(), "")]
    parts += [("须注意", warning, "", "") for warning in contents.warnings]
    parts += [("背景", text, "", "") for text in contents.background]
    parts += [("总体评价", text, "", "") for text in contents.overall]
    parts += [("主要指标", text, "", "") for text in contents.findings]
    parts += [("区域进展", text, "", "") for text in contents.region_findings]
    parts += [("存在问题", text, "", "") for text in contents.problem_intro]
    parts += [("建议", text, "", "") for text in contents.suggestions]
    parts += [("判定标准", each.name, each.value, "") for each in contents.policy]
    parts += [("方法", each.name, each.value, "") for each in contents.methods]
    parts += [(each.kind, each.name, each.address, each.remark) for each in contents.sources]
    parts += [("规划文本的说明", remark, "", "") for remark in contents.remarks]
    parts += [("制作", line, "", "") for line in basis_lines(contents)]
    parts += [("数据摘要（SHA-256）", contents.digest, "", ""), ("数据版本", contents.data_version, "", "")]
    columns = [Column("类别", width=18), Column("内容", width=70), Column("值或地址", width=60), Column("说明", width=50)]
    return Sheet("说明", columns, [list(part) for part in parts])
