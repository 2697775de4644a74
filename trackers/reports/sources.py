"""Part 8: the policy and methods in words, and where every figure and target was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from trackers.assessment.policy import Policy
from trackers.model.period import day_number
from trackers.model.plan import Aggregation, Indicator, Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import RegionTree
from trackers.model.wording import number_text, percent_text
from trackers.reports.figures import Row
from trackers.reports.outline import Setting, SourceLine
from trackers.store import Store

ORIGINS = {"published": "公布数据", "import": "导入文件", "page": "页面填报", "demonstration": "演示数据"}
METHODS = (
    ("时序进度法（linear）", "完成率=（现值-基期值）÷（目标值-基期值）；时序进度=已过天数÷总天数；"
     "进度比=完成率÷时序进度，有年度分解目标时按年度分解目标计算。判定以本方法为准。"),
    ("复合增长率法（cagr）", "以实际复合年增长率与达到目标所需复合年增长率之比判断；基期值或目标值为0时无法计算。"),
    ("趋势外推法（projection）", "按现有复合增长率推至目标日，看完成基期到目标距离的多少。"),
    ("预计值", "对基期以来的填报值作直线最小二乘拟合，推至目标日；少于两个值时没有，四个值以上附区间。"),
    ("数字写法", "百分数和百分点保留一位小数，四舍五入，差值按未舍入的数计算；差距为正表示落后；填报值按填报的位数。"
     "没有的数写“—”，不按零计算。"),
)  # fmt: skip


def told_with(
    store: Store, plan: Plan, days: set[date], indicator: str | None = None
) -> dict[date, dict[tuple[str, str], dict[str, Any]]]:
    """For each day, what came with the figure a series stood on: note, evidence, origin by (indicator, region).

    Of all indicators, or of the one that is named.
    """
    asked = {"plan": plan.id, "indicator": indicator}
    return {day: _told(store.rows("evidence_on", **asked, day=day_number(day))) for day in days}


def _told(rows: Sequence[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (row["indicator"], row["region"]): {
            "note": row["note"],
            "evidence": row["evidence"],
            "origin": "：".join(filter(None, [ORIGINS.get(row["origin"], row["origin"]), row["file"]])),
        }
        for row in rows
    }


def policy_settings(policy: Policy) -> list[Setting]:
    """Every limit of the policy in words."""
    shares = "，".join(
        f"{Aggregation(rule).word}{percent_text(share)}" for rule, share in policy.complete_share.items()
    )
    limits = [
        ("快于预期", f"进度比不低于{number_text(policy.ahead)}"),
        ("基本符合预期", f"进度比不低于{number_text(policy.on_track)}、低于{number_text(policy.ahead)}"),
        ("滞后于预期", f"进度比低于{number_text(policy.on_track)}；低于{number_text(policy.severe)}为严重，其余为轻度"),
        ("起步期", f"时序进度低于{percent_text(policy.starting)}，不判断进度"),
        ("数据过期", f"最近一次数据早于判定日{policy.stale_after_days}天以上"),
        ("数据不全", f"已报地区的比例低于：{shares}"),
        ("预计值的区间", f"{percent_text(policy.interval)}"),
    ]
    return [Setting(name=name, value=value) for name, value in limits]


def method_settings() -> list[Setting]:
    """Every method by name and what it does."""
    return [Setting(name=name, value=value) for name, value in METHODS]


def source_lines(
    plan: Plan, rows: Sequence[Row], published: Sequence[PublishedFigure], tree: RegionTree, as_of: date
) -> list[SourceLine]:
    """Where the plan, its targets and its figures were read, with the published figures that are not judged."""
    lines = [SourceLine(kind="规划", name=plan.title, address=_document(plan), remark="")]
    for indicator in plan.indicators:
        lines += _targets(indicator, tree)
    lines += [_published(plan, figure, tree) for figure in published if figure.observed <= as_of]
    known = {figure.address for figure in published}
    return lines + _reported(row for row in rows if row.evidence not in known)


def _document(plan: Plan) -> str:
    if plan.reference and not plan.source_file:
        return plan.reference
    return f"收录文件 {plan.source_file}" if plan.source_file else "原文未收录"


def _targets(indicator: Indicator, tree: RegionTree) -> list[SourceLine]:
    lines = []
    for target in indicator.targets:
        name = f"{indicator.name}（{target.year}年）"
        where = f"文件{target.source.section}" if target.source else ""
        inferred = "年份为推定" if target.year_inferred else ""
        shape = f"残损形{target.shape}" if target.shape else ""
        remark = "；".join(filter(None, [target.approval or target.confidence.word, where, shape, inferred, target.remark]))
        lines.append(SourceLine(kind="目标值", name=name, address=target.reference or "规划原文", remark=remark))
    if indicator.baseline:
        address = indicator.baseline.reference
        lines.append(SourceLine(kind="基期值", name=indicator.name, address=address, remark=""))
    for annual in indicator.annual_targets:
        name = f"{indicator.name}（{annual.year}年）"
        lines.append(SourceLine(kind="年度分解目标", name=name, address=annual.reference, remark=""))
    for share in indicator.regional_targets:
        name = f"{indicator.name}（{_place(tree, share.region)}，{share.year}年）"
        lines.append(SourceLine(kind="区域分解目标", name=name, address=share.reference, remark=""))
    return lines


def _place(tree: RegionTree, code: str) -> str:
    """The region's name; its code where an evaluation did not freeze it."""
    return tree[code].name if code in tree else code


def _published(plan: Plan, figure: PublishedFigure, tree: RegionTree) -> SourceLine:
    name = plan.indicator(figure.indicator).name
    said = f"{_place(tree, figure.region)} {figure.period}：{figure.name}{number_text(figure.value, figure.unit)}"
    used = "参与判断" if figure.judged else "不参与判断"
    remark = "；".join(filter(None, [used, figure.confidence, figure.remark]))
    return SourceLine(kind="公布数据", name=f"{name}：{said}", address=figure.address, remark=remark)


def _reported(rows: Any) -> list[SourceLine]:
    """Reported figures by origin and evidence, each pair once with how many figures it gave."""
    numbers: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.basis == "reported" and row.value is not None:
            key = (row.origin, row.evidence)
            numbers[key] = numbers.get(key, 0) + 1
    return [
        SourceLine(kind="填报数据", name=origin or "来源不详", address=evidence or "未附依据", remark=f"{number}个数据")
        for (origin, evidence), number in numbers.items()
    ]
