"""What handing in would do, shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.session import Choice
from dashboard.viewmodels import entry_check
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_done, _entry_reasons, _entry_rows, _entry_state
from dashboard.views._entry_rows import sentences
from trackers.exchange.import_figures import Reading


def offer(reading: Reading, chosen: Choice, *, names: Sequence[str] = (), origin: str) -> bool:
    """Show what the hand-in would do and the button that does it; whether it was done in this run.

    Only what was shown is written: where the content or what is kept changed in between, it is shown anew.
    """
    reading = _entry_state.without_closed(reading)
    if not reading.taken and not reading.faults and not reading.warnings:
        st.caption("还没有填数。填好并检查以后，这里先列出会写入什么，看过再提交。")
        return False
    st.markdown(f"**提交前预览**　{escaped(str(entry_check.summary(reading)))}")
    sentences(st.error, "这些格子不能收，改正后才会写入：", entry_check.fault_texts(reading, names))
    sentences(st.warning, "可以收，但请再看一眼：", entry_check.remark_texts(reading))
    reading, lacking = _entry_reasons.explained(reading, origin)
    table = entry_check.preview(reading, chosen.tree, names)
    _entry_rows.listed(table, key=f"preview-{origin}", about="会写入什么")
    partly = bool(reading.faults and reading.taken) and st.checkbox(
        f"只提交无误的 {len(reading.taken)} 行，有误的行先不管", key=f"partly-{origin}"
    )
    ready = bool(reading.taken) and (partly or not reading.faults) and not lacking
    shown, key = entry_check.fingerprint(reading), f"asked-{origin}"
    st.button(
        f"提交 {len(reading.taken)} 行" if ready else "提交", key=f"submit-{origin}", type="primary", disabled=not ready,
        on_click=st.session_state.__setitem__, args=(key, shown), help=lacking or None,
    )  # fmt: skip
    if lacking:
        st.caption(f"现在不能提交：{escaped(lacking)}")
    asked = st.session_state.pop(key, None)
    if asked == shown and ready:
        return _entry_done.record(reading, chosen, partly=partly, origin=origin)
    if asked:
        st.warning("预览之后内容又有变化，没有提交。请看过上面新的预览，再提交一次。")
    return False
