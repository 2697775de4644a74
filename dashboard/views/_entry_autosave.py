"""Keeping what is typed. The grid causes no run, because one could swallow a cell that is being typed: the browser
hands over what stands in the grid with the next run of any kind, such as that of the fragment here when it is quiet."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import session
from dashboard.components import ASSETS
from dashboard.session import Run
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from dashboard.views._entry_drafts import KEPT, SAVED_AT, SHOWN, TYPED, Shown, of
from trackers.actions.drafts import keep_draft
from trackers.errors import ForbiddenError, RefusedError, TrackerError

QUIET = st.components.v2.component("quiet", js=(ASSETS / "quiet.js").read_text(encoding="utf-8"))
TRIED = "entry-tried"  # what was refused and is not tried again, and why nothing could be kept


def gather() -> entry.Typed:
    """Take over what was typed into the sheet shown last, also where another one is shown now; what is not kept yet."""
    if (shown := st.session_state.get(SHOWN)) is None:
        return {}
    if shown.key in st.session_state:
        edits = st.session_state[shown.key].get("edited_rows", {})
        of(TYPED)[shown.name] = entry.with_edits(shown.base, shown.lines, edits)
    return entry.changed_cells(of(KEPT).get(shown.name, {}), of(TYPED).get(shown.name, {}))


def keep(run: Run) -> None:
    """Put what was typed into the person's draft; what cannot be kept stays in this session, and the page says so."""
    changed = gather()
    try:
        if changed:
            shown: Shown = st.session_state[SHOWN]
            draft = keep_draft(run.store, shown.sheet, changed, by=run.actor, at=datetime.now(UTC))
            st.session_state[SAVED_AT], of(KEPT)[shown.name] = draft.at, of(TYPED)[shown.name]
        st.session_state.pop(TRIED, None)
    except TrackerError as error:
        st.session_state[TRIED] = (changed if isinstance(error, ForbiddenError | RefusedError) else {}, str(error))


@st.fragment
def told() -> None:
    """Keep what stands in the grid when it changed, and say when it was kept; the store is left alone otherwise."""
    QUIET(key="entry-quiet", on_quiet_change=lambda: None)  # asks for a run of this fragment
    changed = gather()
    if changed and changed != st.session_state.get(TRIED, ({}, ""))[0]:
        try:
            with session.opened() as run:
                keep(run)
        except TrackerError as error:  # signed out meanwhile
            st.session_state[TRIED] = ({}, str(error))
    if TRIED in st.session_state:
        st.error(f"草稿没有保存，请不要关闭本页。{escaped(st.session_state[TRIED][1])}")
    else:
        st.caption(entry.saved(st.session_state.get(SAVED_AT)))
