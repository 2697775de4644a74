"""Doing something with accounts, and what was done last: a sentence, and passwords that are shown once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import components
from dashboard.download import XLSX
from dashboard.viewmodels.words import escaped
from trackers.errors import TrackerError
from trackers.exchange.account_sheet import password_sheet
from trackers.model.account import Account

DONE, TURN = "accounts-done", "accounts-turn"


def turn() -> int:
    """A number that changes with everything done, so that the forms are empty again afterwards."""
    return int(st.session_state.get(TURN, 0))


def do(act: Callable[[], object], sentence: str) -> None:
    """Do it and say so on the next run; where it is refused say why and leave the form as it was filled in."""
    try:
        act()
    except TrackerError as error:
        components.show_error(error)
        return
    tell(sentence)


def tell(sentence: str, accounts: Sequence[Account] = (), passwords: Mapping[str, str] | None = None) -> None:
    """Begin the next run with this sentence and these one-time passwords."""
    st.session_state[DONE] = (sentence, list(accounts), dict(passwords or {}))
    st.session_state[TURN] = turn() + 1
    st.rerun()


def shown() -> None:
    """What was done last, until it is put away."""
    if DONE not in st.session_state:
        return
    sentence, accounts, passwords = st.session_state[DONE]
    st.success(escaped(sentence))
    if passwords:
        st.warning("一次性密码只显示这一次，系统里不保存原文。请现在记下或下载，当面或用可靠的方式交给本人；首次登录时须改。")
        rows = [(a.login, a.name, passwords[a.login]) for a in accounts if a.login in passwords]
        table = pd.DataFrame(rows, columns=["登录名", "姓名", "一次性密码"])
        components.plain_table(table, key="passwords", about="一次性密码")
        st.download_button(
            "下载一次性密码（.xlsx）", password_sheet(accounts, passwords), "一次性密码.xlsx", XLSX, key="passwords-file",
            on_click="ignore", icon=":material/download:",
        )  # fmt: skip
    label = "我已记下，收起" if passwords else "收起"
    st.button(label, key="put-away", on_click=st.session_state.pop, args=(DONE, None))
