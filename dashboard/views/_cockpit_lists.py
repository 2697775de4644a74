"""The lists of the screen 驾驶舱: what is worst, and what turned."""

from __future__ import annotations

import streamlit as st

from dashboard import components
from dashboard.components.links import link, number
from dashboard.viewmodels import across
from dashboard.viewmodels.cockpit import Cockpit, Line, where
from dashboard.viewmodels.words import escaped
from dashboard.views._cockpit_parts import card, chosen, numbers
from trackers.assessment.changes import Turn
from trackers.model.wording import date_text

TURNS = {Turn.WORSE: "red", Turn.BETTER: "green", Turn.LOST: "gray", Turn.GAINED: "gray"}


def worst(seen: Cockpit) -> None:
    """The series furthest behind of all plans."""
    with card(f"差得最多的{len(seen.worst)}项" if seen.worst else "落后的指标", "worst"):
        if not seen.worst:
            st.markdown("能够判断的指标中，没有滞后、背离目标或未实现的。")
        for each in seen.worst:
            with st.container(gap="xxsmall"):
                _to_series(each)
                gap = f"**{escaped(each.gap)}**　" if each.gap else ""
                st.markdown(f"{gap}{escaped(each.figures)}  \n:gray[{escaped(each.plan)}　责任单位：{escaped(each.units)}]")
        if seen.behind:
            link(components.ACROSS, f"全部 {seen.behind} 项落后的", show=across.BEHIND_LABEL, **chosen())


def _to_series(each: Line) -> None:
    label = f"{each.tag} **{escaped(each.title)}**"
    link(components.REGION, label, **where(each))


def turned(seen: Cockpit) -> None:
    """What turned in the chosen plan since the end of last quarter."""
    if seen.turns is None:
        with card("比上一季度", "turned"):
            st.markdown("还没有前一季度的判定可比。")
        return
    title = f"{seen.chosen_label}　比上一季度（{date_text(seen.turns.since)}）"
    with card(escaped(title), "turned"):
        with numbers("turned"):
            for turn, colour in TURNS.items():
                told = f":{colour}-badge[{turn.word}]"
                number(components.ACROSS, seen.turns.numbers[turn], told, show=across.turn_label(turn), **chosen())
        with st.container(key="lines-turned", gap="xsmall"):
            for each in seen.turns.lines:
                _to_series(each)
