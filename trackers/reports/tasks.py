"""Part 4: tasks, safeguards, responsible units and goals in words. Nothing is known of them but what is reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from trackers.model.plan import Plan
from trackers.reports.figures import Row
from trackers.reports.outline import GoalLine, TaskLine, UnitLine
from trackers.reports.overview import BEHIND, standing

UNKNOWN = "进展尚未填报"
UNRATED = "尚未评级"


Graded = Mapping[str, str]  # by the code of a task or goal, what the voices of an evaluation say of it


def task_intro(plan: Plan, graded: str = "各项进展尚未填报") -> list[str]:
    """How many tasks there are, and what is known of them."""
    if not plan.tasks and not plan.safeguards:
        return ["所录文件没有列出重点任务。"]
    groups = len({task.group for task in plan.tasks})
    unassigned = sum(not task.units for task in plan.tasks)
    said = f"文件列有重点任务{len(plan.tasks)}项（{groups}组）、保障措施{len(plan.safeguards)}项，{graded}。"
    if unassigned:
        said += f"其中{unassigned}项任务文件未写明责任单位。"
    return [said + "表中“相关指标”的判定只说明指标，不代表任务本身的进展。"]


def task_lines(plan: Plan, rows: Sequence[Row], as_of: date, graded: Graded | None = None) -> list[TaskLine]:
    """Tasks by group, then safeguards, each with its units and the verdicts of the indicators it serves."""
    serving = {each.id: set(each.tasks) for each in plan.indicators}
    lines = []
    for task in plan.tasks:
        served = [standing(row, as_of) for row in rows if task.id in serving[row.indicator]]
        progress = (graded or {}).get(task.id, UNKNOWN) + (f"；相关指标：{'、'.join(served)}" if served else "")
        lines.append(
            TaskLine(
                group=task.group, number=task.number, name=task.name, deliverables=tuple(task.deliverables),
                units=tuple(task.units), progress=progress,
            )
        )  # fmt: skip
    return lines + [
        TaskLine(group="保障措施", number=s.number, name=s.name, deliverables=(), units=tuple(s.units), progress=UNKNOWN)
        for s in plan.safeguards
    ]


def unit_lines(plan: Plan, rows: Sequence[Row]) -> list[UnitLine]:
    """Every responsible unit with what it has to do, in the document's order; empty where none is named."""
    tasked = [unit for task in plan.tasks for unit in task.units]
    named = dict.fromkeys([*plan.units, *tasked, *(unit for each in plan.safeguards for unit in each.units)])
    lines = []
    for unit in named:
        own = [row for row in rows if unit in row.units]
        lines.append(
            UnitLine(
                unit=unit,
                tasks=sum(unit in task.units for task in plan.tasks),
                safeguards=sum(unit in each.units for each in plan.safeguards),
                indicators=tuple(row.indicator_name for row in own),
                behind=tuple(row.indicator_name for row in own if row.verdict in BEHIND),
            )
        )
    return [line for line in lines if line.tasks or line.safeguards]


def goal_lines(plan: Plan, graded: Graded | None = None) -> list[GoalLine]:
    """Goals in words with their rating; where nobody has given one it says so."""
    return [GoalLine(year=goal.year, name=goal.name, rating=(graded or {}).get(goal.id, UNRATED)) for goal in plan.goals]
