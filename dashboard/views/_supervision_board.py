"""How many orders each region has, by where they stand."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.supervision import PARTS, board_chart
from trackers.queries.supervision import counted


def draw(rows: pd.DataFrame) -> None:
    """Cards with the sums, and a bar for each region."""
    board = counted(rows)
    with st.grid("auto", min_column_width=130, border=True, gap=12):
        for column, (sign, word, tone) in PARTS.items():
            st.metric(f":{tone}-badge[{sign} {word}]", f"{board[column].sum()}件")
    about = ("board", session.today(), tuple(board.itertuples(index=False, name=None)))
    figure = loaders.figure("orders", about, partial(board_chart, board))
    with components.scrolling(len(board)):
        components.chart(figure, "各地区的督办单按状态计数", key="orders-board", on_pick=_pick)


def _pick(region: str) -> None:
    st.session_state["orders-of"] = region
