"""The fields of one grant: a role, a region, with those below, for some plans."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.viewmodels import accounts
from dashboard.viewmodels.accounts import Named
from trackers.model.account import Grant, Role


def fields(named: Named, key: str) -> Grant | None:
    """What was chosen; None while the role or the region is not."""
    about = "；".join(f"{role.word}：{text}" for role, text in accounts.ROLE_HELP.items())
    role = st.selectbox(
        "角色", list(Role), format_func=lambda each: each.word, index=None, placeholder="请选择", key=f"{key}-role", help=about
    )
    regions = accounts.regions(session.rights(), session.today())
    region = st.selectbox(
        "地区", regions, format_func=regions.__getitem__, index=None, placeholder="输入名称或代码查找，再选择",
        key=f"{key}-region", filter_mode="contains",
    )  # fmt: skip
    below = st.checkbox("含下级地区", key=f"{key}-below", help="审核员：不含下级时审核直接下级报来的数。")
    shorts = {plan.id: plan.short for plan in named.plans}
    plans = st.multiselect(
        "规划（不选就是全部规划）", shorts, format_func=shorts.__getitem__, placeholder="全部规划", key=f"{key}-plans"
    )
    if role is None or region is None:
        return None
    return Grant(role=role, region=region, below=below, plans=tuple(plans))


def form(named: Named, key: str) -> Grant | None:
    """The fields with a button of their own; what was chosen once it is pressed."""
    with st.form(key, border=False, width=560):
        chosen = fields(named, key)
        sent = st.form_submit_button("加上", key="give")
    if sent and chosen is None:
        st.error("没有加上：请选择角色和地区。")
    return chosen if sent else None
