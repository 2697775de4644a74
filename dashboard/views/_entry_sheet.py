"""The sheet of a region and a period: what was asked for is done first, so that the page is drawn once, after it."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from dashboard.session import Choice, run
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from dashboard.views import (
    _entry_changes,
    _entry_drafts,
    _entry_found,
    _entry_grid,
    _entry_offer,
    _entry_state,
)
from dashboard.views._entry_drafts import Shown
from dashboard.views._entry_found import There
from dashboard.views._entry_offer import Offer
from trackers.errors import RefusedError
from trackers.model.period import Period
from trackers.model.region import Region
from trackers.queries.drafts import Sheet


class Page(NamedTuple):
    """What can be filled in, as it stands in this run, and what handing it in would do."""

    shown: Shown
    offered: Offer


def draw(chosen: Choice, region: Region, period: Period) -> None:
    """The sheet of the region for the period, after what was asked for in it."""
    try:
        there = _entry_found.find(chosen, region, period)
    except RefusedError as error:
        st.info(escaped(str(error)))
        return
    if page := _opened(chosen, there):
        offered, done = _entry_offer.hand_in(page.offered, chosen)
        page = Page(page.shown, offered)
        if done:
            _entry_changes.hand_over(run(), page.shown, {each.indicator.id for each in offered.reading.taken})
            page = _opened(chosen, there := _entry_found.find(chosen, region, period))  # with what is left
    _entry_state.draw(there)
    if page:
        _entry_grid.draw(chosen, page.shown, there.beside, page.offered)


def _opened(chosen: Choice, there: There) -> Page | None:
    """The sheet as it is shown, and read; None where nothing can be filled in."""
    if not there.fillable:
        return None
    name, sheet = entry.label(chosen.plan, there.region, there.period), Sheet(chosen.plan.id, there.region.code, there.period)
    shown = _entry_drafts.start(run(), name, sheet, there.fillable)
    return Page(shown, _entry_offer.offer(_entry_found.read(chosen, shown), "page"))
