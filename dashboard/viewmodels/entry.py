"""What the page 填报 shows: whom and when one can report for, the sheet to fill, and what a hand-in would do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from trackers.actions.figures import Recorded
from trackers.exchange.entry_template import Line
from trackers.exchange.import_figures import Reading, Taken
from trackers.exchange.rows import Fault
from trackers.exchange.tables import COLUMN_WORDS, Row
from trackers.model.period import Frequency, Period
from trackers.model.plan import Aggregation, Indicator, Level, Measure, Plan
from trackers.model.region import Region, RegionTree
from trackers.model.report import WHOLE_UNITS, Figure
from trackers.model.wording import number_text
from trackers.queries.figures import Change, Kept, KeptFigure

TYPED = {column: COLUMN_WORDS[column] for column in ("value", "numerator", "denominator", "note", "evidence")}
WRONG = "有误"
ORDER = [
    "指标", "填报值", "分子", "分母", "单位", "备注", "佐证地址", "目标值", "上期值", "本期已报", "填报期",
]  # fmt: skip
PREVIEW = ["行", "结果", "指标", "写入", "原有", "说明", "填报期", "地区", "佐证地址"]
SEASONS = "一二三四"
Typed = dict[str, dict[str, str]]  # indicator id → column → the text that was typed


class Summary(NamedTuple):
    """A hand-in in numbers of rows."""

    new: int
    changed: int
    same: int
    wrong: int
    empty: int

    def __str__(self) -> str:
        return f"新增 {self.new}、更正 {self.changed}、相同 {self.same}、有误 {self.wrong}、未填 {self.empty}（行）"


def regions_below(plan: Plan, tree: RegionTree, code: str, on: date) -> list[Region]:
    """Regions directly below that report one of the plan's indicators or lie above some that do."""
    depth = {level: place for place, level in enumerate(Level)}
    deepest = max((depth[indicator.level] for indicator in plan.indicators), default=-1)
    return [region for region in tree.children(code, on) if depth[region.level] <= deepest]


def reports(plan: Plan, region: Region) -> bool:
    """Whether some indicator is reported at the region's level."""
    return any(indicator.level is region.level for indicator in plan.indicators)


def periods(plan: Plan, region: Region, today: date) -> list[Period]:
    """Finished periods one can report for, the newest first.

    A quarter that ends a year is left to the year, which asks for quarterly counts as well, unless a rate belongs
    to the quarter.
    """
    asked = [each for each in plan.indicators if each.level is region.level] or plan.indicators
    longest: dict[date, Period] = {}
    alone: list[Period] = []
    for frequency in sorted({each.frequency for each in asked}, key=list(Frequency).index):
        rate = any(each.frequency is frequency and each.measure is Measure.RATE for each in asked)
        for period in _finished(frequency, date(plan.start, 1, 1), min(today, date(plan.end, 12, 31))):
            alone += [period] if rate else []
            longest[period.end] = period
    return sorted({each.number: each for each in [*longest.values(), *alone]}.values(), reverse=True)


def _finished(frequency: Frequency, first: date, last: date) -> Iterator[Period]:
    period = Period.ending(frequency, first)
    while period.end <= last:
        yield period
        period = period.next()


def period_label(period: Period) -> str:
    """The period in words: 2019年, 2019年第三季度, 2019年上半年, 2019年9月."""
    month = period.end.month
    return f"{period.end.year}年" + {
        Frequency.YEAR: "",
        Frequency.HALF: "上半年" if month == 6 else "下半年",
        Frequency.QUARTER: f"第{SEASONS[month // 3 - 1]}季度",
        Frequency.MONTH: f"{month}月",
        Frequency.DAY: f"{month}月{period.end.day}日",
    }[period.frequency]


def last_finished(found: Sequence[Period], day: date) -> int:
    """Place of the newest period that had ended by the day; the oldest where none had."""
    return next((place for place, period in enumerate(found) if period.end <= day), len(found) - 1)


def way_to_fill(indicator: Indicator) -> str:
    """The unit, and which cells are wanted where it is not the value alone."""
    if indicator.aggregation is Aggregation.RATIO:
        return f"{indicator.unit}，填分子、分母"
    return indicator.unit if indicator.unit in WHOLE_UNITS else f"{indicator.unit}，可填分子、分母"


def sheet(lines: Sequence[Line], kept: Kept, typed: Typed) -> pd.DataFrame:
    """The grid, one row an indicator, numbered from 1; every column is text."""
    rows = [
        {
            "指标": line.given[1],
            **{word: typed.get(line.indicator.id, {}).get(column, "") for column, word in TYPED.items()},
            "单位": way_to_fill(line.indicator),
            "目标值": line.given[4],
            "上期值": line.given[3],
            "本期已报": already(line, kept),
            "填报期": str(line.period),
        }
        for line in lines
    ]
    frame = pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="行"), dtype=object)
    return frame[ORDER]


def already(line: Line, kept: Kept) -> str:
    """What is kept for the very period, as it would be written again."""
    figure = kept.get((line.indicator.id, line.region.code, line.period.number))
    return said(line.indicator, figure) if figure else ""


def with_edits(typed: Typed, lines: Sequence[Line], edits: Mapping[int, Mapping[str, object]]) -> Typed:
    """What stands in the grid: what stood there before, with the cells that were changed since (by place from 0)."""
    columns = {word: column for column, word in TYPED.items()}
    found = {id: dict(cells) for id, cells in typed.items()}
    for place, changed in edits.items():
        cells = found.setdefault(lines[int(place)].indicator.id, {})
        cells.update({columns[word]: str(text or "") for word, text in changed.items() if word in columns})
    filled = {id: {column: text for column, text in cells.items() if text.strip()} for id, cells in found.items()}
    return {id: cells for id, cells in filled.items() if cells}


def rows_of(lines: Sequence[Line], typed: Typed) -> list[Row]:
    """The grid as rows of a table handed in, so that page and file are read by the same rules."""
    return [
        Row(
            number,
            {"region": line.region.code, "indicator": line.indicator.id, "period": str(line.period)}
            | typed.get(line.indicator.id, {}),
            [],
        )
        for number, line in enumerate(lines, start=1)
    ]


def summary(reading: Reading) -> Summary:
    """How many rows are new, changed, the same, wrong and empty."""
    wrong = len({fault.row for fault in reading.faults})
    new, changed, same = (reading.count(change) for change in (Change.NEW, Change.CHANGED, Change.SAME))
    return Summary(new, changed, same, wrong, reading.empty)


def fault_texts(reading: Reading, names: Sequence[str] = ()) -> list[str]:
    """Every refused cell in a sentence; `names` says what each row, from the first, is about."""
    abouts = {row: f"（{name}）" for row, name in enumerate(names, start=1)}
    return [f"第 {each.row} 行{abouts.get(each.row, '')}{_told(each)}" for each in reading.faults]


def _told(fault: Fault) -> str:
    read = f"读到“{fault.read}”" if fault.read else "没有填"
    return f"“{fault.heading}”：{read}，应为{fault.expected}"


def preview(reading: Reading, tree: RegionTree, names: Sequence[str] = ()) -> pd.DataFrame:
    """What would be written, row by row, wrong rows first; `names` as in `fault_texts`."""
    abouts = dict(enumerate(names, start=1))
    wrong: dict[int, list[str]] = {}
    for fault in reading.faults:
        wrong.setdefault(fault.row, []).append(_told(fault))
    rows: list[dict[str, object]] = [
        {"行": row, "结果": WRONG, "指标": abouts.get(row, ""), "说明": "不写入：" + "；".join(told)}
        for row, told in wrong.items()
    ]
    rows += [_taken(each, tree) for each in reading.taken]
    return pd.DataFrame([dict.fromkeys(PREVIEW, "") | row for row in rows], columns=PREVIEW)


def _taken(taken: Taken, tree: RegionTree) -> dict[str, object]:
    figure = taken.figure
    return {
        "行": taken.row,
        "结果": taken.change.word,
        "地区": tree[figure.region].name,
        "指标": taken.indicator.name,
        "填报期": str(figure.period),
        "写入": said(taken.indicator, figure),
        "原有": said(taken.indicator, taken.before) if taken.before else "",
        "说明": figure.note,
        "佐证地址": figure.evidence,
    }


def said(indicator: Indicator, figure: Figure | KeptFigure) -> str:
    """A figure with every digit it has: 86项; a ratio as its parts with what they make: 95/100（95%）."""
    demo = "，演示数据" if isinstance(figure, KeptFigure) and figure.demo else ""
    if figure.numerator is None or figure.denominator is None:
        return f"{exact(figure.value)}{indicator.unit}{demo}"
    made = number_text(figure.value, indicator.unit)
    return f"{exact(figure.numerator)}/{exact(figure.denominator)}（{made}）{demo}"


def exact(value: float) -> str:
    """The number as it is kept, unrounded and without an exponent: 12.345, 1200000."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(reading: Reading, done: Sequence[Recorded]) -> str:
    """What a hand-in did, in a sentence."""
    new, changed = sum(each.new for each in done), sum(each.changed for each in done)
    same = sum(each.same for each in done)
    mark = "演示数据、未经复核" if reading.demo else "未经复核"
    left = f"；{same} 个与原有相同，没有改动" if same else ""
    if not new + changed:
        return f"{reading.name}：{same} 个数与原有相同，没有写入新的数。"
    return f"{reading.name}：已写入 {new + changed} 个数（新增 {new}、更正 {changed}{left}），标记为“{mark}”。"


def fingerprint(reading: Reading) -> str:
    """Changes with anything the preview shows: what was shown is what is written."""
    shown = [(each.row, each.plan.id, each.figure, each.change, each.before) for each in reading.taken]
    return hashlib.sha256(repr((reading.name, reading.digest, shown, reading.faults)).encode()).hexdigest()[:16]
