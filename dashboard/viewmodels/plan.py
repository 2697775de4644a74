"""What the page 规划 tells of one document: what it is, its goals in words, tasks, safeguards and evaluations.

Nothing of the document's text stands here: names, units, and where in the file each thing was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trackers.model.plan import CarriedOut, EvaluationOrder, Plan, Safeguard, Source, Task
from trackers.model.region import RegionTree
from trackers.model.wording import date_text

UNSAID = "未说明"
SECOND_SOURCE = "仅见于另一来源"


class Fact(NamedTuple):
    """One line: what it is, what is said of it, and where it leads to."""

    label: str
    text: str
    address: str = ""  # of a page elsewhere
    plan: str = ""  # id of a plan held here


class Line(NamedTuple):
    """A goal, task or safeguard: its number and name, what belongs to it, and its place in the document."""

    name: str
    parts: list[Fact]
    place: str


def facts(plan: Plan, tree: RegionTree, held: Iterable[str]) -> list[Fact]:
    """What the document is; `held` are the ids of the plans that can be opened."""
    years = f"{plan.start}—{plan.end}年" if plan.end != plan.start else f"{plan.start}年"
    found = [
        Fact("地区", tree[plan.region].name),
        Fact("印发机关", plan.issuer or UNSAID),
        Fact("文号", with_remark(plan.number or UNSAID, plan.number_remark)),
        Fact("印发日期", date_text(plan.issued) if plan.issued else UNSAID),
        Fact("规划期", with_remark(years, plan.start_remark)),
        Fact("目标年", "、".join(f"{year}年" for year in plan.milestones)),
        *(_carried_out(each, set(held)) for each in plan.carries_out),
        Fact("原文文件", plan.source_file or "未收录"),
    ]
    if plan.reference:
        found.append(Fact(SECOND_SOURCE if plan.second_source_only else "来源", plan.reference, plan.reference))
    return found


def _carried_out(superior: CarriedOut, held: set[str]) -> Fact:
    text = with_remark(superior.title, superior.number)
    return Fact("落实的上级文件", text, plan=superior.plan if superior.plan in held and superior.plan else "")


def with_remark(text: str, remark: str) -> str:
    """The text with what has to be said of it in brackets."""
    return f"{text}（{remark}）" if remark else text


def place_of(source: Source) -> str:
    """Section and span, the span in half-open code points of the file."""
    return f"{source.section}，[{source.start}, {source.end})"


def goals_by_year(plan: Plan) -> dict[int, list[Line]]:
    """Goals in words under the year they are set for, early ones first."""
    years = sorted({goal.year for goal in plan.goals})
    return {
        year: [Line(goal.name, [], place_of(goal.source)) for goal in plan.goals if goal.year == year] for year in years
    }


def task_units(plan: Plan) -> list[str]:
    """Responsible units of the tasks, in the order in which the document first names them."""
    return list(dict.fromkeys(unit for task in plan.tasks for unit in task.units))


def task_groups(plan: Plan, text: str = "", unit: str | None = None) -> dict[str, list[Line]]:
    """Tasks under their group: those of the unit, in which every word of `text` occurs."""
    words = text.split()
    found: dict[str, list[Line]] = {}
    for task in plan.tasks:
        if (unit is None or unit in task.units) and all(word in _words_of(task) for word in words):
            found.setdefault(task.group, []).append(_task(task))
    return found


def _words_of(task: Task) -> str:
    return "\n".join([task.number, task.group, task.name, *task.deliverables, *task.units])


def _task(task: Task) -> Line:
    parts = [Fact("责任单位", "、".join(task.units) or UNSAID)]
    parts += [Fact("交付内容", "；".join(task.deliverables))] if task.deliverables else []
    return Line(numbered(task.number, task.name), parts, place_of(task.source))


def numbered(number: str, name: str) -> str:
    """The name behind its number, as documents write it: （三）名称, 3. 名称."""
    return f"{number}. {name}" if number.isascii() else f"{number}{name}"


def safeguard_lines(plan: Plan) -> list[Line]:
    """Safeguards with their units and what each is to do."""
    return [Line(numbered(s.number, s.name), _duties(s), place_of(s.source)) for s in plan.safeguards]


def _duties(safeguard: Safeguard) -> list[Fact]:
    if not safeguard.units and not safeguard.duties:
        return [Fact("责任单位", UNSAID)]
    units: Mapping[str, str] = dict.fromkeys(safeguard.units, "") | safeguard.duties
    if not any(units.values()):
        return [Fact("责任单位", "、".join(units))]
    return [Fact(unit, duty or "职责未说明") for unit, duty in units.items()]


def evaluation_lines(plan: Plan) -> list[Line]:
    """Evaluations the document orders."""
    return [Line(each.kind.word, _ordered(each), place_of(each.source)) for each in plan.evaluations]


def _ordered(order: EvaluationOrder) -> list[Fact]:
    found = [
        Fact("年份", f"{order.year}年" if order.year else UNSAID),
        Fact("组织单位", "、".join(order.by) or UNSAID),
    ]
    found += [Fact("第三方评估", "要求")] if order.third_party else []
    found += [Fact("结果公布", "要求")] if order.published else []
    return found + ([Fact("调整的批准", order.approval)] if order.approval else [])
