"""Plans beside one another: how far each has come against the time that has passed."""

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
from dashboard.palette import Tone
from dashboard.viewmodels import words
from trackers.model.wording import date_text, percent_text


def plans_chart(rows: pd.DataFrame) -> go.Figure:
    """A bar a plan with a mark where it should be; `rows` as `viewmodels.cockpit.furthest` gives them.

    Each bar carries the plan's id as custom data.
    """
    figure = canvas(ROW * len(rows) + 66, bottom=50)
    places = list(range(len(rows)))
    records = rows.to_dict("records")
    figure.add_bar(
        x=rows["completion"], y=places, orientation="h", width=0.34, marker={"color": Tone.FINE.shade},
        customdata=[[each["plan"]] for each in records], hovertext=[_hover(each) for each in records], hoverinfo="text",
    )  # fmt: skip
    target_marks(figure, [0.0] * len(rows), places)
    target_marks(figure, [1.0] * len(rows), places)
    due_marks(figure, rows["due"], places)
    said = [f"{percent_text(each['completion'])} / 应 {percent_text(each['due'])}" for each in records]
    labels_above(figure, zip(rows["label"], said, strict=True))
    ends = scale(rows["completion"], rows["due"])
    told = beyond(figure, rows["completion"], places, ends)
    figure.update_xaxes(range=list(ends), tickformat=".0%")
    figure.update_yaxes(range=[len(rows) - 0.6, -0.75], showticklabels=False, showgrid=False)
    footnote(figure, "条：完成率　粗线：应完成　细线：目标", told, words.DEMO if rows["demo"].any() else "")
    return figure


def _hover(row: dict[Any, Any]) -> str:
    lines = [
        f"<b>{safe(row['label'])}</b>　截至{date_text(row['day'])}",
        f"完成率 {percent_text(row['completion'])}，应完成 {percent_text(row['due'])}",
        f"都是 {row['drawn']} 项有完成率的指标的中位数；全部 {row['total']} 项，能判断进度的 {row['judged']} 项",
        words.DEMO if row["demo"] else "",
    ]
    return "<br>".join(each for each in lines if each)
