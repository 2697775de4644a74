"""Figures for demonstrations: made up, the same every time, and marked as such wherever they show.

Each indicator follows a course (ahead, on track, lagging …) from its start to its target; regions differ from it a
little. What differs is drawn from a hash of the names, so that the same figures come out on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from trackers.model.period import Period
from trackers.model.plan import Aggregation, Direction, Indicator, Measure, Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import RegionTree
from trackers.model.report import WHOLE_UNITS, Figure, expected_regions, first_day

NOTE = "演示数据"
# How much of the way is covered when all the time has passed.
PACES = {
    "on_track": 1.0, "ahead": 1.35, "lagging": 0.76, "steady": 1.04, "regressing": -0.5, "quick": 1.2, "severe": 0.42,
}  # fmt: skip
FURTHEST = 1.12  # no course runs further past its target
MISSING_SHARE = 0.02  # of the reports
ASSUMED = {"rate": 70.0, "stock": 40.0, "count": 20.0}  # stands for a target that is not verified
# Who has not handed in for the period that ended last, so that there is something to enter.
TO_ENTER = frozenset({("fuxin-2013", "210902"), ("liaoning-2021", "210900")})
SMALL = {"numerator": 180, "denominator": 900}  # size of a region's denominators: at least, and how much more


class Course(NamedTuple):
    """The way of one indicator: its pace, where it starts, what it heads for, and by when."""

    plan: Plan
    indicator: Indicator
    pace: str
    start: float
    goal: float
    first: date
    due: date


class Place(NamedTuple):
    """A region's part in a course: its share of the whole, its own factor, and the day after which it is silent."""

    region: str
    share: float
    factor: float
    silent_after: date


def demonstration_figures(
    plans: Sequence[Plan], tree: RegionTree, published: Sequence[PublishedFigure], last: date
) -> dict[str, list[Figure]]:
    """Figures by plan id for every indicator and the regions that report it, from the plan's start to `last`.

    A period in which a published figure that is judged falls is left out, so that nothing made up contradicts it.
    """
    known = {(each.plan, each.indicator, each.region, each.observed) for each in published if each.judged}
    found: dict[str, list[Figure]] = {}
    for plan in plans:
        for place, indicator in enumerate(plan.indicators):
            course = _course(plan, indicator, place)
            own = {(region, day) for id, code, region, day in known if (id, code) == (plan.id, indicator.id)}
            figures = _figures(course, tree, min(last, date(plan.end, 12, 31)))
            kept = [f for f in figures if not any(f.region == r and _holds(f.period, day) for r, day in own)]
            kept = [f for f in kept if not _to_enter(course, f, last)]
            found.setdefault(plan.id, []).extend(kept)
    return found


def _to_enter(course: Course, figure: Figure, last: date) -> bool:
    """Whether the figure is left to be entered: that of the last period of its plan that has ended."""
    ended = min(last, date(course.plan.end, 12, 31))
    return (course.plan.id, figure.region) in TO_ENTER and figure.period.next().end > ended


def _holds(period: Period, day: date) -> bool:
    return period.start <= day <= period.end


def _course(plan: Plan, indicator: Indicator, number: int) -> Course:
    target = max(indicator.targets, key=lambda target: (target.value is not None, target.day))
    goal = ASSUMED[indicator.measure.value] if target.value is None else target.value
    pace = list(PACES)[(number + int(len(PACES) * drawn(plan.id))) % len(PACES)]
    start = _start(plan, indicator, goal)
    return Course(plan, indicator, pace, start, goal, first_day(plan, indicator), target.day)


def _start(plan: Plan, indicator: Indicator, goal: float) -> float:
    if indicator.baseline:
        return indicator.baseline.value
    if indicator.measure is Measure.COUNT:
        return 0.0
    way = 0.12 + 0.06 * drawn(plan.id, indicator.id) if goal >= 80 else 0.35
    return goal * (1 + way if indicator.direction is Direction.DECREASE else 1 - way)


def _figures(course: Course, tree: RegionTree, last: date) -> Iterator[Figure]:
    periods = list(_periods(course, last))
    reporters = {p: expected_regions(course.plan, course.indicator, tree, p.end) for p in periods}
    codes = list(dict.fromkeys(region.code for regions in reporters.values() for region in regions))
    places = {place.region: place for place in _places(course, codes)}
    reached: dict[str, float] = {}
    for period in periods:
        for region in reporters[period]:
            place = places[region.code]
            figure = _figure(course, place, period, reached)
            silent = period.end > place.silent_after
            missing = drawn(course.plan.id, course.indicator.id, region.code, str(period)) < MISSING_SHARE
            if not (silent or missing):
                yield figure


def _periods(course: Course, last: date) -> Iterator[Period]:
    period = Period.ending(course.indicator.frequency, course.first).next()
    while period.end <= last:
        yield period
        period = period.next()


def _places(course: Course, codes: Sequence[str]) -> Iterator[Place]:
    names = [(course.plan.id, course.indicator.id, code) for code in codes]
    weights = [0.6 + 0.8 * drawn("weight", course.plan.id, code) for code in codes]
    parts = {share.region: share.value for share in course.indicator.regional_targets}
    silent = _silent(course, codes)
    for code, name, weight in zip(codes, names, weights, strict=True):
        share = parts[code] / course.goal if code in parts and course.goal else weight / sum(weights)
        factor = 1.0 if len(codes) == 1 else 0.82 + 0.36 * drawn("factor", *name)
        yield Place(code, share, factor, silent.get(code, date.max))


def _silent(course: Course, codes: Sequence[str]) -> dict[str, date]:
    """Regions that are silent after a day: one stopped with the last indicator that is put together from several
    regions and can do without one, another never began with the indicator before it.
    """
    several = [i.id for i in course.plan.indicators if i.aggregation in (Aggregation.RATIO, Aggregation.MEAN)]
    if len(codes) < 3 or course.indicator.id not in several[-2:]:
        return {}
    code = codes[int(drawn("silent", course.plan.id) * len(codes))]
    stopped = course.indicator.id == several[-1]
    return {code: date(course.first.year + 2, 9, 30) if stopped else date.min}


def _figure(course: Course, place: Place, period: Period, reached: dict[str, float]) -> Figure:
    indicator = course.indicator
    value = _level(course, place, period)
    if indicator.aggregation is Aggregation.SUM:
        value *= place.share
    if indicator.measure is Measure.COUNT:
        value = max(value, reached.get(place.region, 0.0))
        reached[place.region] = value
    if indicator.aggregation is Aggregation.RATIO:
        return _ratio(course, place, period, value)
    if indicator.unit in WHOLE_UNITS:
        value = float(int(value + drawn("phase", course.plan.id, indicator.id, place.region)))
    return Figure(indicator=indicator.id, region=place.region, period=period, value=round(value, 1), note=NOTE)


def _level(course: Course, place: Place, period: Period) -> float:
    """The value of the whole at the end of a period, as this region's course would have it."""
    indicator, name = course.indicator, (course.plan.id, course.indicator.id, place.region)
    begin = course.first
    if indicator.measure is not Measure.COUNT and not indicator.baseline:
        begin = Period.ending(indicator.frequency, course.first).next().end  # the first report is the baseline
    passed = (period.end - begin).days / max(1, (course.due - begin).days)
    wave = 1 + 0.06 * (drawn("wave", *name, str(period)) - 0.5)
    done = min(FURTHEST, _done(course, passed) * place.factor * wave)
    return course.start + done * (course.goal - course.start)


def _done(course: Course, passed: float) -> float:
    pace = PACES[course.pace]
    if pace >= 0:
        return pace * passed
    if course.indicator.measure is Measure.COUNT:
        return 0.68 * passed  # what is counted up cannot fall
    turn = 0.15
    return -pace * passed if passed < turn else -pace * turn + pace * (passed - turn)


def _ratio(course: Course, place: Place, period: Period, value: float) -> Figure:
    """A rate as its parts: whole numbers whose quotient comes near the value, never over 100 %."""
    scale = 100 if course.indicator.unit == "%" else 1
    size = drawn("size", course.plan.id, place.region)
    change = 1 + 0.04 * (period.end.year - course.first.year)
    denominator = int((SMALL["numerator"] + SMALL["denominator"] * size) * change)
    numerator = min(denominator, max(0, round(denominator * value / scale)))
    return Figure(
        indicator=course.indicator.id, region=place.region, period=period, value=numerator / denominator * scale,
        numerator=numerator, denominator=denominator, note=NOTE,
    )  # fmt: skip


def drawn(*names: str) -> float:
    """A number from 0 up to 1 that belongs to these names, the same on every machine."""
    digest = hashlib.blake2b("\x1f".join(names).encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2**48
