"""Changes of a draft other than typing: an evidence file beside a row, rows that were handed in."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard.session import Run
from dashboard.views._entry_drafts import FILES, KEPT, SHOWN, TYPED, Shown, of
from trackers.actions.drafts import keep_draft, merged
from trackers.model.report import EvidenceName
from trackers.queries.drafts import FILE


def put_file(run: Run, shown: Shown, indicator: str, file: EvidenceName) -> None:
    """Note an evidence file beside a row, with the draft too; without a name it is taken away."""
    cell = {indicator: {FILE + file.digest: file.name}}
    keep_draft(run.store, shown.sheet, cell, by=run.actor, at=datetime.now(UTC))
    of(FILES)[shown.name] = merged(of(FILES).get(shown.name, {}), cell)


def hand_over(run: Run, shown: Shown, indicators: set[str]) -> None:
    """Forget the rows that were handed in; the grid after that is a new one with the rest."""
    cells = merged(of(TYPED)[shown.name], of(FILES).get(shown.name, {}))
    gone = {id: dict.fromkeys(row, "") for id, row in cells.items() if id in indicators}
    for which in (TYPED, KEPT, FILES):
        of(which)[shown.name] = {id: row for id, row in of(which).get(shown.name, {}).items() if id not in indicators}
    st.session_state[f"entry-round {shown.name}"] = st.session_state.get(f"entry-round {shown.name}", 0) + 1
    st.session_state.pop(SHOWN)
    keep_draft(run.store, shown.sheet, gone, by=run.actor, at=datetime.now(UTC))
