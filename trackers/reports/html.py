"""A report as one HTML file that works from a folder: charts with values at hand, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trackers.reports.columns import (
    BESIDE,
    COMPARISONS,
    FAR,
    FIGURES,
    GOALS,
    INDICATORS,
    REGIONS,
    SETTINGS,
    SOURCES,
    TASKS,
    UNITS,
)
from trackers.reports.docx import template_fields
from trackers.reports.figures import Row
from trackers.reports.html_charts import completion_bars, counts, region_heat
from trackers.reports.outline import Contents
from trackers.reports.pages import page

COLUMNS = {
    "indicators": INDICATORS, "tasks": TASKS, "units": UNITS, "goals": GOALS, "regions": REGIONS, "far": FAR,
    "figures": FIGURES, "comparisons": COMPARISONS, "settings": SETTINGS, "sources": SOURCES,
}  # fmt: skip
SECTIONS = (
    ("part-1", "评估背景"), ("part-2", "总体评价"), ("part-3", "主要指标"), ("part-4", "重点任务"), ("part-5", "区域进展"),
    ("part-6", "存在问题"), ("part-7", "对策建议"), ("part-8", "附表"),
)  # fmt: skip


def html_report(contents: Contents) -> bytes:
    """The report as one page in UTF-8; equal contents give equal bytes. Every text of the data stays text."""
    fields = template_fields(contents, None)
    home = [line.row for line in contents.indicators]
    below = [row for row in contents.rows if row.region != contents.home]
    tables = {
        "indicators": _marked(fields["indicators"], home),
        "figures": _marked(fields["figures"], contents.rows),
    }
    charts = {
        "counts": counts(contents.counts),
        "bars": completion_bars([row for row in home if row], contents.as_of),
        "heat": region_heat(below, contents.as_of),
    }
    beside = [(caption.removeprefix("附表："), fields[items], columns) for caption, items, columns in BESIDE if fields[items]]
    return page("evaluation.html", **fields | tables | charts, beside=beside, columns=COLUMNS, sections=SECTIONS)


def _marked(cells: Sequence[dict[str, Any]], rows: Sequence[Row | None]) -> list[dict[str, Any]]:
    """The rows of a table, each with the verdict by which it is filtered."""
    return [told | {"state": row.verdict if row else ""} for told, row in zip(cells, rows, strict=True)]
