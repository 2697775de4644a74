"""Completion against the time that has passed, one bar an indicator."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import (
    ROW,
    beyond,
    canvas,
    due_marks,
    footnote,
    labels_above,
    safe,
    scale,
    target_marks,
)
from dashboard.palette import tone_of
from dashboard.viewmodels import words
from trackers.model.wording import computed_text, number_text, percent_text


def progress_chart(rows: pd.DataFrame) -> go.Figure:
    """Bars of completion with a mark where it should be; `rows` as `viewmodels.overview.drawn` gives them.

    Each bar carries the indicator's id as custom data.
    """
    figure = canvas(ROW * len(rows) + 66, bottom=50)
    records = rows.to_dict("records")
    places = list(range(len(records)))
    figure.add_bar(
        x=rows["completion"], y=places, orientation="h", width=0.34, name="完成率",
        marker={"color": [tone_of(r["verdict"], r["severity"]).shade for r in records]},
        customdata=[[r["indicator"]] for r in records], hovertext=[hover(r) for r in records], hoverinfo="text",
    )  # fmt: skip
    target_marks(figure, [0.0] * len(rows), places)
    target_marks(figure, [1.0] * len(rows), places)
    due_marks(figure, rows["due_share"], places)
    labels_above(figure, [(f"{r['sign']} {r['indicator_name']}", percent_text(r["completion"])) for r in records])
    return _framed(figure, rows)


def _framed(figure: go.Figure, rows: pd.DataFrame) -> go.Figure:
    ends = scale(rows["completion"], rows["due_share"])
    said = beyond(figure, rows["completion"], range(len(rows)), ends)
    figure.update_xaxes(range=list(ends), tickformat=".0%", title=None)
    figure.update_yaxes(range=[len(rows) - 0.6, -0.75], showticklabels=False, showgrid=False)
    footnote(figure, "条：完成率　粗线：截至日应完成　细线：目标", said, words.DEMO if rows["demo"].any() else "")
    return figure


def hover(row: dict[Any, Any]) -> str:
    """What stands beside a mark that is pointed at: the figures, their day, source and marks."""
    unit = row["unit"]
    lines = [
        f"<b>{safe(row['indicator_name'])}</b>　{safe(row['region_name'])}",
        words.label(row),
        f"现值 {number_text(row['value'], unit)}，目标 {safe(row['target_text'])}（{row['target_year']}年）",
        f"截至日应达 {computed_text(row['expected'], unit)}",
        f"完成率 {percent_text(row['completion'])}，时序进度 {percent_text(row['time_progress'])}",
        f"数据日期 {words.observed(row)}",
        f"来源 {safe(words.source(row))}" if words.source(row) else "",
        words.marks(row),
    ]
    return "<br>".join(each for each in lines if each)
