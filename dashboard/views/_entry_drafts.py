"""What was typed and is not handed in yet: in this session by sheet, and as the person's draft in the store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from dashboard.session import Run
from dashboard.viewmodels import entry
from trackers.exchange.entry_template import Line
from trackers.queries.drafts import Sheet, draft_of

TYPED, KEPT, FILES = "entry-drafts", "entry-kept", "entry-files"  # by sheet: typed, what the store has of it, evidence
SHOWN, SAVED_AT = "entry-shown", "entry-saved-at"  # the sheet shown last, and when it was kept


class Shown(NamedTuple):
    """A sheet on the screen: its label, the key of its grid, what the grid started from, its lines."""

    name: str
    sheet: Sheet
    key: str
    base: entry.Typed
    lines: Sequence[Line]


def of(which: str) -> dict[str, entry.Typed]:
    found: dict[str, entry.Typed] = st.session_state.setdefault(which, {})
    return found


def start(run: Run, name: str, sheet: Sheet, lines: Sequence[Line]) -> Shown:
    """The sheet as it is shown: its grid starts from the same in every run as long as it stays on the screen."""
    turn = st.session_state.get(f"entry-round {name}", 0)  # how often it was handed in
    key, base = f"entry {name} {turn}", f"entry-base {name}"
    if key not in st.session_state:  # first shown, or shown again
        draft = draft_of(run.store, sheet, by=run.actor)
        st.session_state[SAVED_AT] = draft.at
        if not run.actor.operator and of(TYPED).get(name, {}) == of(KEPT).get(name, {}):  # nothing waits to be kept
            typed, of(FILES)[name] = entry.parted(draft.cells)
            of(TYPED)[name] = of(KEPT)[name] = typed
        st.session_state[base] = of(TYPED).setdefault(name, {})
    st.session_state[SHOWN] = shown = Shown(name, sheet, key, st.session_state[base], lines)
    return shown
