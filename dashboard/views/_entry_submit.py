"""What handing in would do, shown before it is done; then the handing in, and what was written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from dashboard import components
from dashboard.session import Choice, run
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from trackers.errors import TrackerError
from trackers.exchange.import_figures import Reading, import_figures
from trackers.model.report import LOCAL_ACTOR

DONE, ASKED = "entry-done", "entry-asked"
MOST = 30  # sentences listed on the page
ROWS = 500  # rows shown


def offer(reading: Reading, chosen: Choice, *, names: Mapping[int, str] | None = None, origin: str) -> bool:
    """Show what the hand-in would do and the button that does it; whether it was done in this run."""
    if not reading.taken and not reading.faults and not reading.warnings:
        st.caption("还没有填写任何数。填好后这里先列出会写入什么，看过再提交。")
        return False
    st.markdown(f"**提交前预览**　{escaped(str(entry.summary(reading)))}")
    _sentences(st.error, "读不懂或不能收的格子，改正后才会写入：", entry.fault_texts(reading, names))
    _sentences(st.warning, "可以收，但请再看一眼：", [str(doubt) for doubt in reading.warnings])
    table = entry.preview(reading, chosen.tree)
    if len(table):
        st.dataframe(table.head(ROWS), hide_index=True, key=f"preview-{origin}", alt="会写入什么")
    if len(table) > ROWS:
        st.caption(f"只列出前 {ROWS} 行，共 {len(table)} 行；提交时全部写入。")
    partly = bool(reading.faults and reading.taken) and st.checkbox(
        f"有误的行先不管，只导入无误的 {len(reading.taken)} 行", key=f"partly-{origin}"
    )
    shown, key = entry.fingerprint(reading), f"{ASKED}-{origin}"
    ready = bool(reading.taken) and (partly or not reading.faults)
    st.button(
        f"提交 {len(reading.taken)} 行", key=f"submit-{origin}", type="primary", disabled=not ready,
        on_click=st.session_state.__setitem__, args=(key, shown),
    )  # fmt: skip
    asked = st.session_state.pop(key, None)
    if asked is None or not ready:
        return False
    if asked != shown:
        st.warning("预览之后内容又有变化，没有提交。请看过上面新的预览，再按一次提交。")
        return False
    return _record(reading, chosen, partly, origin)


def _record(reading: Reading, chosen: Choice, partly: bool, origin: str) -> bool:
    try:
        done = import_figures(
            run().store, reading, by=LOCAL_ACTOR, at=datetime.now(UTC), accept_valid=partly, origin=origin
        )
    except TrackerError as error:
        components.show_error(error)
        return False
    st.session_state[DONE] = (entry.written(reading, done), entry.preview(reading._replace(faults=[]), chosen.tree))
    return True


def confirmation() -> None:
    """What was written last, until it is put away."""
