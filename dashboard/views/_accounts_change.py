"""One account: its name and unit, its roles, its password, whether it may sign in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import accounts
from dashboard.viewmodels.accounts import Named
from dashboard.viewmodels.words import escaped
from dashboard.views import _accounts_done, _accounts_grant, _accounts_sign_in
from trackers.actions.accounts import change_account
from trackers.model.account import LONGEST_NAME, Account
from trackers.model.account_words import state_text


def draw(kept: Sequence[Account], named: Named) -> None:
    """Choose the account, then change one thing at a time."""
    if not kept:
        components.nothing("还没有您管理的账号。请先在“新建”里建立。")
        return
    login = components.picker("账号", accounts.labels(kept), key="account")
    account = next(each for each in kept if each.login == login)
    st.caption(f"登录名 {escaped(login)}　｜　状态：{escaped(state_text(account, datetime.now(UTC)))}")
    _person(account)
    _grants(account, named)
    _accounts_sign_in.draw(account)


def _person(account: Account) -> None:
    key = f"person-{account.login}-{_accounts_done.turn()}"
    with st.form(key, width=560, enter_to_submit=False):
        name = st.text_input("姓名", account.name, key=f"{key}-name", max_chars=LONGEST_NAME)
        unit = st.text_input("单位", account.unit, key=f"{key}-unit", max_chars=LONGEST_NAME)
        claim = st.text_input("统一认证标识", account.claim or "", key=f"{key}-claim", max_chars=200)
        if st.form_submit_button("保存", key="save"):
            _change(account, {"name": name, "unit": unit, "claim": claim or None}, "已保存")


def _grants(account: Account, named: Named) -> None:
    st.subheader("角色", anchor=False)
    for grant in account.grants:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(escaped(named.grant(grant)), width="content")
            key = "-".join([account.login, grant.role, grant.region, str(grant.below), *grant.plans])
            if st.button("去掉", key=f"drop-{key}"):
                rest = tuple(each for each in account.grants if each != grant)
                _change(account, {"grants": rest}, f"已去掉“{named.grant(grant)}”")
    with components.folded("加一项角色", key=f"grant-{account.login}"):
        if more := _accounts_grant.form(named, f"grant-{account.login}-{_accounts_done.turn()}"):
            _change(account, {"grants": (*account.grants, more)}, f"已加上“{named.grant(more)}”")


def _change(account: Account, fields: dict[str, object], sentence: str) -> None:
    changed, by, at = account.model_copy(update=fields), session.actor(), datetime.now(UTC)
    store = session.run().store
    _accounts_done.do(lambda: change_account(store, changed, by=by, at=at), f"{account.name}（{account.login}）：{sentence}。")
