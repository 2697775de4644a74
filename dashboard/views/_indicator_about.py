"""Where an indicator's targets come from, what was published about it, what other methods say: the page 指标."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import indicator
from trackers.model.plan import Indicator


def draw(one: Indicator, rows: pd.DataFrame) -> None:
    """`rows` are the judged rows of the indicator, those of the person's own region first."""
    chosen = session.choice()
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.markdown("**目标从哪里来**")
        targets = indicator.targets(chosen.plan, one, chosen.tree)
        components.plain_table(targets, key="targets", about="目标值的来源和可信程度")
    with right:
        components.facts(indicator.about(chosen.plan, one))
    st.subheader("公布的数据", anchor=False)
    public = indicator.published_table(loaders.published(chosen.plan), one.id, chosen.tree)
    components.plain_table(public, key="published", about="公布的数据", none="没有收录这项指标的公布数据。")
    st.subheader("其他方法怎么看", anchor=False)
    told = indicator.methods_table(indicator.worth_comparing(rows, chosen.home))
    components.plain_table(told, key="methods", about="各方法的判断")
    st.caption(indicator.compared(rows, chosen.home))
