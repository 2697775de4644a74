"""What is looked for in the record, and how far back the list has been turned."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import session
from dashboard.viewmodels import record
from trackers.model.record_words import Names

PLACES, SEARCH = "record-places", "record-search"


def asked(names: Names) -> dict[str, Any]:
    """What was asked for, as `trackers.queries.audit.entries` takes it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.text_input("谁", key="who", placeholder="登录名或姓名", width=160, bind="query-params")
        action = st.selectbox(
            "操作", record.ACTIONS, format_func=record.ACTIONS.__getitem__, key="action", width=170, bind="query-params"
        )
        subject = st.text_input("对象", key="about", placeholder="规划简称、登录名等", width=190, bind="query-params")
        words = st.text_input("内容里的文字", key="words", placeholder="如 退回意见里的词", width=190, bind="query-params")
        first = st.date_input("从", None, key="record-from", format="YYYY-MM-DD", max_value=session.today(), width=140)
        last = st.date_input("到", None, key="record-to", format="YYYY-MM-DD", max_value=session.today(), width=140)
        refused = st.toggle("只看被拒绝的", key="refused", bind="query-params")
    return {
        "who": who, "action": action, "subject": names.coded(subject), "words": words, "first": first, "last": last,
        "refused": refused,
    }  # fmt: skip


def place(asked: dict[str, Any]) -> int | None:
    """Before which entry the list begins; another search begins with the newest."""
    if st.session_state.get(SEARCH) != asked:
        st.session_state[SEARCH], st.session_state[PLACES] = asked, []
    places: list[int] = st.session_state[PLACES]
    return places[-1] if places else None


def turn_over(last: int | None) -> None:
    """The ways to older entries, where there are any, and back to newer ones."""
    places: list[int] = st.session_state[PLACES]
    with st.container(horizontal=True):
        if places:
            st.button("较新的", key="newer", icon=":material/arrow_back:", on_click=_newer, args=(places,))
        if last is not None:
            st.button("较早的", key="older", icon=":material/arrow_forward:", on_click=places.append, args=(last,))


def _newer(places: list[int]) -> None:
    del places[-1:]
