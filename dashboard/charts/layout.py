"""What the charts share: sizes, fonts, lines and how a row's label stands above its bar.

Text and grid take the colours of the page's theme (assets/looks.css), so one figure serves light and dark.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.palette import TARGET_SHADE

FONT = 13
ROW = 46  # height of a bar with its label above it
FURTHEST = 5.0  # times the target that the axis of bars reaches; a figure far off would make all others unreadable
SLIM = 26  # height of a bar with its label beside it
NOTE = 16  # height of a second line below the axis
DASH, DOT = "dash", "dot"


class Finished(go.Figure):  # type: ignore[misc]
    """A figure that nobody changes any more: what a browser is sent of it is put together once."""

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain data, the same each time."""
        if "_told" not in self.__dict__:
            self.__dict__["_told"] = super().to_dict()
        told: dict[str, Any] = self.__dict__["_told"]
        return told


def canvas(height: int, *, left: int = 14, right: int = 8, top: int = 8, bottom: int = 36) -> go.Figure:
    """An empty figure of this height."""
    figure = go.Figure()
    figure.update_layout(
        height=height, margin={"l": left, "r": right, "t": top, "b": bottom}, font={"size": FONT},
        hoverlabel={"font": {"size": FONT}, "align": "left"}, bargap=0.3, showlegend=False, dragmode=False,
        legend={"orientation": "h", "y": -0.1, "yanchor": "top", "x": 0, "font": {"size": FONT}},
        separators=".",
    )  # fmt: skip
    figure.update_xaxes(fixedrange=True, zeroline=False, tickfont={"size": 12})
    figure.update_yaxes(fixedrange=True, zeroline=False, tickfont={"size": FONT})
    return figure


def labels_above(figure: go.Figure, labels: Iterable[tuple[str, str]]) -> None:
    """Each row's name above its bar and its figures at the other end: readable on a telephone too.

    All at once: plotly looks through those that are there each time one is added.
    """
    told = [
        {
            "text": safe(text), "x": x, "xref": "paper", "xanchor": anchor, "y": row, "yref": "y", "yshift": 18,
            "showarrow": False, "font": {"size": 12},
        }
        for row, names in enumerate(labels)
        for text, x, anchor in zip(names, (0, 1), ("left", "right"), strict=True)
    ]  # fmt: skip
    figure.update_layout(annotations=[*figure.layout.annotations, *told])


def due_marks(figure: go.Figure, x: Iterable[float], rows: Iterable[object]) -> None:
    """A thick upright line in each row: where it should be today. Dark in a light frame, it shows on any ground."""
    at, places = list(x), list(rows)
    _marks(figure, at, places, width=6, color="#FFFFFF", long=13)
    _marks(figure, at, places, width=3, color="#1B2633", long=12)


def target_marks(figure: go.Figure, x: Iterable[float], rows: Iterable[object]) -> None:
    """A thin upright line in each row: its target, or where its scale begins."""
    _marks(figure, list(x), list(rows), width=1.5, color=TARGET_SHADE, long=14)


def _marks(figure: go.Figure, x: list[float], rows: list[object], *, width: float, color: str, long: int) -> None:
    figure.add_scatter(
        x=x, y=rows, mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ns", "size": long, "line": {"width": width, "color": color}},
    )  # fmt: skip


def footnote(figure: go.Figure, *told: str, below: int = 26, side: str = "left") -> None:
    """What the lines mean, below the axis, and whether the figures are demonstrations: a line each, as a telephone is narrow.

    On the right side the words may reach under the names of the bars.
    """
    lines = [text for text in told if text]
    for place, text in enumerate(lines):
        figure.add_annotation(
            text=text, x=0 if side == "left" else 1, xref="paper", xanchor=side, y=0, yref="paper", yanchor="top",
            yshift=-below - NOTE * place, showarrow=False, font={"size": 12},
        )  # fmt: skip
    more = NOTE * (len(lines) - 1)
    figure.update_layout(height=figure.layout.height + more, margin={"b": figure.layout.margin.b + more})


def scale(shares: pd.Series, due: pd.Series) -> tuple[float, float]:
    """Where the axis of shares of a target begins and ends: no bar makes it so long that the others cannot be read."""
    low = min(0.0, due.min(), max(shares.min(), -FURTHEST))
    return low * 1.05, max(1.0, due.max(), min(shares.max(), FURTHEST)) * 1.03


def beyond(figure: go.Figure, shares: Iterable[float], rows: Iterable[object], ends: tuple[float, float]) -> str:
    """An arrow at the end of each bar that goes on beyond the axis; what the words below say of it, if there is one."""
    out = [(share, row) for share, row in zip(shares, rows, strict=True) if not ends[0] <= share <= ends[1]]
    for share, row in out:
        right = share > ends[1]
        figure.add_scatter(
            x=[ends[1] if right else ends[0]], y=[row], mode="markers", hoverinfo="skip", cliponaxis=False,
            marker={
                "symbol": "triangle-right" if right else "triangle-left", "size": 13, "color": "#FFFFFF",
                "line": {"width": 1.5, "color": "#1B2633"},
            },
        )  # fmt: skip
    return "箭头：条比图长，以数字为准" if out else ""


def line(dash: str = "solid", width: float = 2) -> dict[str, object]:
    """The line of a target or of what is expected."""
    return {"color": TARGET_SHADE, "dash": dash, "width": width}


def safe(text: str) -> str:
    """Text of people or documents in a chart, where a few tags would be read as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
