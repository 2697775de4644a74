"""A new account: who it is for, a first role, and the one-time password it is given."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels.accounts import Named, missing
from dashboard.views import _accounts_done, _accounts_grant
from trackers.actions.accounts import create_account
from trackers.actions.passwords import one_time
from trackers.errors import TrackerError
from trackers.model.account import LONGEST_NAME, Grant
from trackers.model.account_words import LOGIN_RULE, typed_account


def draw(named: Named) -> None:
    """The form; further roles are given under 修改."""
    turn = _accounts_done.turn()
    with st.form(f"new-{turn}", width=560, enter_to_submit=False):
        login = st.text_input("登录名（必填）", key=f"new-{turn}-login", help=f"{LOGIN_RULE}。大小写不分。")
        name = st.text_input("姓名（必填）", key=f"new-{turn}-name", max_chars=LONGEST_NAME)
        unit = st.text_input("单位", key=f"new-{turn}-unit", max_chars=LONGEST_NAME)
        claim = st.text_input("统一认证标识", key=f"new-{turn}-claim", help="用单点登录的单位填写；没有就不填。")
        grant = _accounts_grant.fields(named, f"new-{turn}")
        sent = st.form_submit_button("新建账号", key="create", type="primary")
    lacking = missing({"登录名": login, "姓名": name, "角色和地区": grant})
    if sent and lacking:
        st.error(f"没有建立账号：还缺{lacking}。")
    elif sent and grant:
        _create(login, name, unit, claim, grant)


def _create(login: str, name: str, unit: str, claim: str, grant: Grant) -> None:
    password = one_time()
    try:
        account = typed_account(login, name, unit, claim or None, [grant])
        create_account(session.run().store, account, password=password, by=session.actor(), at=datetime.now(UTC))
    except TrackerError as error:
        components.show_error(error)
        return
    _accounts_done.tell(f"已新建账号 {account.login}（{account.name}）。", [account], {account.login: password})
