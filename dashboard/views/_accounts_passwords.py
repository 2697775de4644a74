"""One-time passwords, shown once: to write down, copy or take along as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard import components
from dashboard.download import XLSX
from trackers.exchange.account_sheet import password_sheet
from trackers.model.account import ONE_TIME_DAYS, Account


def shown(accounts: Sequence[Account], passwords: Mapping[str, str]) -> None:
    """One as text that is easily copied, several as a table."""
    st.warning(
        "一次性密码只显示这一次，系统里不保存原文。请现在记下或下载，当面或用可靠的方式交给本人；"
        f"{ONE_TIME_DAYS} 天内有效，首次登录时须改。"
    )
    if len(passwords) == 1:
        st.code(next(iter(passwords.values())), language=None)
    else:
        rows = [(a.login, a.name, passwords[a.login]) for a in accounts if a.login in passwords]
        table = pd.DataFrame(rows, columns=["登录名", "姓名", "一次性密码"])
        components.plain_table(table, key="passwords", about="一次性密码")
    st.download_button(
        "下载一次性密码（.xlsx）", password_sheet(accounts, passwords), "一次性密码.xlsx", XLSX, key="passwords-file",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip
