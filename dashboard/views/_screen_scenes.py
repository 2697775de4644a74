"""The scenes of the meeting room's screen."""

from __future__ import annotations

import streamlit as st

from dashboard import components, loaders, session
from dashboard.charts.progress import progress_chart
from dashboard.viewmodels import overview, screen, words
from dashboard.viewmodels.cockpit import Cockpit, Judged
from dashboard.viewmodels.words import escaped
from dashboard.views import _cockpit_lists as lists
from dashboard.views import _cockpit_parts as parts
from dashboard.views import _cockpit_plans
from dashboard.views import _cockpit_work as work

MOST = 12  # indicators that a screen has room for


def draw(title: str, seen: Cockpit) -> None:
    """The scene of this title."""
    chosen = session.choice()
    if title == screen.ALL:
        parts.everywhere(seen)
        _cockpit_plans.draw(seen)
    elif title == screen.WORST:
        lists.worst(seen)
    elif title == screen.WORK:
        work.orders(seen)
        work.reporting(seen)
        lists.turned(seen)
    else:
        every = loaders.side_by_side(chosen.plan, chosen.day)
        _plan(next(each for each in every if each.plan_label == title))


def _plan(judged: Judged) -> None:
    rows = overview.own_rows(judged.frame, judged.home)
    st.markdown(f"**{escaped(overview.headline(rows, judged.day))}**")
    st.markdown("　".join(
        f"{words.badge(each.verdict, None, each.label)} **{each.number}**"
        for each in overview.counts(rows, judged.day)
    ))  # fmt: skip
    drawn = overview.drawn(rows)
    if drawn.empty:
        st.markdown("还没有可以画出的完成率。")
        return
    if len(drawn) > MOST:
        gaps = (drawn["completion"] - drawn["due_share"]).sort_values(kind="stable")
        drawn = drawn.loc[sorted(gaps.index[:MOST])].reset_index(drop=True)
        st.caption(f"下面是落后时序最多的 {MOST} 项。")
    figure = loaders.figure("screen", (judged.plan.id, judged.day), lambda: progress_chart(drawn))
    components.chart(figure, "各指标完成率与截至日应完成的比例", key=f"screen-{judged.plan.id}")
