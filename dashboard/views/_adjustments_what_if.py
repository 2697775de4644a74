"""What a proposed target would do to every region's verdict, beside the proposal."""

from __future__ import annotations

import streamlit as st

from dashboard import components, session
from dashboard.session import Choice
from dashboard.viewmodels import adjustments as model
from dashboard.viewmodels.words import escaped
from trackers.model.adjustment import Change
from trackers.model.adjustment_checks import remarks
from trackers.model.plan import Plan
from trackers.queries.adjustments import plan_as_of
from trackers.queries.what_if import supposed, what_if


def draw(chosen: Choice, plan: Plan, change: Change, *, key: str) -> None:
    """What is to be known of the change, and the verdicts now and with it, on the day of the page."""
    store = session.run().store
    stands = plan_as_of(store, plan, chosen.day)
    if said := remarks(supposed(stands, change), chosen.tree, change):
        st.info("\n".join(f"- {escaped(each)}" for each in said))
    st.markdown("**试算：新目标下各地的判定**")
    found = what_if(store, plan, change, chosen.day, by=session.actor())
    if found.empty:
        st.caption("这项指标没有您可以查看的地区。")
        return
    st.caption(model.what_if_sentence(found, chosen.day) + "试算不改动任何数据。")
    about = "现在和调整后各地的判定"
    components.plain_table(model.what_if_table(found), key=f"what-if-{key}", about=about)
