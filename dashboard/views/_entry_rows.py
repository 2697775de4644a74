"""The rows of a hand-in in a table, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from dashboard import components
from dashboard.viewmodels.words import escaped

ROWS = 500  # rows shown
MOST = 30  # sentences listed


def listed(table: pd.DataFrame, *, key: str, about: str) -> None:
    """The rows of a preview or of what was written; of many the first."""
    if len(table):
        st.dataframe(table.head(ROWS), hide_index=True, key=key, alt=about, **components.fitted(table.head(ROWS)))
    if len(table) > ROWS:
        st.caption(f"只列前 {ROWS} 行，共 {len(table)} 行；没有列出的也在写入之列（有误的除外）。")


def sentences(show: Callable[[str], object], title: str, told: Sequence[str]) -> None:
    """Sentences as a list under a title, if there are any; of many the first."""
    if told:
        rest = [f"另有 {len(told) - MOST} 处没有列出，改正后会接着列。"] if len(told) > MOST else []
        show(f"**{title}**\n\n" + "\n".join(f"- {escaped(each)}" for each in [*told[:MOST], *rest]))
