"""The sheet of a region and a period: what was asked for is done first, so that the page is drawn once, after it."""

from __future__ import annotations

import streamlit as st

from dashboard.session import Choice, look_again, run
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_changes, _entry_found, _entry_grid, _entry_offer, _entry_state
from dashboard.views._entry_found import There
from dashboard.views._entry_opened import Page, opened
from trackers.errors import RefusedError
from trackers.model.period import Period
from trackers.model.region import Region


def draw(chosen: Choice, region: Region, period: Period) -> None:
    """The sheet of the region for the period, after what was asked for in it."""
    try:
        there, page = _after_hand_in(chosen, region, period)
    except RefusedError as error:
        st.info(escaped(str(error)))
        return
    _entry_state.draw(there)
    if page:
        _entry_grid.draw(chosen, page.shown, there.beside, page.offered)


def _after_hand_in(chosen: Choice, region: Region, period: Period) -> tuple[There, Page | None]:
    there = _entry_found.find(chosen, region, period)
    page = opened(chosen, there)
    if page is None:
        return there, None
    offered, done = _entry_offer.hand_in(page.offered, chosen)
    if not done:
        return there, Page(page.shown, offered)
    look_again()
    _entry_changes.hand_over(run(), page.shown, {each.indicator.id for each in offered.reading.taken})
    there = _entry_found.find(chosen, region, period)
    return there, opened(chosen, there)  # with what is left
