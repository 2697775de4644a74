"""The rows of a hand-in in a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

ROWS = 500  # rows shown
WIDTHS = {"行": 50, "结果": 60, "指标": 220, "写入": 140, "原有": 140, "说明": 380}


def listed(table: pd.DataFrame, *, key: str, about: str) -> None:
    """The rows of a preview or of what was written; of many the first."""
    columns = {name: st.column_config.Column(width=width) for name, width in WIDTHS.items()}
    if len(table):
        st.dataframe(table.head(ROWS), hide_index=True, key=key, alt=about, column_config=columns)
    if len(table) > ROWS:
        st.caption(f"只列前 {ROWS} 行，共 {len(table)} 行；没有列出的也在写入之列（有误的除外）。")
