"""What a reader should look at again in a table handed in, for the way it was written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from trackers.exchange.numbers import half_width
from trackers.exchange.rows import Meant
from trackers.model.report import Figure
from trackers.model.wording import number_text


def remarks(rows: Sequence[Meant], on: date | None) -> Iterator[tuple[int, str]]:
    """Row number and sentence for each remark about rows that have a figure.

    What is odd about the figure itself, however it was handed in, is told by `trackers.assessment.doubts`.
    """
    for each in rows:
        if not (each.indicator and each.figure):
            continue
        if on and each.figure.period.end > on:
            yield each.row, f"填报期 {each.figure.period} 到 {on} 还没有结束"
        if each.indicator.unit == "%":
            yield from ((each.row, sentence) for sentence in _fraction(each.figure, each.typed))


def _fraction(figure: Figure, typed: str) -> Iterator[str]:
    if figure.numerator is None and 0 < figure.value <= 1 and "%" not in half_width(typed):
        read = number_text(figure.value, "%")
        yield f"读作 {read}；若是 {number_text(figure.value * 100, '%')}，请写明百分数"
