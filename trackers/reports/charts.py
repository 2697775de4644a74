"""Charts of a report as PNG, drawn without a display and with a font that comes along, never one of the system.

Only Figure objects are used and no state of matplotlib's is changed, so reports may be made in several threads.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from pylopdf_fonts_zh_cn import sans_path

from trackers.assessment.verdict import Verdict
from trackers.model.wording import percent_text
from trackers.reports.figures import Row
from trackers.reports.outline import VerdictCount
from trackers.reports.sentences import verdict_text

COLOURS = {
    "achieved": "#1b7837", "ahead": "#5aae61", "on_track": "#4393c3", "lagging": "#f4a582", "regressing": "#b2182b",
    "missed": "#d6604d",
}  # fmt: skip
OTHER = "#bdbdbd"
WIDTH = 6.1  # inches; the type area of 156 mm
DPI = 200
LONGEST = 2.0  # completions beyond 200 % leave the picture; the number beside the bar tells them
MOST_REGIONS = 30


@lru_cache(maxsize=16)
def _font(size: float) -> FontProperties:
    return FontProperties(fname=str(sans_path()), size=size)


def _text(axes: Any, x: float, y: float, words: str, size: float = 8, **more: Any) -> None:
    # parse_math=False: a dollar sign in a name is a dollar sign.
    axes.text(x, y, words, fontproperties=_font(size), parse_math=False, **more)


def _png(figure: Figure) -> bytes:
    FigureCanvasAgg(figure)
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=DPI, metadata={"Software": None})
    return target.getvalue()


def _axes(rows: int, *, left: float = 0.34, right: float = 0.98, step: float = 0.3) -> tuple[Figure, Any]:
    height = step * rows + 0.55
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((left, 0.3 / height, right - left, step * rows / height))
    axes.set_ylim(rows - 0.5, -0.5)
    axes.tick_params(length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _names(axes: Any, names: Sequence[str], size: float = 8) -> None:
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels(["" for _ in names])
    for place, name in enumerate(names):
        _text(axes, -0.01, place, shortened(name, 18), size, ha="right", va="center", transform=axes.get_yaxis_transform())


def shortened(name: str, most: int) -> str:
    """A name that fits its place in a picture; the table beside it has it in full."""
    return name if len(name) <= most else name[: most - 1] + "…"


def completion_chart(rows: Sequence[Row]) -> bytes | None:
    """Completion of each indicator as a bar, the time progress as a stroke across it; None with nothing to draw."""
    drawn = [row for row in rows if row.completion is not None and not row.kept]
    if not drawn:
        return None
    figure, axes = _axes(len(drawn))
    low = min(0.0, *(max(row.completion or 0, -LONGEST / 2) for row in drawn), -0.0) * 1.05
    high = max(1.0, *(min(_most(row), LONGEST) for row in drawn)) * 1.05
    axes.set_xlim(low, high + 0.95 * (high - low))
    for place, row in enumerate(drawn):
        _bar(axes, place, row, low, high)
    axes.axvline(1, color="#333333", linewidth=0.8)
    axes.axvline(0, color="#333333", linewidth=0.8)
    _names(axes, [row.indicator_name for row in drawn])
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    _text(axes, 0, -0.7, "0", 7, ha="center", va="bottom")
    _text(axes, 1, -0.7, "100%", 7, ha="center", va="bottom")
    below = len(drawn) - 0.35
    _text(axes, low, below, "横条：完成率   竖线“｜”：时序进度   超出图幅的以数字为准", 7, va="top")
    return _png(figure)


def _most(row: Row) -> float:
    return max(row.completion or 0, row.time_progress or 0)


def _bar(axes: Any, place: int, row: Row, low: float, high: float) -> None:
    completion = row.completion or 0.0
    length = min(max(completion, low), high)
    axes.add_patch(
        Rectangle((min(0, length), place - 0.3), abs(length), 0.6, facecolor=COLOURS.get(row.verdict, OTHER))
    )
    if row.time_progress is not None and row.time_progress <= high:
        axes.plot([row.time_progress] * 2, [place - 0.42, place + 0.42], color="#000000", linewidth=1.6)
    demo = " 演示数据" if row.demo else ""
    _text(axes, high * 1.02, place, f"{percent_text(completion)} {row.sign} {verdict_text(row)}{demo}", 7.5, va="center")


def verdict_chart(counts: Sequence[VerdictCount]) -> bytes | None:
    """How many indicators have each verdict; None where there is no indicator."""
    if not counts:
        return None
    figure, axes = _axes(len(counts), left=0.24)
    most = max(count.number for count in counts)
    axes.set_xlim(0, most * 1.15)
    for place, count in enumerate(counts):
        colour = COLOURS.get(count.verdict, OTHER)
        axes.add_patch(Rectangle((0, place - 0.3), count.number, 0.6, facecolor=colour))
        _text(axes, count.number, place, f" {count.number}项", 8, va="center")
    _names(axes, [f"{count.sign} {count.word}" for count in counts])
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.axvline(0, color="#333333", linewidth=0.8)
    return _png(figure)


def region_charts(rows: Sequence[Row]) -> list[bytes]:
    """Regions down, indicators across, each field with completion and sign; several pictures for many regions.

    Only regions and indicators with a completion are drawn; empty where there are fewer than two such regions.
    """
    drawn = [row for row in rows if row.completion is not None and not row.kept]
    regions = sorted({row.region for row in drawn})
    if len(regions) < 2:
        return []
    parts = [regions[start : start + MOST_REGIONS] for start in range(0, len(regions), MOST_REGIONS)]
    indicators = list(dict.fromkeys((row.indicator, row.indicator_name) for row in drawn))
    return [_heat([row for row in drawn if row.region in part], part, indicators) for part in parts]


def _heat(rows: Sequence[Row], regions: Sequence[str], indicators: Sequence[tuple[str, str]]) -> bytes:
    figure, axes = _axes(len(regions) + 1, left=0.25, step=0.24)
    axes.set_ylim(len(regions) + 0.5, -0.5)
    axes.set_xlim(0, len(indicators))
    names = {row.region: row.region_name for row in rows}
    names |= {row.region: f"{shortened(row.region_name, 10)}〔演示〕" for row in rows if row.demo}
    across = {id: place for place, (id, _) in enumerate(indicators)}
    down = {code: place + 1 for place, code in enumerate(regions)}
    for place in range(len(indicators)):
        _text(axes, place + 0.5, 0, f"〔{place + 1}〕", 7.5, ha="center", va="center")
    size = 7.0 if len(indicators) <= 8 else 4.8
    fields = [Rectangle((across[r.indicator] + 0.03, down[r.region] - 0.45), 0.94, 0.9) for r in rows]
    colours = [COLOURS.get(row.verdict, OTHER) for row in rows]
    axes.add_collection(PatchCollection(fields, facecolors=colours, alpha=0.55), autolim=False)
    for row in rows:
        x, y = across[row.indicator], down[row.region]
        _text(axes, x + 0.5, y, f"{row.sign} {percent_text(row.completion)}", size, ha="center", va="center")
    _names(axes, ["", *(names[code] for code in regions)], 7.5)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    words = dict.fromkeys(f"{row.sign} {Verdict(row.verdict).word}" for row in rows)
    _text(axes, 0, len(regions) + 0.7, "   ".join(words), 7, va="top")
    return _png(figure)


def region_legend(rows: Sequence[Row]) -> str:
    """What the numbers and marks of the regions' chart stand for: 〔1〕诚信计量示范单位；〔2〕…"""
    drawn = [row for row in rows if row.completion is not None and not row.kept]
    names = dict.fromkeys((row.indicator, row.indicator_name) for row in drawn)
    told = [f"〔{place}〕{name}" for place, (_, name) in enumerate(names, 1)] + ["空白：没有完成率"]
    return "；".join(told + (["〔演示〕该地区含演示数据"] if any(row.demo for row in drawn) else []))
