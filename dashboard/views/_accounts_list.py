"""The list of accounts: looked through, taken along, a row opened to change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import components
from dashboard.download import XLSX
from dashboard.viewmodels.accounts import ANY, STATES, Named
from trackers.exchange.account_sheet import account_form
from trackers.model.account import Account

TABLE = "accounts-table"


def draw(kept: Sequence[Account], named: Named) -> None:
    """The rows that were looked for; a click on one opens it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = st.text_input("查找", key="find", placeholder="姓名、登录名、单位、地区、角色或状态", width=340)
        state = st.segmented_control("状态", STATES, format_func=STATES.__getitem__, default=ANY, key="accounts-state")
    now = datetime.now(UTC)
    found = named.found(kept, text, state or ANY, now)
    st.caption(f"共 {len(kept)} 个账号，列出 {len(found)} 个。点一行最左边的方框可以修改。")
    if not found:
        components.nothing("没有符合条件的账号。可以换个词再找，或在“新建”里建立。")
        return
    table = named.table(found, now)
    st.dataframe(
        table, hide_index=True, key=TABLE, alt="账号名册", on_select=partial(_open, [each.login for each in found]),
        selection_mode="single-row", **components.fitted(table),
    )  # fmt: skip
    st.download_button(
        "下载名册（.xlsx，改好后可以再导入）", partial(account_form, named.tree, named.plans, found), "账号.xlsx",
        XLSX, key="list-file", on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def _open(logins: Sequence[str]) -> None:
    rows = st.session_state[TABLE]["selection"]["rows"]
    if rows:
        st.session_state["do"], st.session_state["account"] = "change", logins[rows[0]]
