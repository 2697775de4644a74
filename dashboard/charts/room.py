"""Charts of bars for the screen of a meeting room: words that are read from some metres away, bars that fill the screen."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.layout import ROW

BY = 1.75  # times the size that words beside the axis have on a desk
SMALLEST, LARGEST = 20, 30  # px: names and figures of the bars
SHARE = 0.24  # of a row's height that its name takes
BAR = 0.17  # of a row's height that a bar reaches above its middle
MIDDLE = 0.8  # of its size that a name's middle lies above its foot, with a little room below it


def for_a_room(figure: go.Figure, height: int) -> go.Figure:
    """The same figure this high, its rows shared out over it; a chart of few rows is written larger still.

    For figures as `charts.plans` and `charts.progress` draw them: a name above each bar, lines across it, words below.
    """
    margin = figure.layout.margin
    figure.update_layout(height=height, margin={side: BY * margin[side] for side in "ltrb"})
    first, last = figure.layout.yaxis.range
    row = (height - figure.layout.margin.t - figure.layout.margin.b) / (first - last)
    _words(figure, row)
    _marks(figure, row / ROW)
    return figure


def _words(figure: go.Figure, row: float) -> None:
    size = min(LARGEST, max(SMALLEST, SHARE * row))
    figure.update_layout(font={"size": BY * figure.layout.font.size}, hoverlabel={"font": {"size": SMALLEST}})
    figure.update_xaxes(tickfont={"size": SMALLEST})
    names = {"font": {"size": size}, "yshift": BAR * row + MIDDLE * size}
    told = [
        {**each.to_plotly_json(), **(names if each.yref == "y" else _below(each))} for each in figure.layout.annotations
    ]  # all at once: plotly looks through all of them each time one is changed
    figure.layout.annotations = told


def _below(note: go.layout.Annotation) -> dict[str, object]:
    """A line of words below the axis."""
    return {"font": {"size": SMALLEST}, "yshift": BY * note.yshift}


def _marks(figure: go.Figure, taller: float) -> None:
    """Lines across a bar stay as long as it is thick."""
    for each in figure.select_traces({"type": "scatter"}):
        each.marker.size, each.marker.line.width = taller * each.marker.size, BY * each.marker.line.width
