"""Supervision orders by region: how many are overdue, wait, are answered, are closed."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import SLIM, canvas, footnote, safe
from dashboard.palette import Tone

# Columns of the board → (sign, word, tone), in the order in which they stand in a bar.
PARTS = {
    "overdue": ("▼", "已逾期", Tone.BAD), "waiting": ("○", "待答复", Tone.WATCH), "answered": ("◎", "已答复", Tone.FINE),
    "closed": ("√", "已结案", Tone.UNKNOWN),
}  # fmt: skip


def board_chart(board: pd.DataFrame) -> go.Figure:
    """A bar a region, cut by where its orders stand; `board` as `queries.supervision.board` gives it."""
    figure = canvas(SLIM * len(board) + 36, bottom=28)
    names = [safe(name) for name in board["region_name"]]
    for column, (sign, word, tone) in PARTS.items():
        numbers = board[column]
        figure.add_bar(
            x=numbers, y=names, orientation="h", name=f"{sign} {word}",
            marker={"color": tone.shade, "line": {"width": 1, "color": "rgba(255,255,255,0.6)"}},
            text=[f"{sign}{number}" if number else "" for number in numbers], textposition="inside",
            insidetextanchor="middle", textfont={"color": "#FFFFFF", "size": 12}, textangle=0, constraintext="none",
            customdata=[[code] for code in board["region"]], hovertemplate="%{y}　" + word + " %{x}件<extra></extra>",
        )  # fmt: skip
    figure.update_layout(barmode="stack")
    footnote(figure, "数字为件数", below=4)
    figure.update_xaxes(dtick=1 if board[list(PARTS)].sum(axis=1).max() < 12 else None, showgrid=False, showticklabels=False)
    figure.update_yaxes(autorange="reversed", showgrid=False, automargin=True, dtick=1)
    return figure
