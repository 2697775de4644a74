"""Handing in, and what was written."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboard import components, loaders, session
from dashboard.session import Choice, run
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_rows
from trackers.errors import TrackerError
from trackers.exchange.import_figures import Reading, import_figures

DONE = "entry-done"  # what was written last: the plan, a sentence, a table, and the first place


def record(reading: Reading, chosen: Choice, *, partly: bool, origin: str) -> bool:
    """Write what was read; False, with the reason on the page, where it was refused."""
    try:
        done = import_figures(
            run().store, reading, by=session.actor(), at=datetime.now(UTC), accept_valid=partly, origin=origin
        )
    except TrackerError as error:
        components.show_error(error)
        return False
    table = entry.preview(reading._replace(faults=[]), chosen.tree)
    first = reading.taken[0].figure
    place = pd.Series({"region": first.region, "indicator": first.indicator})
    st.session_state[DONE] = (chosen.plan.id, entry.written(reading, done), table, place)
    return True


def confirmation(chosen: Choice) -> None:
    """What was written last for this plan, until it is put away."""
    plan, sentence, table, place = st.session_state.get(DONE, ("", "", None, None))
    if plan != chosen.plan.id:
        return
    st.success(escaped(sentence))
    _entry_rows.listed(table, key="done", about="刚才写入的数")
    judged = loaders.assessment(chosen.plan, chosen.day)["region"]
    with st.container(horizontal=True):
        if place["region"] in set(judged) and st.button("看写入后的判断", icon=":material/arrow_forward:"):
            components.to_series(place)
        st.button("收起", on_click=st.session_state.pop, args=(DONE,))
