"""待办: what waits for a person, in words, and the address of the sheet that each leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from dashboard.viewmodels import entry
from dashboard.viewmodels.evaluation import SECTIONS
from dashboard.viewmodels.words import escaped
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Permission, Rights
from trackers.queries.tasks import Task, TaskKind

COLOURS = {
    TaskKind.OVERDUE: "red", TaskKind.DUE_SOON: "orange", TaskKind.MEND: "orange", TaskKind.ENTER: "blue",
    TaskKind.REVIEW: "blue", TaskKind.ORDER_OVERDUE: "red", TaskKind.ANSWER: "orange", TaskKind.DECIDE: "blue",
    TaskKind.SELF_ASSESS: "blue",
    TaskKind.EXAMINE: "blue", TaskKind.REGISTER: "blue",
}  # fmt: skip
SIGNS = {
    TaskKind.OVERDUE: "▼", TaskKind.DUE_SOON: "◆", TaskKind.MEND: "↩", TaskKind.ENTER: "○", TaskKind.REVIEW: "◎",
    TaskKind.ORDER_OVERDUE: "▼", TaskKind.ANSWER: "◆", TaskKind.DECIDE: "◎", TaskKind.SELF_ASSESS: "○",
    TaskKind.EXAMINE: "◎", TaskKind.REGISTER: "◎",
}  # fmt: skip
ABOUT = {
    TaskKind.OVERDUE: "截止日已过、还没有报的数。截止一年以上的不再列在这里，见“填报期”。",
    TaskKind.DUE_SOON: "五个工作日之内截止。",
    TaskKind.MEND: "审核人退回的数，请改后再报；过了截止日也可以改。",
    TaskKind.ENTER: "正在开放、还没有报的数。",
    TaskKind.REVIEW: "下级报来、等您审核的数。您自己报的要由别人审核，不在其中。",
    TaskKind.ORDER_OVERDUE: "已过时限、还没有认可的答复的督办。",
    TaskKind.ANSWER: "上级发来、等您答复的督办。",
    TaskKind.SELF_ASSESS: "截止日已到、还没有公布的评估，您负责的地区还没有写自评。写过一条就不再提醒。",
    TaskKind.DECIDE: "下级已经答复、等您认可或退回的督办。您自己答复的要由别人审定，不在其中。",
    TaskKind.EXAMINE: "已提出、等您审查的指标调整。您自己提出的要由别人审查，不在其中。",
    TaskKind.REGISTER: "已审查、等批准机关批准的指标调整，批准文件下来后登记文号。您自己提出的由别人登记，不在其中。",
}
PLACES = {"review": "去审核", "supervision": "去督办", "adjustments": "去指标调整", "evaluation": "去写自评"}
UNIT = {
    TaskKind.MEND: "个数被退回", TaskKind.REVIEW: "个下级报来的数待审核", TaskKind.ORDER_OVERDUE: "件督办逾期",
    TaskKind.ANSWER: "件督办待答复", TaskKind.SELF_ASSESS: "个地区待自评", TaskKind.DECIDE: "件答复待审定",
    TaskKind.EXAMINE: "项调整待审查", TaskKind.REGISTER: "项调整待登记批准",
}  # fmt: skip


def kinds_for(rights: Rights) -> list[TaskKind]:
    """What can wait for the person at all."""
    needed = dict.fromkeys(TaskKind, {Permission.ENTER}) | {
        TaskKind.REVIEW: {Permission.REVIEW}, TaskKind.ORDER_OVERDUE: {Permission.ANSWER, Permission.SUPERVISE},
        TaskKind.ANSWER: {Permission.ANSWER}, TaskKind.DECIDE: {Permission.SUPERVISE},
        TaskKind.EXAMINE: {Permission.EXAMINE}, TaskKind.REGISTER: {Permission.ADJUST},
    }  # fmt: skip
    return [kind for kind in TaskKind if any(rights.may(each) for each in needed[kind])]


def label(kind: TaskKind) -> str:
    """The kind with its sign: ▼ 已逾期."""
    return f"{SIGNS[kind]} {kind.word}"


def badge(kind: TaskKind) -> str:
    """The kind on a ground of its colour, as Markdown."""
    return f":{COLOURS[kind]}-badge[{label(kind)}]"


def counted(tasks: Sequence[Task], kind: TaskKind) -> str:
    """How many tasks of a kind wait."""
    number = sum(task.kind is kind for task in tasks)
    return f"{number}项" if number else "没有"


def line(task: Task) -> str:
    """One task as Markdown: whom and what it is for, how many figures, and why."""
    place = "　".join(filter(None, [escaped(task.region_name), period_words(task)]))
    head = f"**{place}**　规划“{escaped(task.plan_name)}”"
    return f"{head}　{task.number} {UNIT.get(task.kind, '个数没有报')}\n\n{escaped(task.why)}"


def period_words(task: Task) -> str:
    """The period, or the span of periods, in words."""
    return " 至 ".join(Period.parse(text).words for text in task.period.split(" 至 ") if text)


def go_words(task: Task) -> str:
    """What the button says."""
    return PLACES.get(task.page, "看填报表" if task.kind is TaskKind.OVERDUE else "去填报")


def rest(tasks: Sequence[Task]) -> pd.DataFrame:
    """Tasks as a table, where there are too many for one line each."""
    columns = ["地区", "填报期", "规划", "数", "说明"]
    rows = [(t.region_name, period_words(t), t.plan_name, t.number, t.why) for t in tasks]
    return pd.DataFrame(rows, columns=columns).assign(**{"": "打开"})


def address(task: Task, plan: Plan, name: str, tree: RegionTree, rights: Rights, on: date) -> Mapping[str, str]:
    """What stands in the address of the page the task leads to; `name` is what the plan is called there."""
    if task.page == "evaluation":
        return {**task.query, "plan": name, "see": SECTIONS["findings"]}
    if task.page != "entry":
        return {"plan": name}
    period = entry.period_label(Period.parse(task.period))
    return {"plan": name, **_region(plan, tree, rights, task.region, on), "period": period}


def _region(plan: Plan, tree: RegionTree, rights: Rights, region: str, on: date) -> dict[str, str]:
    """The choices, level by level, that lead to the region on the page 填报."""
    path = [*tree.above(region, plan.region)[::-1], region]
    steps = {f"region-{depth}": tree[code].name for depth, code in enumerate(path[1:])}
    below = entry.entered_by(rights, plan, tree, entry.regions_below(plan, tree, region, on))
    if below or len(path) == 1:
        steps[f"region-{len(path) - 1}"] = f"{tree[region].name}（本级）" if below else tree[region].name
    return steps
