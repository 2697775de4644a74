"""What could be handed in of a page or a file, and the hand-in."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from dashboard.session import Choice
from dashboard.viewmodels import entry_check
from dashboard.views import _entry_done, _entry_found, _entry_reasons
from trackers.errors import TrackerError
from trackers.exchange.import_figures import Reading

PARTLY, ASKED = "partly-{}", "asked-{}"  # by origin: whether faultless rows go alone; the fingerprint of what was asked for
CHANGED = "预览之后内容又有变化，没有提交。请看过上面新的预览，再提交一次。"


class Offer(NamedTuple):
    """What was read and could be handed in from a page or a file, and what stands against it."""

    origin: str
    read: Reading  # as it was read
    reading: Reading  # with the reason for the whole sheet
    lacking: str  # the reason that is missing; empty where none is
    partly: bool  # whether rows without a fault are to be handed in alone
    refused: str = ""  # why it was not handed in though somebody asked for it

    @property
    def ready(self) -> bool:
        """Whether it can be handed in."""
        return bool(self.reading.taken) and (self.partly or not self.reading.faults) and not self.lacking


def offer(reading: Reading, origin: str) -> Offer:
    """What could be handed in of a reading, with what is chosen and written below its preview so far."""
    read = _entry_found.without_closed(reading)
    explained, lacking = _entry_reasons.explained(read, origin)
    partly = bool(read.faults and read.taken) and bool(st.session_state.get(PARTLY.format(origin)))
    return Offer(origin, read, explained, lacking, partly)


def hand_in(offered: Offer, chosen: Choice) -> tuple[Offer, bool]:
    """Hand in what somebody asked for, and whether that was done. Nothing is drawn, so that the page is drawn once, after it.

    Only what was shown is written: where the content or what is kept changed in between, it is shown anew.
    """
    asked = st.session_state.pop(ASKED.format(offered.origin), None)
    if asked is None:
        return offered, False
    if asked != entry_check.fingerprint(offered.reading) or not offered.ready:
        return offered._replace(refused=CHANGED), False
    try:
        _entry_done.record(offered.reading, chosen, partly=offered.partly, origin=offered.origin)
    except TrackerError as error:
        return offered._replace(refused=str(error)), False
    return offered, True
