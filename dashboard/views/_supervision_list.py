"""The orders the person may see, narrowed to a plan, a group and a region, as a table to choose from."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import supervision as shown
from dashboard.viewmodels.review import fingerprint

ONE = "order"  # the number of the order that is looked at, in the address too


def asked() -> tuple[pd.DataFrame, bool]:
    """The orders of the chosen plan or of every plan, and which of the two."""
    every = st.toggle("全部规划", key="every", bind="query-params", help="不只看上面选的规划")
    return loaders.orders(None if every else session.choice().plan, session.today()), every


def narrowed(rows: pd.DataFrame) -> pd.DataFrame:
    """The orders of the groups and the region that are asked for."""
    labels, regions = shown.group_labels(rows), shown.region_labels(rows)
    session.from_address("orders-in", {}, lambda asked: shown.groups_called(asked, labels))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        groups = st.pills("状态（可多选）", labels, format_func=labels.__getitem__, selection_mode="multi", key="orders-in")
        if st.session_state.get("orders-of") not in regions:
            st.session_state.pop("orders-of", None)
        region = st.selectbox("地区", regions, format_func=regions.__getitem__, key="orders-of", width=320)
    return shown.narrowed(rows, groups, region)


def table(rows: pd.DataFrame, *, every: bool) -> None:
    """Draw the list; 查看 chooses an order. A new list is a new table: a click never slips to another order."""
    if len(rows) > shown.LISTED:
        st.caption(f"共 {len(rows)} 件，这里列出最急的 {shown.LISTED} 件；按状态或地区可以缩小范围。")
        rows = rows.head(shown.LISTED)
    key = f"orders-{fingerprint([(id,) for id in rows['id']])}"
    config: dict[str, Any] = {
        shown.OPEN: st.column_config.ButtonColumn("", type="tertiary", key=f"{key}-open", width=60),
    }
    frame = shown.table(rows, every_plan=every)
    st.dataframe(frame, hide_index=True, key=key, alt="督办单", **components.fitted(frame, config))
    components.table_file(lambda: shown.table(rows, every_plan=every), "督办单", key="orders")
    if click := st.session_state.get(f"{key}-open"):
        st.session_state[ONE] = rows["number"].iloc[click["row"]]


def chosen(rows: pd.DataFrame) -> int:
    """The id of the order that is looked at; its number stands in the address."""
    session.from_address(ONE, numbers := dict(zip(rows["number"], rows["number"], strict=True)))
    number = st.session_state.get(ONE)
    row = rows[rows["number"] == number] if number in numbers else rows.head(1)
    session.to_address(ONE, row["number"].iloc[0])
    return int(row["id"].iloc[0])
