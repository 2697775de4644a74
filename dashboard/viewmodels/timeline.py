"""What a plan has on its way: where it begins, its milestones, evaluations, changes of targets; by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from trackers.model.adjustment import Adjustment
from trackers.model.evaluation import Evaluation
from trackers.model.plan import Plan
from trackers.model.wording import date_text

MILESTONE, ORDERED, HELD, CHANGED = "里程碑", "部署的评估", "开展的评估", "指标调整"
ROWS = (MILESTONE, ORDERED, HELD, CHANGED)


class Event(NamedTuple):
    """Something on a day, or within a year (`until` its last day)."""

    row: str
    day: date
    name: str
    told: str
    until: date | None = None


def events(plan: Plan, evaluations: Sequence[Evaluation], changes: Sequence[Adjustment]) -> list[Event]:
    """Everything that has a day or a year, in rows; `changes` as `queries.adjustments.in_force` gives them."""
    found = [Event(MILESTONE, plan.first_day, "起点", f"规划期从{date_text(plan.first_day)}之后算起")]
    found += [Event(MILESTONE, plan.issued, "印发", f"{date_text(plan.issued)}印发")] if plan.issued else []
    found += [Event(MILESTONE, date(year, 12, 31), f"{year}年目标", f"{year}年末的目标") for year in plan.milestones]
    found += [
        Event(ORDERED, date(each.year, 1, 1), each.kind.word, f"文件部署：{each.year}年{each.kind.word}", date(each.year, 12, 31))
        for each in plan.evaluations
        if each.year
    ]
    found += [Event(HELD, each.cutoff, each.kind.word, f"{each.name}：{each.state.word}") for each in evaluations]
    return found + _changes(plan, changes)


def _changes(plan: Plan, changes: Sequence[Adjustment]) -> list[Event]:
    """One mark a day: which targets are others from then on."""
    by_day: dict[date, list[str]] = {}
    for each in changes:
        if plan.first_day < each.effective <= plan.last_day:
            name = next((one.name for one in plan.indicators if one.id == each.change.indicator), each.change.indicator)
            by_day.setdefault(each.effective, []).append(f"{name}{each.mark}")
    return [
        Event(CHANGED, day, f"{len(names)}项", f"{date_text(day)}起生效：{'、'.join(dict.fromkeys(names))}")
        for day, names in sorted(by_day.items())
    ]


def without_day(plan: Plan) -> str:
    """What the document orders without saying when."""
    kinds = [each.kind.word for each in plan.evaluations if not each.year]
    return f"文件部署了{'、'.join(kinds)}，没有写明年份，不在图中。" if kinds else ""
