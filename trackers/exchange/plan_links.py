"""Where a plan says that its indicator counts the same as a superior plan's, and it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from trackers.exchange.plan_checks import Problem, repeated
from trackers.model.plan import Indicator, Measure, Plan
from trackers.model.region import RegionTree


def mismatches(plan: Plan, plans: Sequence[Plan], regions: RegionTree) -> Iterator[Problem]:
    """Every problem of the plan's `same_as`, one (where, field, sentence) each; `plans` are all there are."""
    known = {each.id: each for each in plans}
    for indicator in plan.indicators:
        where = f"指标 {indicator.id}（{indicator.name}）"
        for named in repeated(each.plan for each in indicator.same_as):
            yield where, "same_as.plan", f"写了两次“{named}”，同一份上级规划里只能有一个同口径的指标"
        for each in indicator.same_as:
            superior = known.get(each.plan)
            for field, problem in _superior(plan, each.plan, superior, regions):
                yield where, field, problem
            if superior:
                for field, problem in _counted(plan, indicator, superior, each.indicator):
                    yield where, field, problem


def _superior(plan: Plan, named: str, superior: Plan | None, regions: RegionTree) -> Iterator[tuple[str, str]]:
    if superior is None or named not in {each.plan for each in plan.carries_out}:
        yield "same_as.plan", f"读到“{named}”，应为本规划 carries_out 里写了 plan 的上级规划"
    elif not regions.above(plan.region, superior.region):
        yield "same_as.plan", f"“{named}”所在的地区不在本规划所在地区之上，不能相对照"


def _counted(plan: Plan, own: Indicator, superior: Plan, id: str) -> Iterator[tuple[str, str]]:
    other = next((each for each in superior.indicators if each.id == id), None)
    if other is None:
        yield "same_as.indicator", f"上级规划“{superior.id}”没有 id 为“{id}”的指标，请核对"
        return
    pairs = {
        "计量单位 unit": (own.unit, other.unit), "类别 measure": (own.measure.value, other.measure.value),
        "方向 direction": (own.direction.value, other.direction.value),
    }  # fmt: skip
    if own.measure is other.measure is Measure.COUNT:
        pairs["累计的起点"] = (str(_from(plan, own)), str(_from(superior, other)))
    for what, (here, there) in pairs.items():
        if here != there:
            yield "same_as.indicator", f"{what}不一致：本规划为 {here}，“{superior.id}”的 {id} 为 {there}，不是同口径"
    if not {each.year for each in own.targets} & {each.year for each in other.targets}:
        yield "same_as.indicator", f"与“{superior.id}”的 {id} 没有相同的目标年份，不能相对照"


def _from(plan: Plan, indicator: Indicator) -> date:
    """The first day from which a count is counted."""
    return indicator.counted_from or date(plan.start, 1, 1)
