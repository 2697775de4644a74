"""The columns of a report's printed tables: heading, field of `trackers.reports.tables`, width in mm."""

from __future__ import annotations

Column = tuple[str, str, int]

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
    ("对象", "subject", 16), ("名称", "name", 34), ("地区", "region", 20), ("谁", "voice", 16), ("评定", "grade", 34),
    ("原因", "cause", 32), ("建议", "suggestion", 32), ("依据", "evidence", 23), ("日期", "day", 18),
]  # fmt: skip
CHECKS: list[Column] = [
    ("指标", "name", 42), ("地区", "region", 26), ("填报期", "period", 18), ("填报值", "reported", 24),
    ("核实值", "checked", 22), ("相差", "difference", 24), ("核实依据", "evidence", 45), ("怎样选的", "how", 24),
]  # fmt: skip
SENT: list[Column] = [
    ("编号", "number", 22), ("指标", "name", 34), ("地区", "region", 24), ("所据", "basis", 34), ("要求", "asked", 34),
    ("时限", "due", 20), ("状态", "state", 18), ("办理", "told", 39),
]  # fmt: skip
CHANGES: list[Column] = [
    ("指标", "name", 46), ("什么", "kind", 28), ("原值", "old", 22), ("新值", "new", 22), ("依据", "ground", 62),
    ("理由", "reason", 45),
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
