"""Which rows a judgement of a plan has: every series expected, every aggregate above it, each with its target."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from trackers.model.plan import Aggregation, Indicator, Level, Measure, Plan, Target
from trackers.model.region import Region, RegionTree
from trackers.model.report import expected_regions, first_day


@dataclass(frozen=True)
class Place:
    """One row to be judged: an indicator in a region, reported there or put together from `members`."""

    indicator: Indicator
    region: str
    target: Target
    target_value: float | None
    cutoff: date  # the last observation that counts
    members: tuple[str, ...] = field(default=())
    ended: tuple[Region, ...] = field(default=())  # regions that reported to this aggregate once and are no more

    @property
    def key(self) -> tuple[str, str]:
        """(indicator id, region code)."""
        return self.indicator.id, self.region


def target_on(indicator: Indicator, day: date) -> Target:
    """The target in force on a day: the next one due, or the last when all are past."""
    ordered = sorted(indicator.targets, key=lambda target: target.day)
    return next((target for target in ordered if target.day >= day), ordered[-1])


def places(plan: Plan, tree: RegionTree, as_of: date) -> list[Place]:
    """Every row of the plan on a day, indicators in the plan's order, the plan's own region first."""
    reporting: dict[tuple[Level, bool, date], _Reporting] = {}  # the same for many indicators
    return [place for indicator in plan.indicators for place in _places_of(plan, indicator, tree, as_of, reporting)]


@dataclass(frozen=True)
class _Reporting:
    """Who reports an indicator of one level: alone, and in which aggregates with which regions that ended."""

    alone: list[str]
    groups: dict[str, tuple[str, ...]]
    ended: dict[str, tuple[Region, ...]]


def _places_of(
    plan: Plan, indicator: Indicator, tree: RegionTree, as_of: date, known: dict[tuple[Level, bool, date], _Reporting]
) -> list[Place]:
    target = target_on(indicator, as_of)
    cutoff = min(as_of, target.day)
    key = (indicator.level, indicator.aggregation is Aggregation.OWN, cutoff)
    if key not in known:
        known[key] = _reporting(plan, indicator, tree, cutoff)
    there = known[key]
    shares = {share.region: share.value for share in indicator.regional_targets if share.year == target.year}
    everyone = None if indicator.aggregation is Aggregation.SUM else target.value

    def place(region: str, members: tuple[str, ...] = (), ended: tuple[Region, ...] = ()) -> Place:
        value = shares.get(region, target.value if region == plan.region else everyone)
        return Place(indicator, region, target, value, cutoff, members, ended)

    above = [place(region, members, there.ended.get(region, ())) for region, members in there.groups.items()]
    return above + [place(region) for region in there.alone]


def _reporting(plan: Plan, indicator: Indicator, tree: RegionTree, cutoff: date) -> _Reporting:
    reporters = [region.code for region in expected_regions(plan, indicator, tree, cutoff)]
    groups = _groups(plan, indicator, tree, reporters)
    ended: dict[str, list[Region]] = {}
    for region in _ended(plan, indicator, tree, cutoff) if groups else []:
        for above in dict.fromkeys(tree.above(region.code, plan.region)):
            ended.setdefault(above, []).append(region)
    return _Reporting(
        reporters,
        {above: tuple(members) for above, members in groups.items()},
        {above: tuple(regions) for above, regions in ended.items()},
    )


def _ended(plan: Plan, indicator: Indicator, tree: RegionTree, cutoff: date) -> list[Region]:
    """Regions of the reporting level that ended within the plan's time, by the cutoff."""
    every = tree.at_level(plan.region, indicator.level)
    return [each for each in every if each.valid_to and plan.first_day < each.valid_to <= cutoff]


def _groups(plan: Plan, indicator: Indicator, tree: RegionTree, reporters: list[str]) -> dict[str, list[str]]:
    """Members of each aggregate, the plan's region first."""
    groups: dict[str, list[str]] = {}
    if indicator.aggregation is Aggregation.OWN:
        return groups
    for code in reporters:
        for above in tree.above(code, plan.region):
            groups.setdefault(above, []).append(code)
    top = {plan.region: groups.pop(plan.region)} if plan.region in groups else {}
    return top | dict(sorted(groups.items()))


def target_value(plan: Plan, indicator: Indicator, target: Target, region: str) -> float | None:
    """The target a region is held to: its own share, or the plan's where figures are not added up.

    None where the target is not verified, or where a region has no share of a sum.
    """
    for share in indicator.regional_targets:
        if share.region == region and share.year == target.year:
            return share.value
    if region == plan.region or indicator.aggregation is not Aggregation.SUM:
        return target.value
    return None


def official_start(plan: Plan, place: Place) -> tuple[float, date, str] | None:
    """Value, date and origin of the baseline that does not come from the reports: official, or 0 for a count."""
    indicator = place.indicator
    if indicator.baseline and place.region == plan.region:
        return indicator.baseline.value, indicator.baseline.date, "official"
    if indicator.measure is Measure.COUNT:
        return 0.0, first_day(plan, indicator), "start"
    return None
