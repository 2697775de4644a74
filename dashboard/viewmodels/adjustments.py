"""指标调整: changes of targets in words, what a form offers, and what a proposed target would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from dashboard.viewmodels.review import person
from trackers.model.account import Actor
from trackers.model.adjustment import Adjustment, Change, Kind, State, plan_on
from trackers.model.plan import Indicator, Plan, Target
from trackers.model.region import RegionTree
from trackers.model.rights import Permission, Rights
from trackers.model.wording import MISSING, date_text, gap_text, moment_text, number_text, percent_text
from trackers.queries.places import target_value

Steps = list[tuple[date, float, str]]  # from a day on: the target, and the number of what approved it
COLUMNS = ["编号", "类别", "指标", "年份", "地区", "原值", "新值", "状态", "提出人", "提出时间", "文号", "生效"]
STEP_WORDS = {
    State.EXAMINED: "审查通过", State.SENT_BACK: "退回", State.APPROVED: "登记批准", State.REJECTED: "登记未获批准",
    State.WITHDRAWN: "撤回",
}  # fmt: skip
NEEDS = {
    Kind.TARGET: "须经审查，再由政府批准：批准文件的文号、日期和生效日期在批准时登记。生效日之前的判断仍用原目标。",
    Kind.ANNUAL: "填写年份、数值、所依据的文件和从哪一天起生效；由另一个人审查后生效。",
    Kind.REGIONAL: "填写地区、数值、所依据的文件和从哪一天起生效；由另一个人审查后生效。各地之和与规划目标不等时会说明。",
    Kind.CONFIRMATION: "原文残损、待核实的目标：填写原件上的数值和出处；由另一个人审查后，从规划开始起有效。",
}  # fmt: skip


def _unit(plan: Plan, change: Change) -> str:
    return next((each.unit for each in plan.indicators if each.id == change.indicator), "")


def _name(plan: Plan, change: Change) -> str:
    return next((each.name for each in plan.indicators if each.id == change.indicator), change.indicator)


def _sign(plan: Plan, change: Change) -> str:
    indicator = next((each for each in plan.indicators if each.id == change.indicator), None)
    found = next((each for each in indicator.targets if each.year == change.year), None) if indicator else None
    return found.comparator.sign if found else ""


def before_text(plan: Plan, change: Change) -> str:
    """The old value: ≥80项, 待核实, or that there was none."""
    if change.old is None:
        return "待核实" if change.kind in (Kind.TARGET, Kind.CONFIRMATION) else "没有"
    return _sign(plan, change) + number_text(change.old, _unit(plan, change))


def after_text(plan: Plan, change: Change) -> str:
    """The new value: ≥90项."""
    return _sign(plan, change) + number_text(change.value, _unit(plan, change))


def place_text(plan: Plan, tree: RegionTree, change: Change) -> str:
    """What is changed: 指标，2020年，彰武县."""
    region = f"，{tree[change.region].name}" if change.region else ""
    return f"{_name(plan, change)}，{change.year}年{region}"


def label(plan: Plan, tree: RegionTree, adjustment: Adjustment) -> str:
    """One change in a line to choose it by; where it stands is not said: a choice keeps the words it was made with."""
    change = adjustment.change
    moved = f"{before_text(plan, change)} → {after_text(plan, change)}"
    return f"{adjustment.id}　{change.kind.word}：{place_text(plan, tree, change)}，{moved}"


def table(found: Iterable[Adjustment], plan: Plan, tree: RegionTree) -> pd.DataFrame:
    """Changes in words, one row each."""
    rows = [
        [
            each.id, each.change.kind.word, _name(plan, each.change), f"{each.change.year}年",
            tree[each.change.region].name if each.change.region else MISSING, before_text(plan, each.change),
            after_text(plan, each.change), each.word, person(each.by_name), _moment(each.at),
            f"{each.approval.number}{each.mark}" if each.approval else MISSING, since(each),
        ]
        for each in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def told_on_plan(found: Iterable[Adjustment], plan: Plan, tree: RegionTree, day: date) -> pd.DataFrame:
    """What is in force, or will be, as the page of the plan shows it to everybody."""
    rows = [
        [
            each.change.kind.word, place_text(plan, tree, each.change), before_text(plan, each.change),
            after_text(plan, each.change), ground_text(each), since(each), "有效" if each.holds(day) else "截至日还未生效",
        ]
        for each in found
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["类别", "指标", "原目标", "新目标", "依据", "生效", "截至日"])


def ground_text(adjustment: Adjustment) -> str:
    """The number and the day of the approval, else the reference."""
    approval = adjustment.approval
    told = f"{approval.number}，{date_text(approval.day)}" if approval else adjustment.change.reference
    return told + adjustment.mark


def since(adjustment: Adjustment) -> str:
    """From which day on it holds: 2017年4月1日起, 从规划开始起."""
    if adjustment.decisive is None:
        return MISSING
    return "从规划开始起" if adjustment.effective == date.min else f"{date_text(adjustment.effective)}起"


def _moment(at: datetime) -> str:
    return moment_text(at.isoformat())


def facts(plan: Plan, tree: RegionTree, adjustment: Adjustment) -> dict[str, str]:
    """All there is to say of one change, by name of the fact."""
    change = adjustment.change
    told = {
        "类别": change.kind.word, "对象": place_text(plan, tree, change), "原值": before_text(plan, change),
        "新值": after_text(plan, change), "理由": change.reason, "依据": change.reference,
        "拟生效日期": date_text(change.effective) if change.effective else "", "状态": adjustment.word,
        "批准文件": ground_text(adjustment) if adjustment.approval else "",
        "生效": since(adjustment) if adjustment.decisive else "",
    }  # fmt: skip
    return {name: text for name, text in told.items() if text}


def story(adjustment: Adjustment) -> list[str]:
    """What was done about it, by whom and when, oldest first."""
    lines = [f"{_moment(adjustment.at)}　{person(adjustment.by_name)} 提出"]
    for step in adjustment.steps:
        said = f"：{step.comment}" if step.comment else ""
        number = f"（{step.approval.number}，自{date_text(step.approval.effective)}起）" if step.approval else ""
        own = "，由提出人办理" if step.by == adjustment.by and step.state is not State.WITHDRAWN else ""
        lines.append(f"{_moment(step.at)}　{person(step.by_name)} {STEP_WORDS[step.state]}{number}{own}{said}")
    return lines


def may_do(adjustment: Adjustment, plan: Plan, rights: Rights, who: Actor) -> set[str]:
    """What the person is offered: examine, approve, withdraw. The action asks again."""
    own = adjustment.by == who.login and not who.operator
    offered = {
        "examine": (Permission.EXAMINE, adjustment.state is State.PROPOSED and not own),
        "approve": (Permission.ADJUST, adjustment.state is State.EXAMINED and not own),
        "withdraw": (Permission.PROPOSE, adjustment.by == who.login or who.operator),
    }
    return {
        name for name, (needed, fits) in offered.items()
        if fits and adjustment.is_open and rights.may(needed, plan.region, plan)
    }  # fmt: skip


def kinds(plan: Plan) -> dict[str, str]:
    """The kinds of change that the plan has something for."""
    lost = any(_lost(each) for each in plan.indicators)
    return {kind.value: kind.word for kind in Kind if lost or kind is not Kind.CONFIRMATION}


def _lost(indicator: Indicator) -> list[Target]:
    return [target for target in indicator.targets if target.value is None]


def indicators(plan: Plan, kind: Kind) -> dict[str, str]:
    """The indicators that have something to change of this kind."""
    return {each.id: each.name for each in plan.indicators if kind is not Kind.CONFIRMATION or _lost(each)}


def years(plan: Plan, indicator: Indicator, kind: Kind) -> list[int]:
    """The years that can be chosen."""
    due = [each.year for each in indicator.targets]
    if kind is Kind.ANNUAL:
        return [year for year in range(plan.start, plan.end + 1) if year not in due]
    return due if kind is not Kind.CONFIRMATION else [each.year for each in _lost(indicator)]


def region_choices(plan: Plan, tree: RegionTree, on: date) -> dict[str, str]:
    """The regions that can have a share of the plan's targets."""
    return {each.code: tree.path_name(each.code) for each in tree.below(plan.region, on)}


def what_if_table(found: pd.DataFrame) -> pd.DataFrame:
    """Every region's verdict now and with the proposed target; those whose verdict would be another come first."""
    rows = [
        {
            "变化": "判定改变" if row["moves"] else "不变", "地区": row["region_name"],
            "现值": number_text(row["value"], row["unit"]) + ("（演示数据）" if row["demo"] else ""),
            "现目标": row["target_text"], "新目标": row["target_text_then"],
            "现在判定": f"{row['sign']} {row['word']}", "调整后判定": f"{row['sign_then']} {row['word_then']}",
            "现完成率": percent_text(row["completion"]), "调整后完成率": percent_text(row["completion_then"]),
            "现落后": gap_text(row["shortfall"], row["unit"]), "调整后落后": gap_text(row["shortfall_then"], row["unit"]),
        }
        for row in found.sort_values("moves", ascending=False, kind="stable").to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows)


def what_if_sentence(found: pd.DataFrame, day: date) -> str:
    """How many verdicts would be another: 截至2024年5月20日，调整后 3/14 个判定会改变."""
    return f"截至{date_text(day)}，调整后 {int(found['moves'].sum())}/{len(found)} 个判定会改变。"


def split(found: Sequence[Adjustment]) -> tuple[list[Adjustment], list[Adjustment], list[Adjustment]]:
    """Those still open, those in force, and those given up, each newest first."""
    closed = [each for each in found if not each.is_open and not each.decisive]
    return [each for each in found if each.is_open], [each for each in found if each.decisive], closed


def preview(changes: Iterable[Change], plan: Plan, tree: RegionTree) -> pd.DataFrame:
    """The targets of a sheet before they are proposed."""
    rows = [
        [
            change.kind.word, _name(plan, change), f"{change.year}年", tree[change.region].name if change.region else MISSING,
            before_text(plan, change), after_text(plan, change), date_text(change.effective), change.reference, change.reason,
        ]
        for change in changes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["类别", "指标", "年份", "地区", "原值", "新值", "生效日期", "依据", "理由"])


def target_steps(document: Plan, changes: Sequence[Adjustment], row: Mapping[Any, Any], day: date) -> Steps:
    """The target that a judged row was held to from each day on, as far as known changes moved it by `day`.

    The first step begins with the plan; empty where the target never changed. `document` is the plan as it was loaded.
    """
    days = sorted({each.effective for each in changes if date.min < each.effective <= day})
    told: Steps = []
    for since, approved in [(document.first_day, ""), *((each, _number(changes, each, row)) for each in days)]:
        value = _held_to(plan_on(document, changes, since), row)
        if value is not None and (not told or value != told[-1][1]):
            told.append((since, value, approved))
    return told if len(told) > 1 else []


def _held_to(plan: Plan, row: Mapping[Any, Any]) -> float | None:
    indicator = next((each for each in plan.indicators if each.id == row["indicator"]), None)
    target = next((each for each in indicator.targets if each.year == row["target_year"]), None) if indicator else None
    return target_value(plan, indicator, target, row["region"]) if indicator and target else None


def _number(changes: Iterable[Adjustment], day: date, row: Mapping[Any, Any]) -> str:
    own = [each for each in changes if each.effective == day and each.change.indicator == row["indicator"]]
    return next(((each.approval.number if each.approval else each.change.reference) + each.mark for each in reversed(own)), "")
