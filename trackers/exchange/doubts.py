"""Figures that can be taken and still look wrong: what a person should look at again before recording."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from trackers.exchange.numbers import half_width
from trackers.exchange.rows import Meant
from trackers.model.period import Period
from trackers.model.plan import Indicator, Measure
from trackers.model.report import Figure
from trackers.model.wording import number_text
from trackers.queries.figures import Kept

Series = tuple[str, str, str]  # plan, indicator, region
Line = list[tuple[int, float]]  # period numbers and values, in the order of time


def doubts(rows: Sequence[Meant], kept: dict[str, Kept], on: date | None) -> Iterator[tuple[int, str]]:
    """Row number and sentence for each doubt about rows that have a figure; `kept` by plan id."""
    lines = _lines(rows, kept)
    for each in rows:
        if not (each.plan and each.indicator and each.figure):
            continue
        if on and each.figure.period.end > on:
            yield each.row, f"填报期 {each.figure.period} 到 {on} 还没有结束"
        if each.indicator.unit == "%":
            yield from ((each.row, sentence) for sentence in _percent(each.figure, each.typed))
        if each.indicator.measure is Measure.COUNT:
            line = lines[each.plan.id, each.figure.indicator, each.figure.region]
            yield from ((each.row, sentence) for sentence in _falls(each.indicator, each.figure, line))


def _percent(figure: Figure, typed: str) -> Iterator[str]:
    if figure.value > 100:
        yield f"{number_text(figure.value, '%')} 超过 100%"
    if figure.numerator is None and 0 < figure.value <= 1 and "%" not in half_width(typed):
        read = number_text(figure.value, "%")
        yield f"读作 {read}；若是 {number_text(figure.value * 100, '%')}，请写明百分数"


def _falls(indicator: Indicator, figure: Figure, line: Line) -> Iterator[str]:
    """A count since the plan began can only grow: compare with the periods before and after."""
    own = number_text(figure.value, indicator.unit)
    number = figure.period.number
    before, after = bisect_left(line, (number,)), bisect_right(line, (number, float("inf")))
    if before and line[before - 1][1] > figure.value:
        yield f"累计数 {own} 比 {_told(indicator, *line[before - 1])} 少"
    if after < len(line) and line[after][1] < figure.value:
        yield f"累计数 {own} 比后来 {_told(indicator, *line[after])} 多"


def _told(indicator: Indicator, number: int, value: float) -> str:
    return f"{Period.from_number(number)} 的 {number_text(value, indicator.unit)}"


def _lines(rows: Iterable[Meant], kept: dict[str, Kept]) -> dict[Series, Line]:
    """What each series would be with the rows recorded."""
    values: dict[Series, dict[int, float]] = defaultdict(dict)
    for plan, figures in kept.items():
        for (indicator, region, period), figure in figures.items():
            values[plan, indicator, region][period] = figure.value
    for each in rows:
        if each.plan and each.figure:
            series = (each.plan.id, each.figure.indicator, each.figure.region)
            values[series][each.figure.period.number] = each.figure.value
    return {series: sorted(line.items()) for series, line in values.items()}
