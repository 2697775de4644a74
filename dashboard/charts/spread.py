"""How one indicator's values are spread over regions: columns cut by verdict, with the target that holds for all."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.layout import canvas, footnote, line, safe
from dashboard.palette import tone_of
from dashboard.viewmodels.spread import Spread
from trackers.model.wording import number_text

HEIGHT = 320


def spread_chart(spread: Spread, unit: str, target: tuple[float, str] | None, mark: str) -> go.Figure:
    """`target` is (value, text) where all regions are held to the same; `mark` what must be said of the figures."""
    figure = canvas(HEIGHT, top=30, bottom=56)
    edges, width = spread.edges, spread.edges[1] - spread.edges[0]
    middles = [edge + width / 2 for edge in edges[:-1]]
    ranges = [f"{number_text(low)}至{number_text(low + width)}{unit}" for low in edges[:-1]]
    for (verdict, severity, label), numbers in spread.counts.items():
        figure.add_bar(
            x=middles, y=numbers, width=width * 0.94, name=label,
            marker={"color": tone_of(verdict, severity).shade, "line": {"width": 1, "color": "rgba(255,255,255,0.6)"}},
            text=[f"{label[0]}{number}" if number else "" for number in numbers], textposition="inside", textangle=0,
            insidetextanchor="middle", textfont={"color": "#FFFFFF", "size": 12},
            customdata=ranges, hovertemplate="%{customdata}：" + safe(label) + " %{y}个<extra></extra>",
        )  # fmt: skip
    if target is not None:
        _target(figure, *target)
    figure.update_layout(barmode="stack", bargap=0, uniformtext={"mode": "hide", "minsize": 12})
    figure.update_xaxes(ticksuffix=unit if unit == "%" else "", showgrid=False)
    highest = max(map(sum, zip(*spread.counts.values(), strict=True)))
    figure.update_yaxes(rangemode="tozero", tickformat="d", automargin=True, dtick=1 if highest < 8 else None)
    footnote(figure, f"横轴：现值（{unit}）　柱：地区个数　虚线：目标" if target else f"横轴：现值（{unit}）　柱：地区个数", mark)
    return figure


def _target(figure: go.Figure, value: float, text: str) -> None:
    figure.add_vline(x=value, line=line("dash"))
    figure.add_annotation(
        text=f"目标 {safe(text)}", x=value, y=1, yref="paper", yshift=2, yanchor="bottom", showarrow=False, font={"size": 12}
    )
