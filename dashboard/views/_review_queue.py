"""What waits for this person, narrowed to a plan and a region, as a table to choose from."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import review
from dashboard.views import _review_region
from trackers.queries.review import pending

ONE = "review-one"  # the figure that is looked at


def waiting() -> pd.DataFrame:
    """Everything that waits for this person, of every plan."""
    run = session.run()
    return _waiting(run.path, run.version, run.actor.login, repr(run.rights.grants), session.today())


@st.cache_data(max_entries=64, show_spinner=False)
def _waiting(path: str, version: str, login: str, grants: str, on: date) -> pd.DataFrame:
    return pending(session.run().store, by=session.actor(), on=on)


def narrowed(queue: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """The part of the queue that is asked for, and whether it is that of every plan."""
    chosen = session.choice()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        every = st.toggle("全部规划", key="every", bind="query-params", help="不只看上面选的规划")
        kept = review.narrowed(queue, plan=None if every else chosen.plan.id)
        labels = review.region_labels(kept, chosen.tree)
        region = _review_region.asked(labels)
    return review.narrowed(kept, region=region), every


def table(shown: pd.DataFrame, *, every: bool) -> pd.DataFrame:
    """Draw the queue; the rows that are ticked. A new queue is a new table: a tick never slips to another figure."""
    keys = review.keys(shown)
    key = f"queue-{review.fingerprint(keys)}"
    config: dict[str, Any] = {
        review.OPEN: st.column_config.ButtonColumn("", type="tertiary", key=f"{key}-open", width=60),
    }
    frame = review.table(shown, every_plan=every)
    event = st.dataframe(
        frame, hide_index=True, key=key, on_select="rerun", selection_mode="multi-row", alt="等您审核的数",
        **components.fitted(frame, config),
    )  # fmt: skip
    components.table_file(lambda: review.table(shown, every_plan=every), "等您审核的数", key="queue")
    if click := st.session_state.get(f"{key}-open"):
        st.session_state[ONE] = keys[click["row"]]
    return shown.iloc[sorted(event["selection"]["rows"])]
