"""What handing in would do, shown before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.session import Choice
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_done, _entry_rows
from trackers.exchange.import_figures import Reading

MOST = 30  # sentences listed on the page


def offer(reading: Reading, chosen: Choice, *, names: Sequence[str] = (), origin: str) -> bool:
    """Show what the hand-in would do and the button that does it; whether it was done in this run.

    Only what was shown is written: where the content or what is kept changed in between, it is shown anew.
    """
    if not reading.taken and not reading.faults and not reading.warnings:
        st.caption("还没有填数。填好并检查以后，这里先列出会写入什么，看过再提交。")
        return False
    st.markdown(f"**提交前预览**　{escaped(str(entry.summary(reading)))}")
    _sentences(st.error, "这些格子不能收，改正后才会写入：", entry.fault_texts(reading, names))
    _sentences(st.warning, "可以收，但请再看一眼：", [str(doubt) for doubt in reading.warnings])
    table = entry.preview(reading, chosen.tree, names)
    _entry_rows.listed(table, key=f"preview-{origin}", about="会写入什么")
    partly = bool(reading.faults and reading.taken) and st.checkbox(
        f"只导入无误的 {len(reading.taken)} 行，有误的行先不管", key=f"partly-{origin}"
    )
    ready = bool(reading.taken) and (partly or not reading.faults)
    shown, key = entry.fingerprint(reading), f"asked-{origin}"
    st.button(
        f"提交 {len(reading.taken)} 行" if ready else "提交", key=f"submit-{origin}", type="primary", disabled=not ready,
        on_click=st.session_state.__setitem__, args=(key, shown),
    )  # fmt: skip
    asked = st.session_state.pop(key, None)
    if asked == shown and ready:
        return _entry_done.record(reading, chosen, partly=partly, origin=origin)
    if asked:
        st.warning("预览之后内容又有变化，没有提交。请看过上面新的预览，再提交一次。")
    return False


def _sentences(show: Callable[[str], object], title: str, sentences: Sequence[str]) -> None:
    if sentences:
        rest = [f"另有 {len(sentences) - MOST} 处没有列出，改正后会接着列。"] if len(sentences) > MOST else []
        show(f"**{title}**\n\n" + "\n".join(f"- {escaped(each)}" for each in [*sentences[:MOST], *rest]))
