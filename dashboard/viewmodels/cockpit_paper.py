"""驾驶舱 on one page of paper: the same figures as on the screen, in words and tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboard.viewmodels import words
from dashboard.viewmodels.cockpit import Cockpit, Line, Standing, as_of
from dashboard.viewmodels.overview import Completeness, Count
from dashboard.viewmodels.supervision import GROUPS
from trackers.assessment.changes import Turn
from trackers.model.wording import date_text, percent_text
from trackers.reports.blocks import Block, Paper, Words, grid
from trackers.reports.columns import Column

TITLE = "计量规划目标驾驶舱"
PLANS: list[Column] = [
    ("规划", "name", 48), ("截至", "day", 32), ("指标", "total", 16), ("能判断", "judged", 18), ("完成率", "completion", 21),
    ("应完成", "due", 21),
]  # fmt: skip
WORST: list[Column] = [("判定", "name", 26), ("指标、地区", "told", 46), ("差距", "note", 46), ("责任单位", "units", 38)]
TURNED: list[Column] = [("判定的变化", "name", 56), ("指标、地区", "told", 100)]
FEW = 8  # plans that a page has room for


def paper(seen: Cockpit, day: date, *, demonstration: bool) -> Paper:
    """The page, made on the day; `demonstration` says whether the database is one."""
    blocks: list[Block] = [Words(TITLE, "title"), Words(f"（{date_text(day)}制作）", "subtitle")]
    blocks += [Words(f"{words.DEMO}：标为演示数据的进展数字是编造的，不是真实进展。", "warning")] if demonstration else []
    blocks += [Words("总体情况", "one"), *_overall(seen)]
    blocks += [Words("各规划完成率与时序进度（都是各项指标的中位数）", "one"), *_plans(seen.standings)]
    blocks += [Words("差得最多的", "one"), *_or_none(grid("", WORST, [_short(each) for each in seen.worst]), "没有落后的。")]
    if seen.turns:
        numbers = "、".join(f"{turn.word}{seen.turns.numbers[turn]}项" for turn in Turn)
        blocks += [Words(f"比上一季度（{date_text(seen.turns.since)}）", "one"), Words(f"{seen.chosen_label}：{numbers}。")]
        blocks += grid("", TURNED, [{"name": each.told, "told": each.title} for each in seen.turns.lines])
    return Paper(TITLE, day, tuple(blocks), size=10.5, pitch=15.5, head=20.0, table=9.0, small=8.0)


def _overall(seen: Cockpit) -> list[Block]:
    told = [f"全部{len(seen.standings)}份规划{seen.total}项指标：{_counted(seen.counts)}。{_there(seen.there)}。"]
    if seen.chosen:
        told.append(f"{as_of(seen.chosen)}{seen.chosen.total}项指标：{_counted(seen.chosen.counts)}。{_there(seen.chosen.there)}。")
    orders = "、".join(f"{label.split(' ')[1]}{seen.orders[group]}件" for group, label in GROUPS.items())
    told.append(f"督办（全部规划）：{orders}。")
    return [Words(each) for each in told]


def _counted(counts: Iterable[Count]) -> str:
    return "、".join(f"{each.label.split(' ')[1]}{each.number}项" for each in counts)


def _there(there: Completeness) -> str:
    return f"应填报{there.expected}个数据，已填报{there.reported}个，填报率{percent_text(there.share)}"


def _plans(standings: list[Standing]) -> list[Block]:
    rows = [
        {"name": each.label, "day": str(each.day), "total": each.total, "judged": each.judged,
         "completion": percent_text(each.completion), "due": percent_text(each.due)}
        for each in standings[:FEW]
    ]  # fmt: skip
    more = len(standings) - len(rows)
    return [*grid("", PLANS, rows), *([Words(f"另有{more}份规划，见系统。", "small")] if more > 0 else [])]


def _short(line: Line) -> dict[str, str]:
    note = f"{line.gap}；{line.figures}" if line.gap else line.figures
    return {"name": line.told, "told": f"{line.title}（{line.plan}）", "note": note, "units": line.units}


def _or_none(blocks: list[Block], none: str) -> list[Block]:
    return blocks or [Words(none)]
