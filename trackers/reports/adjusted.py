"""What a report says of changed targets: both values, the number and day of the approval, from when the new one holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from trackers.model.adjustment import Adjustment, Kind
from trackers.model.plan import Plan
from trackers.model.wording import date_text, number_text


def adjusted_sentences(plan: Plan, changes: Sequence[Adjustment], as_of: date) -> dict[str, str]:
    """By indicator, a sentence for each change of a target that holds on the day, and each confirmation.

    `changes` in the order of their decision; the shares of years and regions stand among the sources.
    """
    told: dict[str, str] = {}
    for each in changes:
        if each.holds(as_of) and each.change.kind in (Kind.TARGET, Kind.CONFIRMATION):
            told[each.change.indicator] = told.get(each.change.indicator, "") + _sentence(plan, each)
    return told


def _sentence(plan: Plan, adjustment: Adjustment) -> str:
    change, approval = adjustment.change, adjustment.approval
    indicator = next((each for each in plan.indicators if each.id == change.indicator), None)
    if indicator is None:
        return ""
    sign = next((target.comparator.sign for target in indicator.targets if target.year == change.year), "")
    new = f"{sign}{number_text(change.value, indicator.unit)}"
    if approval is None:
        return f"{change.year}年目标原文残损，经核实确认为{new}（依据：{change.reference}）{adjustment.mark}。"
    old = f"{sign}{number_text(change.old, indicator.unit)}" if change.old is not None else "待核实"
    by, since = f"{approval.number}，{date_text(approval.day)}", date_text(approval.effective)
    return f"{change.year}年目标经批准由{old}调整为{new}（{by}）{adjustment.mark}，自{since}起按新目标判断。"


def adjusted_suggestions(plan: Plan, changes: Sequence[Adjustment], as_of: date) -> list[str]:
    """What follows from the approved changes of targets that hold on the day; none where there are none."""
    names = {each.id: each.name for each in plan.indicators}
    own = [each for each in changes if each.change.kind is Kind.TARGET]
    told = adjusted_sentences(plan, own, as_of)
    return [f"{names[id]}：{said}建议按调整后的目标安排后续工作。" for id, said in told.items() if said]
