"""Regions side by side: how many rows have each verdict, and one indicator's values in order."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import SLIM, canvas, due_marks, footnote, line, safe
from dashboard.charts.progress import hover
from dashboard.palette import TARGET_SHADE, tone_of
from dashboard.viewmodels import words
from trackers.model.wording import number_text


def ranking_chart(rows: pd.DataFrame) -> go.Figure:
    """One indicator's values by region, in the order of the rows, with what each should be and its target."""
    figure = canvas(SLIM * len(rows) + 78, right=24, bottom=50)
    records = rows.to_dict("records")
    names = [_name(r, mixed=rows["demo"].nunique() > 1) for r in records]
    figure.add_bar(
        x=rows["value"], y=names, orientation="h", width=0.62,
        marker={"color": [tone_of(r["verdict"], r["severity"]).shade for r in records]},
        customdata=[[r["region"]] for r in records], hovertext=[hover(r) for r in records], hoverinfo="text",
    )  # fmt: skip
    due_marks(figure, rows["expected"], names)
    _targets(figure, rows, names)
    figure.update_yaxes(autorange="reversed", showgrid=False, automargin=True, dtick=1)
    figure.update_xaxes(rangemode="tozero", showgrid=True)
    footnote(figure, "条：现值　粗线：截至日应达", words.DEMO if rows["demo"].any() else "", side="right")
    return figure


def _name(row: dict[Any, Any], *, mixed: bool) -> str:
    """▼ 彰武县 87.95%; where only some figures are demonstrations, those say so."""
    mark = "（演示）" if mixed and row["demo"] else ""
    return safe(f"{row['sign']} {row['region_name']}　{number_text(row['value'], row['unit'])}{mark}")


def _targets(figure: go.Figure, rows: pd.DataFrame, names: list[str]) -> None:
    """A line where all regions are held to the same target; else a mark a region."""
    targets = rows["target"].dropna().unique()
    if len(targets) == 1 and rows["target"].notna().all():
        figure.add_vline(x=targets[0], line=line("dash"))
        figure.add_annotation(
            text=f"目标 {safe(rows['target_text'].iloc[0])}", x=targets[0], y=1, yref="paper", yshift=2,
            yanchor="bottom", showarrow=False, font={"size": 12},
        )  # fmt: skip
        figure.update_layout(margin={"t": 28})
    elif len(targets):
        figure.add_scatter(
            x=rows["target"], y=names, mode="markers", hoverinfo="skip",
            marker={"symbol": "diamond-tall-open", "size": 11, "line": {"width": 2, "color": TARGET_SHADE}},
        )  # fmt: skip
