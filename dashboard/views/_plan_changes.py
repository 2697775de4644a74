"""Changed targets on the page 规划: the old value and the new, by which document, from which day; shares beside the target."""

from __future__ import annotations

import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import adjustments as model
from trackers.model.adjustment_checks import share_sums
from trackers.model.plan import Plan
from trackers.model.region import RegionTree


def draw(document: Plan, tree: RegionTree) -> None:
    """Nothing where no target was changed; `document` is the plan as it was loaded."""
    if found := loaders.changes(document):
        st.markdown("**目标的调整、分解和确认**：下面各表按截至日有效的目标")
        table = model.told_on_plan(reversed(found), document, tree, session.choice().day)
        components.plain_table(table, key="changes", about="调整前后的目标、批准文件和生效日期")
    held = session.choice().plan
    sums = [f"{each.name}：{said}" for each in held.indicators for said in share_sums(held, tree, each)]
    if sums:
        components.bullets(sums, none="")
