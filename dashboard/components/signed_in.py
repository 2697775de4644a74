"""Who is signed in, the way out, and what stands where nobody is signed in."""

from __future__ import annotations

import streamlit as st

from dashboard import session
from dashboard.components.pages import ASSETS
from dashboard.viewmodels import words
from trackers.model.account_words import grant_text
from trackers.model.identity import Identity
from trackers.queries.accounts import account_of
from trackers.queries.plans import plans, region_tree

# A form of the page's own, so that the server ends the session and takes the cookie away in one step.
LEAVE = ASSETS / "leave.html"
ENTER = ASSETS / "enter.html"  # its link stays in this window, unlike one of Streamlit's
ENTER_SINGLE = ASSETS / "enter_single.html"


def who_is_signed_in() -> None:
    """The person's name; behind it unit, roles, the password and the way out."""
    store, tree = session.run().store, region_tree(session.run().store)
    account = account_of(store, session.actor().login)
    if account is None:
        return
    with st.popover(words.escaped(account.name), icon=":material/person:"):
        st.caption(words.escaped("　".join(filter(None, [account.name, account.login, account.unit]))))
        for grant in account.grants:
            st.caption(words.escaped(grant_text(grant, tree, plans(store))))
        _way_out()


def _way_out() -> None:
    if not isinstance(session.run().shown, Identity):
        st.html(LEAVE)
    elif st.button("退出登录", key="leave"):  # what the browser is signed in with is Streamlit's to take away
        session.leave()


def sign_in_first(sentence: str) -> None:
    """All that is shown to somebody who is not signed in."""
    st.title("请先登录", anchor=False)
    st.markdown(words.escaped(sentence))
    st.html(ENTER)
    if session.offers_single_sign_on():
        st.html(ENTER_SINGLE)


def to_provider() -> None:
    """The page that leads to the provider of single sign-on."""
    st.caption("正在转到单位统一身份认证……")
    st.login()


def not_given(title: str) -> None:
    """All that is shown of a page that is not in the person's menu."""
    st.title("这一页没有对您开放", anchor=False)
    st.markdown(f"您的角色不含“{title}”要用的权限，菜单里因此没有这一页。确需使用的，请联系管理员；您能用的页面见上方菜单。")


def no_pages() -> None:
    """All that is shown to somebody who may do nothing yet."""
    st.title("还没有可以打开的页面", anchor=False)
    st.markdown("您的账号还没有查看或填报的权限，或尚未分配到任务。请联系管理员，说明您负责的地区和工作。")
    _way_out()
