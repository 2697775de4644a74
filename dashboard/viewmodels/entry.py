"""What the page 填报 shows: whom and when one can report for, the sheet to fill, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import pandas as pd

from dashboard.viewmodels.entry_check import said
from trackers.exchange.entry_template import Line
from trackers.exchange.tables import COLUMN_WORDS, Row
from trackers.model.period import Frequency, Period
from trackers.model.plan import Aggregation, Indicator, Level, Measure, Plan
from trackers.model.region import Region, RegionTree
from trackers.model.report import WHOLE_UNITS
from trackers.model.rights import Permission, Rights
from trackers.model.wording import BEIJING
from trackers.queries.drafts import FILE
from trackers.queries.entry import Beside, Cell, may_mend
from trackers.queries.figures import KeptFigure

TYPED = {
    column: COLUMN_WORDS[column] for column in ("value", "numerator", "denominator", "note", "evidence", "reason")
}  # fmt: skip
ORDER = [
    "指标", "填报值", "分子", "分母", "单位", "备注", "佐证地址", "理由", "目标值", "上期值", "本期已报", "填报期",
]  # fmt: skip
LOOKED_AT = ["指标", "本期已报", "目标值", "上期值", "填报期"]
SEASONS = "一二三四"
Typed = dict[str, dict[str, str]]  # indicator id → column → the text that was typed


def regions_below(plan: Plan, tree: RegionTree, code: str, on: date) -> list[Region]:
    """Regions directly below that report one of the plan's indicators or lie above some that do."""
    depth = {level: place for place, level in enumerate(Level)}
    deepest = max((depth[indicator.level] for indicator in plan.indicators), default=-1)
    return [region for region in tree.children(code, on) if depth[region.level] <= deepest]


def entered_by(rights: Rights, plan: Plan, tree: RegionTree, regions: Sequence[Region]) -> list[Region]:
    """Those of the regions for which the person enters figures, or that lie above one for which they do."""
    own = [grant.region for grant in rights.grants if rights.may(Permission.ENTER, grant.region, plan)]
    above = {code for region in own for code in tree.above(region, plan.region)}
    return [each for each in regions if each.code in above or rights.may(Permission.ENTER, each.code, plan)]


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


def label(plan: Plan, region: Region, period: Period) -> str:
    """What a sheet is called: 阜新 海州区 2019年."""
    return f"{plan.short} {region.name} {period_label(period)}"


def last_finished(found: Sequence[Period], day: date) -> int:
    """Place of the newest period that had ended by the day; the oldest where none had."""
    return next((place for place, period in enumerate(found) if period.end <= day), len(found) - 1)


def way_to_fill(indicator: Indicator) -> str:
    """The unit, and which cells are wanted where it is not the value alone."""
    if indicator.aggregation is Aggregation.RATIO:
        return f"{indicator.unit}，填分子、分母"
    return indicator.unit if indicator.unit in WHOLE_UNITS else f"{indicator.unit}，可填分子、分母"


def sheet(lines: Sequence[Line], beside: Beside, typed: Typed) -> pd.DataFrame:
    """The grid, one row an indicator, numbered from 1; every column is text."""
    held = [typed.get(line.indicator.id, {}) for line in lines]
    columns = {
        "指标": [line.given[1] for line in lines],
        **{word: [cells.get(column, "") for cells in held] for column, word in TYPED.items()},
        "单位": [way_to_fill(line.indicator) for line in lines],
        "目标值": [line.given[4] for line in lines],
        "上期值": [line.given[3] for line in lines],
        "本期已报": [already(line, beside) for line in lines],
        "填报期": [str(line.period) for line in lines],
    }
    index = pd.RangeIndex(1, len(lines) + 1, name="行")
    return pd.DataFrame({name: columns[name] for name in ORDER}, index=index, dtype=object)


def already(line: Line, beside: Beside) -> str:
    """What is kept for the very period with its state, and the figure that stands where that is another one."""
    last = beside.kept.get(_cell(line))
    if last is None:
        return ""
    told = f"{said(line.indicator, last)}（{state_word(last)}）"
    stands = beside.approved.get(_cell(line))
    if stands and not last.state.needs_a_reason:
        told += f"；现行 {said(line.indicator, stands)}"
    return told


def state_word(figure: KeptFigure) -> str:
    """Where a figure stands: 待审核, 已退回, 已审核, 已锁定, or 未经复核 where it was taken in without a review."""
    if figure.approved_at is None or figure.review_id is not None:
        return figure.state.word
    return f"{figure.state.word}，未经复核" if figure.locked else "未经复核"


def given_back(lines: Sequence[Line], beside: Beside) -> list[str]:
    """A sentence for every figure of the sheet that was given back: what the reviewer said, who and when."""
    found = [(line, beside.comments[_cell(line)]) for line in lines if _cell(line) in beside.comments]
    return [
        f"{line.given[1]}：{comment.text}（{comment.by}，{comment.at.astimezone(BEIJING):%Y-%m-%d %H:%M}）"
        for line, comment in found
    ]


def open_lines(lines: Sequence[Line], beside: Beside, closed: Mapping[Period, str]) -> list[Line]:
    """Those to be filled in: of a closed period only what was given back or stands approved and may be corrected."""
    return [line for line in lines if line.period not in closed or may_mend(beside, _cell(line))]


def _cell(line: Line) -> Cell:
    return line.indicator.id, line.region.code, line.period.number


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


def changed_cells(before: Typed, after: Typed) -> Typed:
    """The cells that differ, as they are now; an empty text for one that is gone."""
    found: Typed = {}
    for id in [*before, *after]:
        old, new = before.get(id, {}), after.get(id, {})
        cells = {column: new.get(column, "") for column in [*old, *new] if old.get(column, "") != new.get(column, "")}
        if cells:
            found[id] = cells
    return found


def saved(at: datetime | None) -> str:
    """When the draft was kept; before there is one, that it will be."""
    if at is None:
        return "停下来一两秒，填的内容就自动存为草稿，提交以前别人看不到。"
    return f"草稿已保存 {at.astimezone(BEIJING):%H:%M:%S（%Y-%m-%d）}"


def parted(cells: Typed) -> tuple[Typed, Typed]:
    """A draft's typed cells and its evidence files, apart."""
    typed = {id: {c: text for c, text in row.items() if not c.startswith(FILE)} for id, row in cells.items()}
    files = {id: {c: text for c, text in row.items() if c.startswith(FILE)} for id, row in cells.items()}
    return {id: row for id, row in typed.items() if row}, {id: row for id, row in files.items() if row}
