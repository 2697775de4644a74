"""One series over time, with its target, the way it should go and where it is heading."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.layout import DASH, DOT, canvas, line, safe
from dashboard.palette import TARGET_SHADE, Tone, tone_of
from dashboard.viewmodels import words
from dashboard.viewmodels.adjustments import Steps
from dashboard.viewmodels.region import Way
from trackers.model.wording import computed_text, date_text, number_text

HEIGHT = 420
NEAR = 0.25  # of the time shown: a telephone has no room for two names nearer to one another


def trend_chart(points: pd.DataFrame, row: dict[Any, Any], day: date, way: Way, steps: Steps | None = None) -> go.Figure:
    """The values over time; `points` as `queries.assess.trend` gives them, `row` of the judgement, `way` to the target.

    `steps` are the targets it had from each day on, where it was changed.
    """
    figure = canvas(HEIGHT, top=30, bottom=90)
    _expected(figure, way)
    _target(figure, points, row, steps or [])
    _values(figure, points, row)
    _revised(figure, points, row)
    _projected(figure, points, row)
    figure.add_vline(x=day.isoformat(), line=line(DOT, 1))
    figure.add_annotation(
        text="截至日", x=day.isoformat(), y=1, yref="paper", yanchor="bottom", showarrow=False, font={"size": 12}
    )
    key = {"yref": "container", "y": 0, "yanchor": "bottom"}  # apart from the years, however high the lines are
    figure.update_layout(showlegend=True, hovermode="closest", legend=key)
    figure.update_xaxes(type="date", tickformat="%Y年", ticklabelmode="period", showgrid=False)
    figure.update_yaxes(automargin=True, ticksuffix=row["unit"] if row["unit"] == "%" else "")
    return figure


def _values(figure: go.Figure, points: pd.DataFrame, row: dict[Any, Any]) -> None:
    shade = tone_of(row["verdict"], row["severity"]).shade
    for whole, name, symbol in ((True, "填报值", "circle"), (False, "数据不全的合计", "circle-open")):
        some = points[points["complete"] == whole]
        if some.empty:
            continue
        figure.add_scatter(
            x=some["day"], y=some["value"], mode="lines+markers" if whole else "markers",
            name=f"{name}（演示数据）" if some["demo"].any() else name,
            line={"color": shade, "width": 2.5}, marker={"color": shade, "size": 7, "symbol": symbol},
            hovertext=[_hover(point, row) for point in some.to_dict("records")], hoverinfo="text",
        )  # fmt: skip


def _revised(figure: go.Figure, points: pd.DataFrame, row: dict[Any, Any]) -> None:
    """A ring around each value whose period was handed in more than once."""
    again = points[points["revision"] > 1]
    if not again.empty:
        figure.add_scatter(
            x=again["day"], y=again["value"], mode="markers", name="修订过的值", hoverinfo="skip",
            marker={"symbol": "circle-open", "size": 15, "color": tone_of(row["verdict"], row["severity"]).shade},
        )  # fmt: skip


def _hover(point: dict[Any, Any], row: dict[Any, Any]) -> str:
    mark = f"<br>{words.DEMO}" if point["demo"] else ""
    partial = "" if point["complete"] else "<br>数据不全，只是已报地区"
    again = f"<br>第{point['revision']}次上报的值" if point["revision"] > 1 else ""
    said = f"{date_text(point['day'])}（{point['period']}）"
    return f"<b>{number_text(point['value'], row['unit'])}</b><br>{said}{partial}{again}{mark}"


def _target(figure: go.Figure, points: pd.DataFrame, row: dict[Any, Any], steps: Steps) -> None:
    if row["target"] != row["target"]:
        return
    first = min([row["target_day"], *points["day"]] + ([row["baseline_date"]] if row["baseline_date"] else []))
    last = max([row["target_day"], *points["day"]])
    later = steps[1:]  # the first holds from the beginning
    first = min([first, *(since for since, _, _ in later)])
    before = steps[0][1] if steps else row["target"]
    figure.add_scatter(
        x=[first, *(since for since, _, _ in later), last], y=[before, *(value for _, value, _ in later), row["target"]],
        mode="lines" if first < last else "markers",  # a line of one day would not be seen
        marker={"symbol": "line-ew", "size": 30, "line": {"width": 2, "color": TARGET_SHADE}}, line=line(DASH) | {"shape": "hv"},
        name=f"目标 {safe(row['target_text'])}", hoverinfo="name",
    )  # fmt: skip
    named = first - (last - first)  # the day of the last change that has its name above it
    for place, (since, value, number) in enumerate(later):
        near = (since - named).days < NEAR * (last - first).days
        named = named if near else since
        behind = f"{row['unit']}（{number}）" if number else row["unit"]
        _changed(figure, since, "▿" if near else "目标调整", steps[place][1], value, behind)


def _changed(figure: go.Figure, since: date, name: str, old: float, new: float, behind: str) -> None:
    """A mark at the day from which the target was another; its name stands above that of the day it is judged for."""
    said = f"{date_text(since)}起，目标由 {number_text(old)} 调整为 {number_text(new)}{behind}"
    figure.add_vline(x=since.isoformat(), line=line(DASH, 1))
    figure.add_annotation(
        text=name, x=since.isoformat(), y=1, yref="paper", yanchor="bottom", yshift=17, showarrow=False, font={"size": 12},
        hovertext=safe(said),
    )  # fmt: skip
    figure.update_layout(margin={"t": 48})


def _expected(figure: go.Figure, way: Way) -> None:
    """The way from the baseline to the target, along the official annual targets where there are any."""
    if not way:
        return
    figure.add_scatter(
        x=[day for day, _ in way], y=[value for _, value in way], mode="lines", line=line(width=1.5),
        name="按时序应达", hoverinfo="name",
    )  # fmt: skip
    if steps := way[1:-1]:
        figure.add_scatter(
            x=[day for day, _ in steps], y=[value for _, value in steps], mode="markers", name="年度分解目标",
            marker={"symbol": "square-open", "size": 10, "color": TARGET_SHADE, "line": {"width": 2}}, hoverinfo="text",
            hovertext=[f"年度分解目标<br>{date_text(day)} {number_text(value)}" for day, value in steps],
        )  # fmt: skip


def _projected(figure: go.Figure, points: pd.DataFrame, row: dict[Any, Any]) -> None:
    """From the last value to where the line through the values ends, with the interval around it."""
    if row["projected"] != row["projected"] or points.empty or points["day"].iloc[-1] >= row["target_day"]:
        return
    low, high = row["projected_low"], row["projected_high"]
    spread = {"type": "data", "array": [0, high - row["projected"]], "arrayminus": [0, row["projected"] - low]}
    said = f"预计到期 {computed_text(row['projected'], row['unit'])}"
    if low == low:
        said += f"（{computed_text(low, row['unit'])} 至 {computed_text(high, row['unit'])}）"
    figure.add_scatter(
        x=[points["day"].iloc[-1], row["target_day"]], y=[points["value"].iloc[-1], row["projected"]],
        mode="lines+markers", line={"color": Tone.EARLY.shade, "dash": DOT, "width": 2},
        marker={"size": [0, 8], "color": Tone.EARLY.shade}, error_y=spread if low == low else None,
        name="按现有趋势", hovertext=["", said], hoverinfo="text",
    )  # fmt: skip
