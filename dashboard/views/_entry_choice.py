"""Whom the figures are for and when: the region level by level, then the period."""

from __future__ import annotations

import streamlit as st

from dashboard.session import Choice, today
from dashboard.viewmodels import entry
from trackers.model.period import Period
from trackers.model.region import Region


def choose(chosen: Choice) -> tuple[Region, Period | None]:
    """The region and the period; None where none has ended yet."""
    with st.container(horizontal=True, gap="small"):
        region = _region(chosen)
        found = entry.periods(chosen.plan, region, today())
        if not found:
            return region, None
        labels = {entry.period_label(each): each for each in found}
        label = st.selectbox(
            "填报期", labels, index=entry.last_finished(found, chosen.day), key="period", bind="query-params", width=200,
            help="只列出已经结束的填报期。选一年时，按季度填报的数量按年末（第四季度）填。",
        )  # fmt: skip
    return region, labels[label]


def _region(chosen: Choice) -> Region:
    """From the plan's own region down, until one itself (本级) is chosen."""
    here, depth = chosen.tree[chosen.plan.region], 0
    while below := entry.regions_below(chosen.plan, chosen.tree, here.code, chosen.day):
        names = {f"{here.name}（本级）": here} | {each.name: each for each in below}
        first = 0 if depth or entry.reports(chosen.plan, here) else 1
        word = "填报地区" if depth == 0 else f"{here.name}以下"
        name = st.selectbox(word, names, index=first, key=f"region-{depth}", bind="query-params", width=200)
        if names[name] is here:
            return here
        here, depth = names[name], depth + 1
    return here
