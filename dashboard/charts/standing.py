"""One region's indicators, each against its own target: the target is 100 % of the bar's scale."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import (
    ROW,
    beyond,
    canvas,
    due_marks,
    footnote,
    labels_above,
    scale,
    target_marks,
)
from dashboard.charts.progress import hover
from dashboard.palette import tone_of
from dashboard.viewmodels import words
from trackers.model.wording import number_text


def standing_chart(rows: pd.DataFrame) -> go.Figure:
    """Bars of value over target with a mark where the value should be; each bar carries its indicator's id."""
    figure = canvas(ROW * len(rows) + 66, bottom=50)
    records = rows.to_dict("records")
    places = list(range(len(records)))
    figure.add_bar(
        x=rows["value"] / rows["target"], y=places, orientation="h", width=0.34,
        marker={"color": [tone_of(r["verdict"], r["severity"]).shade for r in records]},
        customdata=[[r["indicator"]] for r in records], hovertext=[hover(r) for r in records], hoverinfo="text",
    )  # fmt: skip
    target_marks(figure, [0.0] * len(rows), places)
    target_marks(figure, [1.0] * len(rows), places)
    due_marks(figure, rows["expected"] / rows["target"], places)
    said = [f"{number_text(record['value'], record['unit'])} / {record['target_text']}" for record in records]
    names = [f"{record['sign']} {record['indicator_name']}" for record in records]
    labels_above(figure, zip(names, said, strict=True))
    return _framed(figure, rows)


def _framed(figure: go.Figure, rows: pd.DataFrame) -> go.Figure:
    ends = scale(rows["value"] / rows["target"], rows["expected"] / rows["target"])
    said = beyond(figure, rows["value"] / rows["target"], range(len(rows)), ends)
    figure.update_xaxes(range=list(ends), tickformat=".0%")
    figure.update_yaxes(range=[len(rows) - 0.6, -0.75], showticklabels=False, showgrid=False)
    footnote(figure, "条：现值占目标　粗线：截至日应达　细线：目标", said, words.DEMO if rows["demo"].any() else "")
    return figure
