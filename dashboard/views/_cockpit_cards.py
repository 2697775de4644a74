"""The cards of the screen 驾驶舱 that lead on but have nothing to choose in them: drawn once for a version of the data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import loaders, session
from dashboard.viewmodels.cockpit import Cockpit
from dashboard.views import _cockpit_lists as lists
from dashboard.views import _cockpit_parts as parts
from dashboard.views import _cockpit_work as work


def draw(cards: Callable[[Cockpit], None], seen: Cockpit) -> None:
    """Some of the cards, as they were drawn for this plan, its day and today."""
    chosen = session.choice()
    loaders.once(f"cockpit {cards.__name__}", (chosen.plan.id, chosen.day, session.today()), partial(cards, seen))


def verdicts(seen: Cockpit) -> None:
    """The verdicts of all plans beside those of the chosen one."""
    left, right = st.columns([8, 7], gap="small")
    with left:
        parts.everywhere(seen)
    with right:
        parts.one(seen)


def worst(seen: Cockpit) -> None:
    """What is furthest behind."""
    lists.worst(seen)


def doings(seen: Cockpit) -> None:
    """What is being done, what has come in, and what turned by it."""
    work.orders(seen)
    work.reporting(seen)
    lists.turned(seen)
