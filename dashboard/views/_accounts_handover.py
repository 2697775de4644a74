"""Handing over: who leaves, who takes over, and what goes with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import accounts
from dashboard.viewmodels.accounts import Named
from dashboard.viewmodels.words import escaped
from dashboard.views import _accounts_done
from trackers.actions.handover import hand_over
from trackers.model.account import Account


def draw(kept: Sequence[Account], named: Named) -> None:
    """Two accounts, what the one would give to the other, and the button that does it."""
    st.markdown("人员调离时，把草稿和角色交给接手人，并停用原账号。已经报过的数、审核和操作记录仍记在原来的人名下。")
    own = session.actor().login
    leaving = [each for each in kept if each.login != own]
    taking = [each for each in kept if not each.disabled]
    if not leaving or not taking:
        components.nothing("要有两个您管理的账号才能移交。请先在“新建”里给接手人建立账号。")
        return
    names = accounts.labels(kept)
    turn = _accounts_done.turn()
    before = _one("移交人", [each.login for each in leaving], names, f"from-{turn}")
    others = [each.login for each in taking if each.login != before]
    after = _one("接手人", others, names, f"to-{turn}")
    if before is None or after is None:
        return
    account = next(each for each in kept if each.login == before)
    st.markdown(f"**{escaped(names[after])}** 将得到 **{escaped(names[before])}** 的全部草稿和这些角色：")
    components.bullets([named.grant(each) for each in account.grants], none="（没有角色）")
    if st.button("移交并停用原账号", key="hand-over", type="primary"):
        store, by, at = session.run().store, session.actor(), datetime.now(UTC)
        done = f"已把 {names[before]} 的草稿和角色移交给 {names[after]}，原账号已停用。"
        _accounts_done.do(lambda: hand_over(store, before, after, by=by, at=at), done)


def _one(words_above: str, logins: Sequence[str], names: Mapping[str, str], key: str) -> str | None:
    return st.selectbox(
        words_above, logins, format_func=names.__getitem__, key=key, index=None, placeholder="请选择", width=420,
        filter_mode="contains",
    )  # fmt: skip
