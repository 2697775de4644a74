"""Whom the figures are for and when: the region level by level, then the period."""

from __future__ import annotations

import streamlit as st

from dashboard.session import Choice, today
from dashboard.viewmodels import entry
from trackers.model.period import Period
from trackers.model.region import Region

HELP = "只列出已经结束的填报期，打开时是截至日前最近的一期。选一年时，按季度填报的数量按年末（第四季度）填。"


def choose(chosen: Choice) -> tuple[Region, Period | None]:
    """The region and the period; None where none has ended yet."""
    with st.container(horizontal=True, gap="small"):
        region = _region(chosen)
        found = entry.periods(chosen.plan, region, today())
        if not found:
            return region, None
        labels = {entry.period_label(each): each for each in found}
        label = _pick("填报期", list(labels), entry.last_finished(found, chosen.day), "period", HELP)
    return region, labels[label]


def _region(chosen: Choice) -> Region:
    """From the plan's own region down, until one itself (本级) is chosen."""
    here, depth = chosen.tree[chosen.plan.region], 0
    while below := entry.regions_below(chosen.plan, chosen.tree, here.code, chosen.day):
        names = {f"{here.name}（本级）": here} | {each.name: each for each in below}
        first = 0 if depth or entry.reports(chosen.plan, here) else 1
        word = "填报地区" if depth == 0 else f"{here.name}以下"
        name = _pick(word, list(names), first, f"region-{depth}")
        if names[name] is here:
            return here
        here, depth = names[name], depth + 1
    if not depth:
        _pick("填报地区", [here.name], 0, "region-0")
    return here


def _pick(word: str, names: list[str], first: int, key: str, about: str | None = None) -> str:
    if st.session_state.get(key) not in names:
        st.session_state.pop(key, None)  # it belonged to another plan or region
    return st.selectbox(word, names, index=first, key=key, bind="query-params", width=200, help=about) or names[first]
