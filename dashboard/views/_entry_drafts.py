"""What was typed and is not handed in yet, kept beside the grid so that neither an error nor another sheet loses it.

The grid causes no run while one types: a run in between lays it out anew and can swallow a cell that is being typed.
The browser hands over what stands in the grid with the next run of any kind.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.viewmodels import entry
from trackers.exchange.entry_template import Line

DRAFTS = "entry-drafts"  # label of a sheet → what was typed there and is not handed in yet
SHOWN = "entry-shown"  # the sheet shown last: its label, the key of its grid, what the grid started from, its lines


def gather() -> None:
    """Take over what was typed into the sheet shown last, also where another one is shown now."""
    if SHOWN not in st.session_state:
        return
    name, key, base, lines = st.session_state[SHOWN]
    if key in st.session_state:
        drafts()[name] = entry.with_edits(base, lines, st.session_state[key].get("edited_rows", {}))


def drafts() -> dict[str, entry.Typed]:
    """Of every sheet, by its label."""
    found: dict[str, entry.Typed] = st.session_state.setdefault(DRAFTS, {})
    return found


def start(name: str, lines: Sequence[Line]) -> tuple[str, entry.Typed]:
    """The key of the sheet's grid, and what it starts from: the same in every run as long as the grid is shown."""
    key, base = f"entry {name} {_round(name)}", f"entry-base {name}"
    drafts().setdefault(name, {})
    if key not in st.session_state:  # first shown, or shown again
        st.session_state[base] = drafts()[name]
    st.session_state[SHOWN] = (name, key, st.session_state[base], lines)
    return key, st.session_state[base]


def hand_over(name: str) -> None:
    """Forget what was handed in; the grid after that is a new one."""
    drafts().pop(name)
    del st.session_state[SHOWN]
    st.session_state[f"entry-round {name}"] = _round(name) + 1


def _round(name: str) -> int:
    """How often the sheet was handed in."""
    return int(st.session_state.get(f"entry-round {name}", 0))
