"""Handing in, and what was written."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import components
from dashboard.session import Choice, run
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from trackers.errors import TrackerError
from trackers.exchange.import_figures import Reading, import_figures
from trackers.model.report import LOCAL_ACTOR

DONE = "entry-done"  # what was written last: a sentence and a table


def record(reading: Reading, chosen: Choice, *, partly: bool, origin: str) -> bool:
    """Write what was read; False, with the reason on the page, where it was refused."""
    try:
        done = import_figures(
            run().store, reading, by=LOCAL_ACTOR, at=datetime.now(UTC), accept_valid=partly, origin=origin
        )
    except TrackerError as error:
        components.show_error(error)
        return False
    table = entry.preview(reading._replace(faults=[]), chosen.tree)
    st.session_state[DONE] = (entry.written(reading, done), table)
    return True


def confirmation() -> None:
    """What was written last, until it is put away."""
    if DONE not in st.session_state:
        return
    sentence, table = st.session_state[DONE]
    st.success(escaped(sentence))
    components.plain_table(table.head(100), key="done", about="刚才写入的数")
    with st.container(horizontal=True):
        st.page_link(components.REGION, label="去看区域", icon=":material/arrow_forward:")
        st.page_link(components.INDICATOR, label="去看指标", icon=":material/arrow_forward:")
        st.button("收起", on_click=st.session_state.pop, args=(DONE,))
