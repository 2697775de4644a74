"""What the charts of a page consist of: places in per cent of the width, and the words beside each mark."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from trackers.model.wording import computed_text, date_text, number_text, percent_text
from trackers.reports.figures import Row
from trackers.reports.outline import VerdictCount
from trackers.reports.sentences import BASELINE_WORDS, marks, verdict_text
from trackers.reports.texts import writable

LONGEST = 2.0  # completions beyond 200 % leave the chart; it says so, and the number tells them


class Count(NamedTuple):
    """How many indicators have one verdict; `width` of its bar in per cent of the longest."""

    verdict: str
    sign: str
    word: str
    number: int
    width: str
    tip: str


class Bar(NamedTuple):
    """One indicator: where its bar starts and how long it is, where time is; `lead` is completion less time progress."""

    name: str
    sign: str
    verdict: str
    state: str  # the verdict, or `severe`: what its colour is
    figure: str
    start: str
    width: str
    due: str | None
    completion: float
    lead: float | str
    tip: str


class Bars(NamedTuple):
    """The bars with the places of 0 and of 100 %, and the width between them."""

    bars: list[Bar]
    zero: str
    full: str
    span: str


class Cell(NamedTuple):
    """One indicator of one region; `sort` is its completion, empty where there is none."""

    state: str
    sign: str
    figure: str
    mark: str
    sort: float | str
    tip: str


class HeatLine(NamedTuple):
    """One region, with a cell for each indicator; None where it is not held to one."""

    name: str
    cells: list[Cell | None]


class Heat(NamedTuple):
    """Regions down, indicators across; `legend` names the signs."""

    indicators: list[str]
    lines: list[HeatLine]
    legend: str


def counts(numbers: Sequence[VerdictCount]) -> list[Count]:
    """The verdicts with how many indicators have each."""
    most = max((each.number for each in numbers), default=1)
    return [
        Count(each.verdict, each.sign, each.word, each.number, _place(each.number / most), writable("、".join(each.names)))
        for each in numbers
    ]


def completion_bars(rows: Sequence[Row], as_of: date) -> Bars | None:
    """The indicators that have a completion and are not merely to be kept; None where there are none."""
    drawn = [(row, row.completion) for row in rows if row.completion is not None and not row.kept]
    if not drawn:
        return None
    low = min(0.0, *(max(completion, -LONGEST / 2) for _, completion in drawn), 0.0)
    high = max(1.0, *(min(max(completion, row.time_progress or 0.0), LONGEST) for row, completion in drawn))
    scale = Scale(low, high)
    bars = [_bar(row, completion, scale, as_of) for row, completion in drawn]
    return Bars(bars, scale(0.0), scale(1.0), scale.width(0.0, 1.0))


class Scale(NamedTuple):
    """From a share to its place in per cent of the width; what lies beyond an end is put on it."""

    low: float
    high: float

    def __call__(self, share: float) -> str:
        """The place as text."""
        return _place((min(max(share, self.low), self.high) - self.low) / (self.high - self.low))

    def width(self, start: float, end: float) -> str:
        """The distance between two shares as text; `end` is not before `start`."""
        return f"{float(self(end)) - float(self(start)):.2f}"

    def beyond(self, share: float) -> bool:
        """Whether it has no place in the chart."""
        return not self.low <= share <= self.high


def _place(share: float) -> str:
    return f"{100 * share:.2f}"


def _bar(row: Row, completion: float, scale: Scale, as_of: date) -> Bar:
    start, end = min(completion, 0.0), max(completion, 0.0)
    due = scale(row.time_progress) if row.time_progress is not None and not scale.beyond(row.time_progress) else None
    said = [percent_text(completion), verdict_text(row), *(["超出图幅"] if scale.beyond(completion) else []), *_flags(row)]
    lead = completion - row.time_progress if row.time_progress is not None else ""
    return Bar(
        writable(row.indicator_name), row.sign, row.verdict, state(row), "　".join(said), scale(start),
        scale.width(start, end), due, completion, lead, tip(row, as_of),
    )  # fmt: skip


def state(row: Row) -> str:
    """What the colour of a row's mark is chosen by."""
    return "severe" if row.severity == "severe" else row.verdict


def _flags(row: Row) -> list[str]:
    return [f"〔{mark}〕" for mark in marks(row) if mark in ("演示数据", "未经复核")]


def region_heat(rows: Sequence[Row], as_of: date) -> Heat | None:
    """Regions in the order of their codes, indicators in the plan's; None where there are fewer than two regions."""
    names = dict(sorted({row.region: row.region_name for row in rows}.items()))
    if len(names) < 2:
        return None
    indicators = dict.fromkeys((row.indicator, writable(row.indicator_name)) for row in rows)
    held = {(row.region, row.indicator): row for row in rows}
    lines = [
        HeatLine(writable(name), [_cell(held.get((region, indicator)), as_of) for indicator, _ in indicators])
        for region, name in names.items()
    ]
    legend = "　".join(dict.fromkeys(f"{row.sign} {row.word}" for row in rows))
    return Heat([name for _, name in indicators], lines, f"{legend}　空白：该地区不填报这一指标")


def _cell(row: Row | None, as_of: date) -> Cell | None:
    if row is None:
        return None
    paced = row.completion is not None and not row.kept
    figure = percent_text(row.completion) if paced else number_text(row.value, row.unit)
    sort = row.completion if paced and row.completion is not None else ""
    return Cell(state(row), row.sign, figure, "".join(_flags(row)), sort, tip(row, as_of))


def tip(row: Row, as_of: date) -> str:
    """The values behind a mark, line by line."""
    value = number_text(row.value, row.unit) if row.value is not None else "未填报"
    observed = f"（{date_text(row.observed)}）" if row.observed else ""
    baseline = BASELINE_WORDS.get(row.baseline_origin or "", "")
    lines = [
        f"{row.indicator_name}　{row.region_name}",
        f"现值：{value}{observed}",
        f"目标：{row.target_text}（{row.target_year_text}）",
        f"基期值：{number_text(row.baseline, row.unit)}{f'（{baseline}）' if baseline else ''}",
        f"按时序应达：{computed_text(row.expected, row.unit)}" if row.expected is not None and not row.due(as_of) else "",
        f"完成率：{percent_text(row.completion)}　时序进度：{percent_text(row.time_progress)}",
        f"判定：{row.sign} {verdict_text(row)}{f'（{row.reason_word}）' if row.reason_word else ''}",
        f"到期预计：{computed_text(row.projected, row.unit)}" if row.projected is not None and not row.due(as_of) else "",
        f"已报 {row.reported_regions} 个地区，应报 {row.expected_regions} 个" if row.basis == "aggregate" else "",
        f"注意：{'、'.join(marks(row))}" if marks(row) else "",
    ]
    return writable("\n".join(line for line in lines if line))
