"""The history of one figure as a list, and the evidence files that came with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.viewmodels import history as stories
from dashboard.viewmodels.words import escaped
from trackers.model.account import Actor
from trackers.model.plan import Indicator, Plan
from trackers.model.report import EvidenceName
from trackers.queries.evidence import open_evidence
from trackers.queries.review import history
from trackers.queries.sessions import Shown

NEWEST = 6  # periods shown at once
PLAIN = "application/octet-stream"  # a browser keeps it as a file and never shows it as a page of ours


def figure_history(plan: Plan, indicator: Indicator, region: str, *, key: str) -> None:
    """What was reported for every period of one indicator in one region, and what became of it."""
    rows = history(session.run().store, plan.id, indicator.id, region, by=session.actor())
    chapters = stories.story(rows, indicator.unit)
    if not chapters:
        st.markdown("还没有填报过。")
        return
    _chapters(chapters[:NEWEST])
    if len(chapters) > NEWEST:
        with st.expander(f"更早的 {len(chapters) - NEWEST} 期"):
            _chapters(chapters[NEWEST:])
    evidence_files(stories.files(rows), key=key)


def history_below(plan: Plan, indicator: Indicator, rows: pd.DataFrame) -> None:
    """The history of one of the regions that report the indicator, to be chosen; `rows` of the judgement."""
    reported = rows[(rows["basis"] != "aggregate") & rows["value"].notna()]
    if reported.empty:
        return
    names = dict(zip(reported["region"], reported["region_name"], strict=True))
    with st.expander("各地区历次填报、审核和更正的经过"):
        code = st.selectbox("地区", names, format_func=names.__getitem__, key="history-region", width=320)
        figure_history(plan, indicator, code, key="below-history")


def _chapters(chapters: Sequence[stories.Chapter]) -> None:
    lines = []
    for period, standing, told in chapters:
        lines.append(f"- **{escaped(period)}**　{escaped(standing)}")
        lines += [f"    - {escaped(each)}" for each in told]
    st.markdown("\n".join(lines))


def evidence_files(files: Sequence[EvidenceName], *, key: str) -> None:
    """A button for each evidence file that hands it out under the name it was given."""
    if not files:
        return
    run = session.run()
    with st.container(horizontal=True):
        for file in files:
            st.download_button(
                escaped(file.name), partial(_content, run.path, run.actor, run.shown, file.digest), file_name=file.name,
                mime=PLAIN, key=f"{key}-{file.digest}", on_click="ignore", icon=":material/attach_file:",
            )  # fmt: skip


def _content(path: str, by: Actor, shown: Shown | None, digest: str) -> bytes:
    """The file's content; opens the database itself, because downloads are made in their own thread."""
    with session.opened(Path(path), by=by, shown=shown) as run:
        return open_evidence(run.store, digest, by=by)[0]
