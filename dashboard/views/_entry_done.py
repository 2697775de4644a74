"""Handing in, and what was handed in."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from dashboard.session import Choice, run
from dashboard.viewmodels import entry_check
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_rows
from trackers.exchange.import_figures import Reading, import_figures

DONE = "entry-done"  # what was handed in last: the plan, a sentence, a table


def record(reading: Reading, chosen: Choice, *, partly: bool, origin: str) -> None:
    """Hand in what was read, for review. Raises TrackerError where it is refused."""
    done = import_figures(
        run().store, reading, by=run().actor, at=datetime.now(UTC), accept_valid=partly, origin=origin, submit=True
    )
    table = entry_check.preview(reading._replace(faults=[]), chosen.tree)
    st.session_state[DONE] = (chosen.plan.id, entry_check.written(reading, done, chosen.tree), table)


def confirmation(chosen: Choice) -> None:
    """What was handed in last for this plan, until it is put away."""
    plan, sentence, table = st.session_state.get(DONE, ("", "", pd.DataFrame()))
    if plan != chosen.plan.id:
        return
    st.success(escaped(sentence))
    _entry_rows.listed(table, key="done", about="刚才提交的数")
    st.button("收起", on_click=st.session_state.pop, args=(DONE,))
