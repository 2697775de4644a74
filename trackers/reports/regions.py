"""Part 5: how the regions below the plan's own compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from trackers.assessment.verdict import Verdict
from trackers.model.plan import Level
from trackers.model.wording import number_text, percent_text
from trackers.reports.figures import Row
from trackers.reports.outline import RegionLine
from trackers.reports.overview import BEHIND
from trackers.reports.sentences import listed, marks, verdict_text

GOOD = (Verdict.ACHIEVED, Verdict.AHEAD)


def region_lines(rows: Sequence[Row]) -> list[RegionLine]:
    """One line a region, larger regions first and in the order of their codes; `rows` are those of the regions."""
    order = list(Level)
    regions = sorted({(order.index(Level(row.region_level)), row.region) for row in rows})
    return [_line([row for row in rows if row.region == region]) for _, region in regions]


def _line(rows: Sequence[Row]) -> RegionLine:
    return RegionLine(
        region=rows[0].region, name=rows[0].region_name, level=Level(rows[0].region_level).word,
        expected=len(rows), reported=sum(row.value is not None for row in rows),
        numbers=dict(Counter(row.verdict for row in rows)),
        demo=any(row.demo for row in rows), unreviewed=any(row.unreviewed for row in rows),
    )  # fmt: skip


def region_findings(rows: Sequence[Row], lines: Sequence[RegionLine], home_name: str) -> list[str]:
    """Sentences on the regions: how complete, who is ahead and who lags, indicator by indicator."""
    if not rows:
        return [f"本规划没有由{home_name}以下地区填报的指标，不作地区比较。"]
    reported = sum(row.value is not None for row in rows if row.basis == "reported")
    expected = sum(row.basis == "reported" for row in rows)
    said = [f"{len(lines)}个地区应填报{expected}个数据，已填报{reported}个，填报率{percent_text(_share(reported, expected))}。"]
    if reported:
        said += _most(lines, GOOD, "提前实现（已实现）或快于预期")
        said += _most(lines, BEHIND, "滞后于预期、背离目标或未实现")
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.indicator, row.region_level), []).append(row)
    return said + [_indicator(group) for group in groups.values()]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _most(lines: Sequence[RegionLine], verdicts: Sequence[Verdict], words: str) -> list[str]:
    numbers = {line.name: sum(line.numbers.get(verdict, 0) for verdict in verdicts) for line in lines}
    most = max(numbers.values())
    if not most:
        return [f"各地区都没有{words}的指标。"]
    leading = [name for name, number in numbers.items() if number == most]
    return [f"{words}的指标最多的地区：{listed(leading)}（{most}项）。"]


def _indicator(rows: Sequence[Row]) -> str:
    """One indicator among the regions of one level."""
    there = [row for row in rows if row.value is not None]
    missing = [row.region_name for row in rows if row.value is None]
    level = Level(rows[0].region_level).word
    if not there:
        return f"{rows[0].indicator_name}：{level}应有{len(rows)}个地区的数据，均未填报。"
    parts = [f"{rows[0].indicator_name}：{level}应有{len(rows)}个地区的数据，已有{len(there)}个"]
    parts += [f"未填报的：{listed(missing)}"] if missing else []
    parts += _ends([row for row in there if not row.partial])
    parts += _judged(there)
    flags = dict.fromkeys(mark for row in there for mark in marks(row) if mark in ("演示数据", "未经复核"))
    return "；".join(parts) + (f"（{'、'.join(flags)}）" if flags else "") + "。"


def _ends(rows: Sequence[Row]) -> list[str]:
    """Who is first and who last, by completion where all have it, else by the value itself."""
    if len(rows) < 2:
        return []
    by_completion = all(row.completion is not None and not row.kept for row in rows)
    figures = {row.region_name: _figure(row, by_completion) for row in rows}
    texts = {
        row.region_name: percent_text(row.completion) if by_completion else number_text(row.value, row.unit)
        for row in rows
    }
    high, low = max(figures.values()), min(figures.values())
    if high == low:
        return [f"各地{'完成率' if by_completion else '数值'}相同（{texts[rows[0].region_name]}）"]
    first = [name for name, figure in figures.items() if figure == high]
    last = [name for name, figure in figures.items() if figure == low]
    what = "完成率" if by_completion else "数值"
    return [f"{what}最高的是{listed(first)}（{texts[first[0]]}），最低的是{listed(last)}（{texts[last[0]]}）"]


def _figure(row: Row, by_completion: bool) -> float:
    figure = row.completion if by_completion else row.value
    assert figure is not None
    return figure


def _judged(rows: Sequence[Row]) -> list[str]:
    words: dict[str, list[str]] = {}
    for row in rows:
        if row.verdict in (*GOOD, *BEHIND):
            words.setdefault(verdict_text(row), []).append(row.region_name)
    if not words and rows and all(row.reason == "no_regional_target" for row in rows):
        return ["没有区域分解目标，只列数值，不作判断"]
    return [f"{word}的：{listed(names)}" for word, names in words.items()]
