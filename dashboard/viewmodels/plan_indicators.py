"""A plan's indicators as the page 规划 shows them: each figure with where it comes from and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from dashboard.viewmodels.plan import UNSAID, Fact, place_of, with_remark
from trackers.model.plan import Direction, Indicator, Measure, Nature, Plan, Target
from trackers.model.published import PublishedFigure
from trackers.model.region import RegionTree
from trackers.model.wording import date_text, number_text

DIRECTIONS = {Direction.INCREASE: "越大越好", Direction.DECREASE: "越小越好"}
MEASURES = {Measure.COUNT: "自规划期起累计", Measure.STOCK: "现有数量", Measure.RATE: "比率"}
NATURES = {Nature.BINDING: "约束性", Nature.EXPECTED: "预期性"}


class Sheet(NamedTuple):
    """All that is known of one indicator: in a line, in facts, each figure's provenance, published figures beside."""

    id: str
    name: str
    aim: str  # targets in a line
    sureness: str
    facts: list[Fact]
    targets: list[list[Fact]]  # for each target what it is and where it comes from
    published: list[list[Fact]]


def sheets(plan: Plan, tree: RegionTree, published: Sequence[PublishedFigure]) -> list[Sheet]:
    """One for each indicator, in the plan's order."""
    return [_sheet(plan, each, tree, [p for p in published if p.indicator == each.id]) for each in plan.indicators]


def table(plan: Plan) -> pd.DataFrame:
    """Every indicator in a row, every fact in a column."""
    rows = [
        {
            "指标": indicator.name,
            "目标": aims(indicator),
            "可信程度": sureness(indicator),
            "出处": "；".join(_where(each) for each in indicator.targets),
            "基期值": _baseline(indicator).text,
            **{fact.label: fact.text for fact in _kind(indicator)},
        }
        for indicator in plan.indicators
    ]
    return pd.DataFrame(rows)


def aims(indicator: Indicator) -> str:
    """Its targets in a line: ≥80项（2020年）."""
    return "；".join(f"{target_text(each, indicator.unit)}（{_year(each)}）" for each in indicator.targets)


def _year(target: Target) -> str:
    return f"{target.year}年" + ("，年份推定" if target.year_inferred else "")


def target_text(target: Target, unit: str) -> str:
    """≥80项, or 待核实 with what survives of the figure."""
    if target.value is None:
        return f"待核实（{target.shape}）" if target.shape else "待核实"
    return f"{target.comparator.sign}{number_text(target.value, unit)}"


def sureness(indicator: Indicator) -> str:
    """The words for how sure its targets are, each once."""
    return "；".join(dict.fromkeys(each.sureness for each in indicator.targets))


def _where(target: Target) -> str:
    return place_of(target.source) if target.source else "另一来源" if target.reference else UNSAID


def _sheet(plan: Plan, indicator: Indicator, tree: RegionTree, published: Iterable[PublishedFigure]) -> Sheet:
    facts = [*_kind(indicator), _baseline(indicator), Fact("责任单位", "、".join(plan.units_for(indicator)) or UNSAID)]
    facts += [Fact("说明", indicator.remark)] if indicator.remark else []
    on_the_way = [*_yearly(indicator), *_shares(indicator, tree)]
    return Sheet(
        indicator.id, indicator.name, aims(indicator), sureness(indicator), facts + on_the_way,
        [_provenance(plan, indicator, target) for target in indicator.targets],
        [_beside(figure, tree) for figure in published],
    )  # fmt: skip


def _kind(indicator: Indicator) -> list[Fact]:
    since = f"（{date_text(indicator.counted_from)}起）" if indicator.counted_from else ""
    return [
        Fact("单位", indicator.unit),
        Fact("方向", DIRECTIONS[indicator.direction]),
        Fact("计数方式", MEASURES[indicator.measure] + since + ("，保持类" if indicator.keep else "")),
        Fact("汇总方式", indicator.aggregation.word),
        Fact("填报层级", indicator.level.word),
        Fact("填报频次", f"每{indicator.frequency.word}"),
        Fact("性质", NATURES[indicator.nature] if indicator.nature else UNSAID),
        Fact("权重", UNSAID if indicator.weight is None else number_text(indicator.weight)),
        Fact("口径", indicator.definition or UNSAID),
        Fact("数据来源", indicator.data_source or UNSAID),
    ]


def _baseline(indicator: Indicator) -> Fact:
    baseline = indicator.baseline
    if baseline is None:
        return Fact("基期值", UNSAID)
    text = f"{number_text(baseline.value, indicator.unit)}（{date_text(baseline.date)}；{baseline.reference}）"
    return Fact("基期值", text, address_in(baseline.reference))


def _yearly(indicator: Indicator) -> list[Fact]:
    return [
        _official(f"年度分解目标{each.year}年", each.value, indicator.unit, each.reference)
        for each in indicator.annual_targets
    ]


def _shares(indicator: Indicator, tree: RegionTree) -> list[Fact]:
    return [
        _official(f"区域分解目标{tree[each.region].name}{each.year}年", each.value, indicator.unit, each.reference)
        for each in indicator.regional_targets
    ]


def _official(label: str, value: float, unit: str, reference: str) -> Fact:
    return Fact(label, with_remark(number_text(value, unit), reference), address_in(reference))


def _provenance(plan: Plan, indicator: Indicator, target: Target) -> list[Fact]:
    due = f"，截止{date_text(target.date_)}" if target.date_ else ""
    aim = Fact("目标", f"{target_text(target, indicator.unit)}，{_year(target)}{due}")
    found = [aim, Fact("可信程度", target.sureness)]
    found += [Fact("现值依据", target.approval)] if target.approval else []
    found += [Fact("残损形", target.shape)] if target.shape else []
    if target.source:
        found.append(Fact("原文", f"{plan.source_file}，{place_of(target.source)}"))
    if target.reference:
        found.append(Fact("另一来源", target.reference, address_in(target.reference)))
    return found + ([Fact("备注", target.remark)] if target.remark else [])


def _beside(figure: PublishedFigure, tree: RegionTree) -> list[Fact]:
    said = f"{tree[figure.region].name} {figure.period}：{number_text(figure.value, figure.unit)}"
    found = [
        Fact("公布数据", f"{said}，{figure.name}"),
        Fact("用途", "参与判断" if figure.judged else "并列保存，不参与判断"),
        Fact("把握", figure.confidence),
    ]
    found += [Fact("原因" if not figure.judged else "备注", figure.remark)] if figure.remark else []
    return [*found, Fact("地址", figure.address, address_in(figure.address))]


def address_in(reference: str) -> str:
    """The reference where it is an address that can be followed, else nothing."""
    return reference if reference.startswith(("http://", "https://")) else ""
