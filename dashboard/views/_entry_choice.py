"""Whom the figures are for and when: the region level by level, then the period."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import session
from dashboard.session import Choice, today
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from trackers.model.period import Period
from trackers.model.region import Region
from trackers.model.rights import Permission

HELP = "只列出已经结束的填报期，打开时是截至日前最近的一期。选一年时，按季度填报的数量按年末（第四季度）填。"


def choose(chosen: Choice) -> tuple[Region | None, Period | None]:
    """The region, None where the person enters figures for none of the plan's; the period, None where none has ended."""
    above = st.container()
    with st.container(horizontal=True, gap="small"):
        region = _region(chosen, above)
        found = entry.periods(chosen.plan, region, today()) if region else []
        if not found:
            return region, None
        labels = {entry.period_label(each): each for each in found}
        label = _pick("填报期", list(labels), entry.last_finished(found, chosen.day), "period", HELP)
    return region, labels[label]


def _region(chosen: Choice, above: DeltaGenerator) -> Region | None:
    """From the plan's own region down, until one itself (本级) is chosen; only along what the person reports for."""
    here, depth, rights = chosen.tree[chosen.plan.region], 0, session.rights()
    while True:
        below = entry.regions_below(chosen.plan, chosen.tree, here.code, chosen.day)
        below = entry.entered_by(rights, chosen.plan, chosen.tree, below)
        own = rights.may(Permission.ENTER, here.code, chosen.plan)
        names = ({f"{here.name}（本级）" if below else here.name: here} if own else {}) | {each.name: each for each in below}
        if not names or (depth and not below):
            return here if names else None
        first = 1 if own and below and not depth and not entry.reports(chosen.plan, here) else 0
        word = "填报地区" if depth == 0 else f"{escaped(here.name)}以下"
        key = f"region-{depth}"
        asked = st.query_params.get(key)
        if asked and asked not in names and key not in st.session_state:
            above.warning(f"没有打开“{escaped(asked)}”的填报表：它不是您负责填报的地区。下面是您负责的地区。")
        name = _pick(word, list(names), first, key)
        if names[name] is here:
            return here
        here, depth = names[name], depth + 1


def _pick(word: str, names: list[str], first: int, key: str, about: str | None = None) -> str:
    if st.session_state.get(key) not in names:
        st.session_state.pop(key, None)  # it belonged to another plan or region
    return st.selectbox(word, names, index=first, key=key, bind="query-params", width=200, help=about) or names[first]
