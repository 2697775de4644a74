"""The frames of the screen 驾驶舱, and its verdicts, each with the ways to the pages behind its numbers."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import components, session
from dashboard.components.links import link, number
from dashboard.viewmodels import cockpit, words
from dashboard.viewmodels.cockpit import Cockpit, Standing
from dashboard.viewmodels.words import escaped


def card(title: str, key: str) -> DeltaGenerator:
    """A frame with its title."""
    frame = st.container(border=True, key=f"card-{key}", gap="xsmall")
    frame.subheader(title, anchor=False)
    return frame


def numbers(key: str) -> DeltaGenerator:
    """Where large numbers stand side by side."""
    return st.container(key=f"numbers-{key}", horizontal=True, gap="small")


def chosen() -> dict[str, str]:
    """The plan and day that the top of the page says, for an address."""
    return {name: st.query_params[name] for name in ("plan", "day")}


def everywhere(seen: Cockpit) -> None:
    """The indicators of all plans by verdict."""
    frame = card(f"全部规划　{len(seen.standings)}份规划　{seen.total}项指标", "every")
    with frame, numbers("every"):
        for each in seen.counts:
            badge = words.badge(each.verdict, None, each.label)
            number(components.ACROSS, each.number, badge, show=each.label, **chosen())


def one(seen: Cockpit) -> None:
    """The chosen plan's own indicators by verdict."""
    if seen.chosen is None:
        with card(escaped(session.choice().plan.short), "one"):
            st.markdown("这份规划没有数量指标，或没有您可以查看的数。")
            link(components.PLAN, "看规划的目标和任务", **chosen())
        return
    of(seen.chosen, **chosen())


def of(standing: Standing, **where: str | date) -> None:
    """The indicators of one plan by verdict, leading to its overview at an address that says where."""
    with card(f"{escaped(cockpit.as_of(standing))}　{standing.total}项指标", "one"), numbers("one"):
        for each in standing.counts:
            badge = words.badge(each.verdict, None, each.label)
            number(components.OVERVIEW, each.number, badge, verdict=each.label, **where)
