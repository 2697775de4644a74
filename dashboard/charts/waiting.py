"""A series over time with the figure that waits for its review."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.trend import trend_chart
from dashboard.palette import Tone
from dashboard.viewmodels.region import Way
from trackers.model.wording import date_text, number_text


def waiting_chart(
    points: pd.DataFrame, row: dict[Any, Any], day: date, way: Way, observed: date, value: float
) -> go.Figure:
    """The trend as other pages draw it, with the value that waits as an open diamond on the day it was observed."""
    figure = trend_chart(points, row, day, way)
    figure.add_scatter(
        x=[observed], y=[value], mode="markers", name="等待审核的数", hoverinfo="text",
        hovertext=[f"<b>{number_text(value, row['unit'])}</b><br>{date_text(observed)}<br>等待审核"],
        marker={"size": 14, "symbol": "diamond-open", "color": Tone.EARLY.shade, "line": {"width": 3}},
    )  # fmt: skip
    return figure
