"""What handing in would do, shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.session import Choice
from dashboard.viewmodels import entry_check
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_reasons, _entry_rows
from dashboard.views._entry_offer import ASKED, PARTLY, Offer
from dashboard.views._entry_rows import sentences


def draw(offered: Offer, chosen: Choice, *, names: Sequence[str] = ()) -> None:
    """Show what the hand-in would do, and the button that does it."""
    read, reading, origin = offered.read, offered.reading, offered.origin
    if read.taken or read.faults or read.warnings:
        st.markdown(f"**提交前预览**　{escaped(str(entry_check.summary(read)))}")
        sentences(st.error, "这些格子不能收，改正后才会写入：", entry_check.fault_texts(read, names))
        sentences(st.warning, "可以收，但请再看一眼：", entry_check.remark_texts(read))
        _entry_reasons.ask(read, origin)
        table = entry_check.preview(reading, chosen.tree, names)
        _entry_rows.listed(table, key=f"preview-{origin}", about="会写入什么")
        _buttons(offered)
    else:
        st.caption("还没有填数。填好并检查以后，这里先列出会写入什么，看过再提交。")
    if offered.refused:
        st.error(escaped(offered.refused))


def _buttons(offered: Offer) -> None:
    rows, origin, lacking = len(offered.reading.taken), offered.origin, offered.lacking
    if offered.reading.faults and rows:
        st.checkbox(f"只提交无误的 {rows} 行，有误的行先不管", key=PARTLY.format(origin))
    st.button(
        f"提交 {rows} 行" if offered.ready else "提交", key=f"submit-{origin}", type="primary", disabled=not offered.ready,
        on_click=st.session_state.__setitem__, args=(ASKED.format(origin), entry_check.fingerprint(offered.reading)),
        help=lacking or None,
    )  # fmt: skip
    if lacking:
        st.caption(f"现在不能提交：{escaped(lacking)}")
