"""督办: the list in words, the groups it can be narrowed to, one order's story, and which rows have an open order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from dashboard.viewmodels.review import person
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Permission, Rights
from trackers.model.supervision import Order, OrderLevel, OrderStory, Step, StepKind
from trackers.model.wording import computed_text, date_text, gap_text, moment_text, number_text
from trackers.reports.order import order_lines

OPEN = "详情"
COLUMNS = [OPEN, "编号", "状态", "时限", "还有", "地区", "指标", "差额", "级别", "判定", "责任单位", "签发"]
GROUPS = {"overdue": "▼ 已逾期", "waiting": "○ 待答复", "answered": "◎ 已答复", "closed": "√ 已结案"}
ALL = "all"
LISTED = 500  # orders in the table at once, the most urgent; the rest are found by narrowing the list
TURNED = "turned"  # asked for in the place of a step: close all whose verdict has turned
Rows = Mapping[Any, Any]


class Asked(NamedTuple):
    """A step of an order, after so many that the person has seen; what is typed stays with these."""

    kind: StepKind
    order: int
    after: int

    def key(self, field: str) -> str:
        """Under which key a field of the form is kept: said by the region, or by those above it."""
        side = "answer" if self.kind is StepKind.ANSWERED else "decide"
        return f"order-{field}-{side}-{self.order}-{self.after}"

    @property
    def button(self) -> str:
        """The key of its button."""
        return f"order-{self.kind}-{self.order}"


class ToIssue(NamedTuple):
    """The rows of a judgement that orders are to be sent for, as they were shown."""

    plan: str
    day: date
    rows: tuple[tuple[str, str], ...]


def group_of(row: Rows) -> str:
    """The group an order is counted in; each order is in one."""
    if row["overdue"]:
        return "overdue"
    if not row["state"].is_open:
        return "closed"
    return "waiting" if row["state"].waits_for_region else "answered"


def _groups(rows: pd.DataFrame) -> list[str]:
    """The group of each order; what it is told by has few values."""
    known: dict[tuple[Any, bool], str] = {}
    for state, overdue in set(zip(rows["state"], rows["overdue"], strict=True)):
        known[state, overdue] = group_of({"state": state, "overdue": overdue})
    return [known[key] for key in zip(rows["state"], rows["overdue"], strict=True)]


def group_labels(rows: pd.DataFrame) -> dict[str, str]:
    """The groups that occur, with how many orders each has."""
    found = _groups(rows)
    return {code: f"{word} {found.count(code)}" for code, word in GROUPS.items() if code in found}


def groups_called(asked: str, labels: Iterable[str]) -> list[str]:
    """The groups that an address asks for by their word (已逾期), as far as they occur."""
    return [code for code in labels if GROUPS[code].split(" ")[1] == asked]


def narrowed(rows: pd.DataFrame, groups: Iterable[str], region: str = ALL) -> pd.DataFrame:
    """The orders of these groups (all where none is named) and of one region, in their order."""
    chosen, places = set(groups), zip(_groups(rows), rows["region"], strict=True)
    kept = [(not chosen or group in chosen) and region in (ALL, place) for group, place in places]
    return rows[pd.Series(kept, index=rows.index, dtype=bool)].reset_index(drop=True)


def region_labels(rows: pd.DataFrame) -> dict[str, str]:
    """The regions that have orders, with how many; all of them first."""
    numbers = rows["region"].value_counts()
    names = dict(zip(rows["region"], rows["region_name"], strict=True))
    return {ALL: f"全部地区（{len(rows)}）"} | {code: f"{names[code]}（{numbers[code]}）" for code in sorted(names)}


def table(rows: pd.DataFrame, *, every_plan: bool = False) -> pd.DataFrame:
    """The list in words, one row an order; the plan is named where there may be several."""
    columns = [OPEN, "规划", *COLUMNS[1:]] if every_plan else COLUMNS
    return pd.DataFrame([_line(row) for row in rows.to_dict("records")], columns=columns, dtype=object)


def _line(row: Rows) -> dict[str, str]:
    return {
        OPEN: "查看", "规划": row["plan_name"], "编号": row["number"], "状态": state_text(row),
        "时限": date_text(row["due"]), "还有": days_text(row), "地区": row["region_name"], "指标": row["indicator_name"],
        "差额": gap_text(row["shortfall"], row["unit"]), "级别": OrderLevel(row["level"]).word, "判定": row["word"],
        "责任单位": "、".join(row["units"]) or "规划未写明", "签发": person(row["by_name"]),
    }  # fmt: skip


def state_text(row: Rows) -> str:
    """Where an order stands, overdue said first: ▼ 已逾期，待答复."""
    sign, word = GROUPS[group_of(row)].split(" ")
    return f"{sign} {'已逾期，' if row['overdue'] else ''}{row['state'].word}"


def days_text(row: Rows) -> str:
    """How long there still is, or since when it is overdue; nothing where no answer is waited for."""
    if row["overdue"]:
        return f"逾期{-row['days']}天"
    if not (row["state"].waits_for_region or row["state"].waits_for_issuer):
        return ""
    return "今天到期" if row["days"] == 0 else f"{row['days']}天"


def chosen(rows: pd.DataFrame, id: int | None) -> int:
    """The order that is looked at: that of the id, or the first where it is not in the list."""
    ids = [int(each) for each in rows["id"]]
    return id if id in ids else ids[0]


def facts(order: Order, plan: Plan, tree: RegionTree) -> dict[str, str]:
    """All that the order says, by name."""
    marks = [word for word, there in (("演示数据", order.demo), ("未经复核", order.unreviewed)) if there]
    told = dict(order_lines(order, plan, tree))
    return told | ({"现值": f"{told['现值']}（{'；'.join(marks)}）"} if marks else {})


def steps(story: OrderStory) -> list[str]:
    """What became of the order, a line for each step, oldest first."""
    order = story.order
    first = f"{_when(order.at)}　{person(order.by_name)} 发出{order.level.word}：{order.asked}"
    return [first, *(_step(step) for step in story.steps)]


def _step(step: Step) -> str:
    until = f"（完成时限{date_text(step.until)}）" if step.until else ""
    files = f"；附件：{'、'.join(file.name for file in step.files)}" if step.files else ""
    return f"{_when(step.at)}　{person(step.by_name)} {step.kind.word}{f'：{step.said}' if step.said else ''}{until}{files}"


def _when(at: Any) -> str:
    return moment_text(at.isoformat())


def may_do(story: OrderStory, rights: Rights, plan: Plan) -> list[StepKind]:
    """What the person may do with the order now, in the order of the buttons."""
    needed = dict.fromkeys(StepKind, Permission.SUPERVISE) | {StepKind.ANSWERED: Permission.ANSWER}
    may = story.order.state.next
    return [kind for kind in StepKind if kind in may and rights.may(needed[kind], story.order.region, plan)]


def turned_lines(rows: pd.DataFrame) -> list[str]:
    """The orders that may be closed, each with how it stood and how it stands now."""
    return [_turned(row) for row in rows.to_dict("records")]


def _turned(row: Rows) -> str:
    before, now = (number_text(row[name], row["unit"]) for name in ("value", "value_now"))
    what = f"{row['number']}　{row['region_name']}　{row['indicator_name']}：{row['word']}（{before}）"
    return f"{what} → {row['word_now']}（{now}，截至{date_text(row['day_now'])}）"


def marked(rows: pd.DataFrame, open_: Mapping[tuple[str, str], str]) -> pd.DataFrame:
    """Judged rows with `supervised`: 已督办 · 待答复 where an order is open for them."""
    keys = zip(rows["indicator"], rows["region"], strict=True)
    return rows.assign(supervised=[f"已督办 · {open_[key].partition(' ')[2]}" if key in open_ else "" for key in keys])


def issuable(rows: pd.DataFrame, rights: Rights, plan: Plan) -> pd.DataFrame:
    """Those of the marked rows that the person may send an order for: theirs to supervise, with none open."""
    may = [
        not row["supervised"] and rights.may(Permission.SUPERVISE, row["region"], plan) for row in rows.to_dict("records")
    ]
    return rows[pd.Series(may, index=rows.index, dtype=bool)]


def left_out(ticked: int, kept: int) -> str:
    """What is said of ticked rows that get no order."""
    return f"勾选的 {ticked} 行里有 {ticked - kept} 行已有未结案的督办单，或不由您督办，不再发。" if ticked > kept else ""


def asked_for(rows: pd.DataFrame, most: int = 8) -> list[str]:
    """The rows that an order is to be sent for, the first few by name with what they lack."""
    records = rows.head(most).to_dict("records")
    said = [f"{row['region_name']}　{row['indicator_name']}：{row['word']}{_lacks(row)}" for row in records]
    return [*said, f"……共 {len(rows)} 项"] if len(rows) > most else said


def _lacks(row: Rows) -> str:
    if row["shortfall"] != row["shortfall"]:
        return ""
    return f"，差{gap_text(row['shortfall'], row['unit'])}（应达{computed_text(row['expected'], row['unit'])}）"


def issued(orders: Sequence[Order]) -> str:
    """What sending did, in a sentence."""
    numbers = "、".join(order.number for order in orders[:5])
    return f"已发出 {len(orders)} 件督办：{numbers}{' 等' if len(orders) > 5 else ''}。可在“督办”页打印、跟踪。"


def done(kind: StepKind, number: str) -> str:
    """What a step did, in a sentence."""
    said = {
        StepKind.ANSWERED: "已提交答复，等签发一方审定。", StepKind.ACCEPTED: "已认可答复；判定好转后可以结案。",
        StepKind.RETURNED: "已退回答复，由该地区重新答复。", StepKind.CLOSED: "已结案。",
    }[kind]  # fmt: skip
    return f"督办单 {number} {said}"


def suggested_due(today: date) -> date:
    """The due date that a new order has until somebody chooses another: a fortnight from today."""
    return date.fromordinal(today.toordinal() + 14)

