"""Whether a change of a target can be made at all, and what is said about it without standing in its way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date

from trackers.model.adjustment import (
    LONGEST_NUMBER,
    LONGEST_TEXT,
    Approval,
    Change,
    Kind,
    standing,
    target_of,
)
from trackers.model.plan import Aggregation, Direction, Indicator, Plan, RegionalTarget, Target, fits_shape
from trackers.model.region import RegionTree
from trackers.model.signs import has_odd_signs
from trackers.model.wording import gap_text, number_text

TEXTS = {"reason": "理由", "reference": "依据"}


def refusal(plan: Plan, tree: RegionTree, change: Change) -> str:
    """Why the change cannot be proposed, in a sentence without its end; empty where it can.

    `plan` has the targets that stand, those that hold from a later day among them.
    """
    if change.indicator not in {each.id for each in plan.indicators}:
        return f"规划里没有指标“{change.indicator}”"
    if not math.isfinite(change.value):
        return "目标值不是一个数"
    indicator = plan.indicator(change.indicator)
    if indicator.unit == "%" and not 0 <= change.value <= 100:
        return f"目标值读到 {number_text(change.value, '%')}，百分比应在 0 到 100 之间"
    return _place(plan, tree, indicator, change) or _value(plan, indicator, change) or _texts(change)


def _place(plan: Plan, tree: RegionTree, indicator: Indicator, change: Change) -> str:
    """Whether the plan has a place for the target, and the day from which it is to hold lies before it is due."""
    years = [each.year for each in indicator.targets]
    if change.kind is Kind.ANNUAL:
        if change.region:
            return "年度分解目标不分地区"
        if change.year in years:
            return f"{change.year} 年是目标年份，要改的是目标值，请提目标值调整"
        if not plan.start <= change.year <= plan.end:
            return f"年份读到 {change.year}，应在规划期 {plan.start}—{plan.end} 之内"
        return _since(plan, change, date(change.year, 12, 31))
    due = target_of(indicator, change.year)
    if due is None:
        return f"年份读到 {change.year}，应为本指标的目标年份 {'、'.join(map(str, years))} 之一"
    if change.kind is not Kind.REGIONAL:
        return "只有区域分解目标才写地区" if change.region else "生效日期在批准时登记，不在这里填写" if change.effective else ""
    if change.region not in {each.code for each in tree.below(plan.region)}:
        return f"地区应为{tree[plan.region].name}以下的地区"
    return _since(plan, change, due.day)


def _since(plan: Plan, change: Change, due: date) -> str:
    if change.effective is None:
        return "没有写从哪一天起生效"
    return _within(plan, change.effective, due)


def _within(plan: Plan, effective: date, due: date) -> str:
    if not plan.first_day <= effective <= due:
        return f"生效日期读到 {effective}，应在规划起算日 {plan.first_day} 与目标到期日 {due} 之间"
    return ""


def _value(plan: Plan, indicator: Indicator, change: Change) -> str:
    before = standing(plan, change)
    if change.kind is Kind.CONFIRMATION:
        target = target_of(indicator, change.year)
        if target is None or target.value is not None:
            return f"目标值 {number_text(before, indicator.unit)} 不是待核实的；要改变它，请提目标值调整"
        if target.shape and not fits_shape(change.value, target.shape):
            return f"读到 {number_text(change.value)}，与原文残留的“{target.shape}”不合。请再核对原件"
    elif before == change.value:
        return f"与现在的 {number_text(before, indicator.unit)} 相同，没有变化"
    return ""


def _texts(change: Change) -> str:
    if change.kind is not Kind.TARGET and not change.reference.strip():
        return "没有写依据：写明文件名称、文号或网址"
    if (change.kind is Kind.TARGET or change.old is not None) and not change.reason.strip():
        return "没有写理由"
    return next((why for name, word in TEXTS.items() if (why := text_refusal(getattr(change, name), word))), "")


def text_refusal(text: str, word: str, longest: int = LONGEST_TEXT) -> str:
    """Why a text cannot be kept; empty where it can."""
    if len(text) > longest:
        return f"{word}有 {len(text)} 个字，最多 {longest} 个"
    return f"{word}里有看不见的控制字符，请删去" if has_odd_signs(text) else ""


def approval_refusal(plan: Plan, change: Change, approval: Approval, today: date) -> str:
    """Why an approval cannot be registered; empty where it can."""
    if not approval.number.strip():
        return "没有写批准文件的文号"
    if approval.day > today:
        return f"批准日期读到 {approval.day}，晚于今天"
    due = target_of(plan.indicator(change.indicator), change.year)
    if due is None:
        return f"规划里已没有 {change.year} 年的目标"
    return _within(plan, approval.effective, due.day) or text_refusal(approval.number, "文号", LONGEST_NUMBER)


def remarks(plan: Plan, tree: RegionTree, change: Change) -> list[str]:
    """What is to be known about a change before it is decided over; `plan` has the change already."""
    indicator, said = plan.indicator(change.indicator), []
    if change.kind is Kind.TARGET and change.old is not None and _easier(indicator, change.old, change.value):
        said.append("新目标比原目标容易达到。")
    target = target_of(indicator, change.year)
    if target and indicator.baseline and not indicator.keep and _met(indicator, target):
        said.append(f"基期值{number_text(indicator.baseline.value, indicator.unit)}已达到这个目标。")
    if change.kind is Kind.ANNUAL:
        said += _beyond(indicator, change)
    return said + (share_sums(plan, tree, indicator) if change.kind is not Kind.ANNUAL else [])


def _easier(indicator: Indicator, old: float, new: float) -> bool:
    return new < old if indicator.direction is Direction.INCREASE else new > old


def _met(indicator: Indicator, target: Target) -> bool:
    base = indicator.baseline.value if indicator.baseline else math.nan
    value = target.value if target.value is not None else math.nan
    return base >= value if indicator.direction is Direction.INCREASE else base <= value


def _beyond(indicator: Indicator, change: Change) -> Iterator[str]:
    for target in indicator.targets:
        if target.value is not None and target.year > change.year and _easier(indicator, change.value, target.value):
            year, aim = number_text(change.value, indicator.unit), number_text(target.value, indicator.unit)
            yield f"{change.year}年的{year}已超过{target.year}年的目标{aim}。"


def share_sums(plan: Plan, tree: RegionTree, indicator: Indicator) -> list[str]:
    """For each milestone year, and level of regions, what the regional targets add up to beside the plan's target.

    A sum that falls short of it or exceeds it is said, not refused. Nothing is said where figures are not added up.
    """
    if indicator.aggregation is not Aggregation.SUM:
        return []
    said = []
    for target in indicator.targets:
        shares = [each for each in indicator.regional_targets if each.year == target.year]
        for level in dict.fromkeys(tree[each.region].level for each in shares):
            own = [each for each in shares if tree[each.region].level is level]
            every = [each.code for each in tree.at_level(plan.region, level) if each.valid_to is None]
            said.append(_sum(indicator, target, own, f"{level.word}地区", len(every)))
    return said


def _sum(indicator: Indicator, target: Target, shares: Sequence[RegionalTarget], level: str, expected: int) -> str:
    total = math.fsum(each.value for each in shares)
    lacking = f"，还有{expected - len(shares)}个没有分解目标" if expected > len(shares) else ""
    told = f"{target.year}年{level}分解目标合计{number_text(total, indicator.unit)}（{len(shares)}个{lacking}）"
    if target.value is None:
        return f"{told}；规划目标待核实，无从比较。"
    aim, gap = number_text(target.value, indicator.unit), total - target.value
    if not gap:
        return f"{told}，与规划目标{aim}相等。"
    word = "多" if gap > 0 else "少"
    return f"{told}，比规划目标{aim}{word}{gap_text(abs(gap), indicator.unit)}。"
