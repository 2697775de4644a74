"""Whether somebody may sign in: a new password for once, disabling, enabling."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels.words import escaped
from dashboard.views import _accounts_done
from trackers.actions.accounts import disable_account, enable_account, reset_password
from trackers.errors import TrackerError
from trackers.model.account import Account


def draw(account: Account) -> None:
    """The buttons; what cannot be undone is asked once more."""
    st.subheader("登录", anchor=False)
    who, login = f"{account.name}（{account.login}）", account.login
    store, by, at = session.run().store, session.actor(), datetime.now(UTC)
    with st.container(horizontal=True):
        if account.disabled:
            if st.button("启用", key="enable", type="primary"):
                _accounts_done.do(lambda: enable_account(store, login, by=by, at=at), f"{who}已启用，密码和角色照旧。")
            st.caption("停用的账号要先启用，才能重置密码。")
            return
        if login == by.login:
            st.caption("自己的密码在右上角自己的名字下修改；自己的账号要由另一位管理员停用。")
            return
        with st.popover("重置密码…", key=f"reset-asked-{_accounts_done.turn()}"):
            st.markdown(f"{escaped(who)}现在的密码作废，已登录的立即退出；会给出一个一次性密码。")
            if st.button("确定重置", key="reset", type="primary"):
                _reset(account)
        with st.popover("停用…", key=f"disable-asked-{_accounts_done.turn()}"):
            st.markdown(f"{escaped(who)}不能再登录，已登录的立即退出。填过的数和记录都保留，以后可以再启用。人员调离请用“移交”。")
            if st.button("确定停用", key="disable", type="primary"):
                _accounts_done.do(lambda: disable_account(store, login, by=by, at=at), f"{who}已停用。")


def _reset(account: Account) -> None:
    try:
        fresh = reset_password(session.run().store, account.login, by=session.actor(), at=datetime.now(UTC))
    except TrackerError as error:
        components.show_error(error)
        return
    _accounts_done.tell(f"已重置 {account.name}（{account.login}）的密码。", [account], {account.login: fresh})
