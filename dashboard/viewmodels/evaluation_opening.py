"""开评: what the plan's document says of an evaluation, who can be given it, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from trackers.model.account import Account
from trackers.model.evaluation import Evaluation, EvaluationState, Missing, StepKind
from trackers.model.period import Period
from trackers.model.plan import EvaluationKind, EvaluationOrder, Plan


def ordered_day(plan: Plan, kind: EvaluationKind) -> date | None:
    """The last day of the year for which the document orders such an evaluation; None where it names none."""
    ordered = _ordered(plan, kind)
    return date(ordered.year, 12, 31) if ordered and ordered.year else None


def ordered_line(plan: Plan, kind: EvaluationKind) -> str:
    """What the document says of such an evaluation: 规划要求开展中期评估：2016年，结果公布，指标调整由市政府批准。"""
    ordered = _ordered(plan, kind)
    if ordered is None:
        return f"规划没有要求{kind.word}，截止日由评估单位定。"
    told = [
        f"{ordered.year}年" if ordered.year else "没有写年份", "、".join(ordered.by) and f"由{'、'.join(ordered.by)}组织",
        "引入第三方评估" if ordered.third_party else "", "结果公布" if ordered.published else "",
        ordered.approval and f"指标调整由{ordered.approval}批准",
    ]  # fmt: skip
    return f"规划要求开展{kind.word}：{'，'.join(filter(None, told))}。"


def _ordered(plan: Plan, kind: EvaluationKind) -> EvaluationOrder | None:
    return next((each for each in plan.evaluations if each.kind is kind), None)


def address(missing: Missing) -> dict[str, str]:
    """What stands in the address of the page where it is mended: for figures that lack, who is to be reminded."""
    if "period" not in missing.query:
        return missing.query
    return missing.query | {"part": "催报名单", "period": Period.parse(missing.query["period"]).words}


def third_party_names(accounts: Iterable[Account], about: Evaluation) -> dict[str, str]:
    """Those who can still be given the evaluation, by login: 李某（某某评估中心，li）."""
    return {each.login: _named(each) for each in accounts if each.login not in about.assigned}


def assigned_names(accounts: Iterable[Account], about: Evaluation) -> dict[str, str]:
    """Those to whom the evaluation is given, by login; the login alone of one who is no third party any more."""
    named = {each.login: each for each in accounts}
    return {login: _named(named[login]) if login in named else login for login in about.assigned}


def _named(account: Account) -> str:
    return f"{account.name}（{'，'.join(filter(None, [account.unit, account.login]))}）"


def next_step(about: Evaluation, may: Iterable[StepKind], *, supervises: bool) -> str:
    """What comes next, in a line for whoever looks at an evaluation; `may` are the steps the person may take."""
    if about.state is EvaluationState.OPEN:
        then = "在“办理”里补齐缺项，然后冻结" if StepKind.FROZEN in may else "由评估员补齐缺项、冻结数据"
        return f"下一步：{then}。冻结以前和以后都可以写评估意见。"
    if about.state is EvaluationState.PUBLISHED:
        return "已经公布，不再写评估意见。"
    then = "在“办理”里公布" if StepKind.PUBLISHED in may else "由管理员公布"
    orders = "督办滞后的项，" if supervises else ""
    return f"下一步：写评估意见，抽查核实，{orders}写出报告，{then}。"
