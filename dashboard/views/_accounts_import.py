"""Accounts from a sheet: the form to take along, the filled one with its preview, the import."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import components, session
from dashboard.download import XLSX
from dashboard.viewmodels import accounts
from dashboard.viewmodels.accounts import Named
from dashboard.viewmodels.words import escaped
from dashboard.views import _accounts_done
from trackers.errors import TrackerError
from trackers.exchange.account_sheet import AccountReading, account_form, import_accounts, read_accounts

MOST = 30  # faults listed on the page


def draw(named: Named) -> None:
    """First the form, then the filled one."""
    st.markdown("**第一步**　下载空表，照表里“填表说明”填写；要改已有的账号，可以在“名册”里下载名册来改。")
    st.download_button(
        "下载空表（.xlsx）", partial(account_form, named.tree, named.plans), "账号导入表.xlsx", XLSX, key="form",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip
    st.markdown("**第二步**　上传填好的表，先看预览，再导入。")
    uploaded = st.file_uploader(
        "上传填好的表（.xlsx 或 .csv，不超过 20 MB）：点 Upload 选文件，或把文件拖到框里",
        key=f"accounts-{_accounts_done.turn()}", max_upload_size=20, help="选好后先出预览，不会直接写入。",
    )  # fmt: skip
    if uploaded is None:
        return
    try:
        _offer(read_accounts(session.run().store, uploaded.getvalue(), uploaded.name, by=session.actor()), named)
    except TrackerError as error:
        components.show_error(error)


def _offer(reading: AccountReading, named: Named) -> None:
    st.markdown(f"**导入前预览**　{escaped(accounts.summary(reading))}")
    if reading.faults:
        st.error("**这些行不能收：**\n\n" + "\n".join(f"- {escaped(str(each))}" for each in reading.faults[:MOST]))
    if len(reading.faults) > MOST:
        st.caption(f"另有 {len(reading.faults) - MOST} 处没有列出，改正后会接着列。")
    components.plain_table(named.preview(reading), key="preview", about="导入会改动什么", none="没有可以导入的账号。")
    partly = bool(reading.faults and reading.taken) and st.checkbox("只导入无误的账号，有误的先不管", key="partly")
    # The button belongs to this preview: where what is kept changed since, a click does nothing but show it anew.
    shown = hashlib.sha256(repr(reading).encode()).hexdigest()[:16]
    ready = bool(reading.taken) and (partly or not reading.faults)
    if st.button("导入", key=f"import-{shown}", type="primary", disabled=not ready):
        fresh = import_accounts(
            session.run().store, reading, by=session.actor(), at=datetime.now(UTC), accept_valid=partly
        )
        _accounts_done.tell(accounts.written(reading, fresh), [each.account for each in reading.taken], fresh)
