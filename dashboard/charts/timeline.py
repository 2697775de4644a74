"""A plan's way through the years: milestones, evaluations, changed targets, and where today stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.charts.layout import canvas, line, safe
from dashboard.palette import TARGET_SHADE, Tone
from dashboard.viewmodels.timeline import CHANGED, HELD, MILESTONE, ORDERED, ROWS, Event

ROW = 54
SYMBOLS = {MILESTONE: "diamond", ORDERED: "square", HELD: "circle", CHANGED: "triangle-up"}
SHADES = {MILESTONE: Tone.FINE.shade, ORDERED: TARGET_SHADE, HELD: Tone.REACHED.shade, CHANGED: Tone.BEHIND.shade}
AROUND = 0.15  # of a row, between the names above its marks and those below
EDGE = 0.12  # of the time shown, on either side


def timeline_chart(events: Sequence[Event], today: date) -> go.Figure:
    """A row for each kind of event that there is; events of a year are bars."""
    rows = [row for row in ROWS if any(event.row == row for event in events)]
    figure = canvas(ROW * len(rows) + 66, top=28, bottom=34)
    for row in rows:
        own = [event for event in events if event.row == row]
        _row(figure, rows.index(row), sorted(own, key=_middle))
    days = [day for event in events for day in (event.day, event.until or event.day)]
    _framed(figure, rows, min(days), max(days), today)
    return figure


def _row(figure: go.Figure, place: int, own: Sequence[Event]) -> None:
    """Events of one kind, their names above and below in turn, so that those of near days lie apart."""
    shade = SHADES[own[0].row]
    for turn, event in enumerate(own):
        if event.until:
            span = {"x0": event.day.isoformat(), "x1": event.until.isoformat(), "y0": place - 0.12, "y1": place + 0.12}
            figure.add_shape(type="rect", **span, line={"width": 0}, fillcolor=shade)
        figure.add_annotation(
            text=safe(event.name), x=_middle(event).isoformat(), y=place, yshift=-17 if turn % 2 else 17, showarrow=False,
            font={"size": 12},
        )  # fmt: skip
    figure.add_scatter(
        x=[_middle(event) for event in own], y=[place] * len(own), mode="markers", name=own[0].row,
        marker={"symbol": SYMBOLS[own[0].row], "size": 13, "color": shade}, hovertext=[safe(event.told) for event in own],
        hoverinfo="text",
    )  # fmt: skip


def _middle(event: Event) -> date:
    return event.day + ((event.until or event.day) - event.day) / 2


def _framed(figure: go.Figure, rows: Sequence[str], first: date, last: date, today: date) -> None:
    around = timedelta(days=max(60, int((last - first).days * EDGE)))
    figure.update_xaxes(type="date", range=[first - around, last + around], tickformat="%Y", showgrid=True)
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=list(rows), range=[len(rows) - 0.4, -0.6], showgrid=False, automargin=True
    )
    if first <= today <= last:
        _today(figure, today.isoformat(), len(rows))


def _today(figure: go.Figure, day: str, rows: int) -> None:
    """A line that is broken where the names of events stand."""
    for place in range(rows):
        figure.add_shape(type="line", x0=day, x1=day, y0=place - AROUND, y1=place + AROUND, line=line(width=2))
    figure.add_annotation(text="今天", x=day, y=1, yref="paper", yanchor="bottom", showarrow=False, font={"size": 12})
