"""Figures that can be taken and still look wrong: whoever hands them in says why they are right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from trackers.assessment.policy import Policy
from trackers.model.figure_table import Floats, Ints
from trackers.model.period import Period
from trackers.model.plan import Direction, Indicator, Measure
from trackers.model.report import Figure
from trackers.model.wording import number_text

Line = Mapping[int, float]  # period number → value, in the order of time
UNCHANGED_ROWS = 2  # a sheet of at least so many rows is doubted when none has moved


def figure_doubts(indicator: Indicator, figure: Figure, line: Line, policy: Policy) -> list[str]:
    """What is odd about a figure beside the others of its series: a fall of a count since the plan began, a jump.

    `line` holds the values that stand, with or without the figure's own period, in the indicator's own unit; limits
    are those of the policy. Empty for nothing.
    """
    numbers = list(line)
    place = bisect_left(numbers, figure.period.number)
    before = numbers[place - 1] if place else None
    later = bisect_right(numbers, figure.period.number)
    after = numbers[later] if later < len(numbers) else None
    return [*_falls(indicator, figure, line, before, after), *_jumps(indicator, figure, line, before, policy)]


def doubted(
    indicators: Sequence[Indicator], which: Ints, values: tuple[Floats, Floats, Floats], policy: Policy
) -> NDArray[np.bool_]:
    """Of which figures `figure_doubts` has something to say: of many at once.

    `which` is each figure's place in `indicators`; `values` are those before, of, and after it, NaN where there is none.
    """
    before, own, after = values
    count = np.array([each.measure is Measure.COUNT for each in indicators])[which]
    percent = np.array([each.unit == "%" for each in indicators])[which]
    increase = np.array([each.direction is Direction.INCREASE for each in indicators])[which]
    goal = np.array([_goal(each) for each in indicators])[which]
    falls = count & ((before > own) | (after < own))
    step, change = np.abs(own - before), policy.largest_change * np.abs(before)
    jumps = np.where(percent, (own > 100) | (step > policy.largest_step), (before != 0) & (step > change))
    far = increase & ~percent & (goal > 0) & (own > policy.beyond_target * goal)
    return np.asarray(falls | jumps | far, dtype=np.bool_)


def _goal(indicator: Indicator) -> float:
    return max((target.value for target in indicator.targets if target.value is not None), default=0.0)


def _falls(
    indicator: Indicator, figure: Figure, line: Line, before: int | None, after: int | None
) -> Iterator[str]:
    if indicator.measure is not Measure.COUNT:
        return
    if before is not None and line[before] > figure.value:
        yield f"累计数 {_own(indicator, figure)} 比 {_told(indicator, line, before)} 少"
    if after is not None and line[after] < figure.value:
        yield f"累计数 {_own(indicator, figure)} 比后来 {_told(indicator, line, after)} 多"


def _jumps(
    indicator: Indicator, figure: Figure, line: Line, before: int | None, policy: Policy
) -> Iterator[str]:
    if indicator.unit == "%" and figure.value > 100:
        yield f"{_own(indicator, figure)} 超过 100%"
    if before is not None:
        last = line[before]
        if indicator.unit == "%" and abs(figure.value - last) > policy.largest_step:
            yield f"{_beside(indicator, figure, line, before)} 相差超过 {number_text(policy.largest_step)} 个百分点"
        elif indicator.unit != "%" and last and abs(figure.value - last) > policy.largest_change * abs(last):
            yield f"{_beside(indicator, figure, line, before)} 相比变动超过 {number_text(policy.largest_change * 100)}%"
    goal = _goal(indicator)
    far = indicator.direction is Direction.INCREASE and indicator.unit != "%" and figure.value > policy.beyond_target * goal
    if goal > 0 and far:
        times = f"目标值 {number_text(goal, indicator.unit)} 的 {number_text(policy.beyond_target)} 倍以上"
        yield f"{_own(indicator, figure)} 是{times}"


def _own(indicator: Indicator, figure: Figure) -> str:
    return number_text(figure.value, indicator.unit)


def _beside(indicator: Indicator, figure: Figure, line: Line, number: int) -> str:
    return f"{_own(indicator, figure)} 与 {_told(indicator, line, number)}"


def unchanged(figures: Sequence[Figure], lines: Mapping[tuple[str, str], Line]) -> bool:
    """Whether a sheet of several rows repeats, in every row, the value before it: a sheet copied, most likely."""
    return len(figures) >= UNCHANGED_ROWS and all(
        _before(figure, lines.get((figure.indicator, figure.region), {})) == figure.value for figure in figures
    )


def _before(figure: Figure, line: Line) -> float | None:
    earlier = [number for number in line if number < figure.period.number]
    return line[max(earlier)] if earlier else None


def _told(indicator: Indicator, line: Line, number: int) -> str:
    return f"{Period.from_number(number)} 的 {number_text(line[number], indicator.unit)}"
