"""Where a plan contradicts itself, or the regions and units of measurement known here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from trackers.model.plan import (
    KNOWN_UNITS,
    Aggregation,
    Comparator,
    Direction,
    Indicator,
    Level,
    Measure,
    Plan,
    Target,
)
from trackers.model.region import RegionTree

# Where it is, the field of the file, and what is wrong with it.
Problem = tuple[str, str, str]
Item = TypeVar("Item")

YEARS = (1949, 2100)
AGAINST = {Comparator.AT_LEAST: Direction.DECREASE, Comparator.AT_MOST: Direction.INCREASE}


def contradictions(plan: Plan, regions: RegionTree) -> Iterator[Problem]:
    """Every problem of a plan, one (where, field, sentence) each; none for a sound plan."""
    yield from _frame(plan, regions)
    if plan.region not in regions:
        return
    yield from _ids(plan)
    yield from _units(plan)
    yield from _goals(plan)
    for indicator in plan.indicators:
        where = f"指标 {indicator.id}（{indicator.name}）"
        for check in CHECKS:
            for field, problem in check(plan, indicator):
                yield where, field, problem
        for field, problem in _regional(plan, indicator, regions):
            yield where, field, problem
        for field, problem in _level(indicator, regions[plan.region].level):
            yield where, field, problem


def _frame(plan: Plan, regions: RegionTree) -> Iterator[Problem]:
    for field, year in (("start", plan.start), ("end", plan.end)):
        if not YEARS[0] <= year <= YEARS[1]:
            yield "规划", field, f"读到 {year}，应为 {YEARS[0]}—{YEARS[1]} 之间的年份"
    if plan.region not in regions:
        yield "规划", "region", f"没有代码为“{plan.region}”的地区，应为地区表中的代码"
    if plan.start > plan.end:
        yield "规划", "end", f"读到 {plan.end}，早于开始年份 {plan.start}"
    for year in plan.milestones:
        if not plan.start <= year <= plan.end:
            yield "规划", "milestones", f"读到 {year}，应在规划期 {plan.start}—{plan.end} 之内"
    for year in repeated(plan.milestones):
        yield "规划", "milestones", f"{year} 写了两次"
    in_words = bool(plan.goals or plan.tasks or plan.safeguards or plan.evaluations)
    in_figures = any(target.source for indicator in plan.indicators for target in indicator.targets)
    if (in_words or in_figures) and not plan.source_file:
        yield "规划", "source_file", "写了 source 的区间，却没有写它所在的文件名"


def _ids(plan: Plan) -> Iterator[Problem]:
    parts: dict[str, list[str]] = {
        "指标": [each.id for each in plan.indicators],
        "定性目标": [each.id for each in plan.goals],
        "任务": [each.id for each in plan.tasks],
        "保障措施": [each.id for each in plan.safeguards],
    }
    for kind, ids in parts.items():
        for id in repeated(ids):
            yield f"{kind} {id}", "id", f"“{id}”用了不止一次，同一规划内不能重复"


def _units(plan: Plan) -> Iterator[Problem]:
    named = [(f"任务 {t.id}（{t.name}）", "units", unit) for t in plan.tasks for unit in t.units]
    for safeguard in plan.safeguards:
        where = f"保障措施 {safeguard.id}（{safeguard.name}）"
        named += [(where, "units", unit) for unit in safeguard.units]
        named += [(where, "duties", unit) for unit in safeguard.duties]
    named += [(f"评估 {e.kind.word}", "by", unit) for e in plan.evaluations for unit in e.by]
    for where, field, unit in named:
        if unit not in plan.units:
            yield where, field, f"责任单位“{unit}”不在规划的 units 之中，请核对写法或加进去"


def _goals(plan: Plan) -> Iterator[Problem]:
    for goal in plan.goals:
        if goal.year not in plan.milestones:
            yield f"定性目标 {goal.id}（{goal.name}）", "year", _not_a_milestone(goal.year, plan)


def _measured(plan: Plan, indicator: Indicator) -> Iterator[tuple[str, str]]:
    if indicator.unit not in KNOWN_UNITS:
        known = "、".join(sorted(KNOWN_UNITS))
        yield "unit", f"不认识计量单位“{indicator.unit}”，应为 {known} 之一"
    if indicator.unit == "%" and indicator.measure is Measure.COUNT:
        yield "measure", "单位是 % 的指标不能是累计数（count），应为 rate 或 stock"


def _targets(plan: Plan, indicator: Indicator) -> Iterator[tuple[str, str]]:
    for target in indicator.targets:
        if target.year not in plan.milestones:
            yield "targets.year", _not_a_milestone(target.year, plan)
        if target.date_ and target.date_.year != target.year:
            yield "targets.date", f"读到 {target.date_}，不在目标年份 {target.year}"
        if target.approval:
            yield "targets.approval", "规划文件里不写批准调整的情况，应在“指标调整”中提出"
        if AGAINST.get(target.comparator) is indicator.direction:
            way = indicator.direction.value
            yield "targets.comparator", f"读到 {target.comparator.value}，与方向 direction = {way} 相反"
    for year in repeated(target.year for target in indicator.targets):
        yield "targets.year", f"{year} 年有不止一个目标，每年只能有一个"


def _baseline(plan: Plan, indicator: Indicator) -> Iterator[tuple[str, str]]:
    met = [target for target in indicator.targets if _met_at_the_baseline(indicator, target)]
    if indicator.keep and not met:
        yield "keep", "写了 keep = true，但没有已达到目标的基期值 baseline，不能算保持类指标"
    if met and not indicator.keep and indicator.baseline:
        value, target = indicator.baseline.value, met[0]
        yield "direction", (
            f"基期值 {value:.15g} 已达到 {target.year} 年目标 {target.comparator.value}{target.value:.15g}"
            f"（direction = {indicator.direction.value}）；请核对方向与数值，若为保持类指标请写 keep = true"
        )


def _begins(plan: Plan, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Progress is counted from a day before the first target's."""
    due = min(target.day for target in indicator.targets)
    if indicator.baseline and indicator.baseline.date >= due:
        yield "baseline.date", f"读到 {indicator.baseline.date}，应早于目标日 {due}"
    if indicator.counted_from and indicator.counted_from > due:
        yield "counted_from", f"读到 {indicator.counted_from}，应不晚于目标日 {due}"


def _met_at_the_baseline(indicator: Indicator, target: Target) -> bool:
    if indicator.baseline is None or target.value is None:
        return False
    if indicator.direction is Direction.INCREASE:
        return indicator.baseline.value >= target.value
    return indicator.baseline.value <= target.value


def _annual(plan: Plan, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Annual targets may run against the direction: a plan may foresee a fall before the rise."""
    final = {target.year: target.value for target in indicator.targets if target.date_ is None}
    for annual in indicator.annual_targets:
        if not plan.start <= annual.year <= plan.end:
            yield "annual_targets.year", f"读到 {annual.year}，应在规划期 {plan.start}—{plan.end} 之内"
        if final.get(annual.year) not in (None, annual.value):
            yield "annual_targets.value", f"{annual.year} 年读到 {annual.value:.15g}，与该年目标值不同"
    for year in repeated(annual.year for annual in indicator.annual_targets):
        yield "annual_targets.year", f"{year} 年有不止一个年度分解目标"


def _tasks(plan: Plan, indicator: Indicator) -> Iterator[tuple[str, str]]:
    known = {task.id for task in plan.tasks}
    for id in indicator.tasks:
        if id not in known:
            yield "tasks", f"没有 id 为“{id}”的任务，应为本规划 tasks 中的 id"


def _regional(plan: Plan, indicator: Indicator, regions: RegionTree) -> Iterator[tuple[str, str]]:
    if not indicator.regional_targets:
        return
    below = {region.code for region in regions.below(plan.region)}
    years = {target.year for target in indicator.targets}
    for share in indicator.regional_targets:
        if share.region not in below:
            name = regions[plan.region].name
            yield "regional_targets.region", f"没有代码为“{share.region}”的地区，应为{name}以下的地区"
        if share.year not in years:
            yield "regional_targets.year", f"读到 {share.year}，应为本指标的目标年份之一"
    for region, year in repeated((share.region, share.year) for share in indicator.regional_targets):
        yield "regional_targets.region", f"地区“{region}”在 {year} 年有不止一个分解目标"


def _level(indicator: Indicator, top: Level) -> Iterator[tuple[str, str]]:
    order = list(Level)  # from the nation down
    if order.index(indicator.level) < order.index(top):
        yield "level", f"读到 {indicator.level.word}，高于规划所在地区的级别（{top.word}）"
    if indicator.aggregation is Aggregation.OWN and indicator.level is not top:
        yield "level", f"本级直报（own）的指标应由{top.word}填报，读到 {indicator.level.word}"


def repeated(items: Iterable[Item]) -> list[Item]:
    """The items that occur more than once, each once, in their first order."""
    listed = list(items)
    return [item for item in dict.fromkeys(listed) if listed.count(item) > 1]


def _not_a_milestone(year: int, plan: Plan) -> str:
    return f"读到 {year}，应为目标年份 {'、'.join(map(str, plan.milestones))} 之一"


CHECKS: list[Callable[[Plan, Indicator], Iterator[tuple[str, str]]]] = [
    _measured, _targets, _baseline, _begins, _annual, _tasks,
]  # fmt: skip
