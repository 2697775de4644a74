"""Doing something with accounts, and what was done last: a sentence, and passwords that are shown once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard import components
from dashboard.viewmodels.words import escaped
from dashboard.views import _accounts_passwords
from trackers.errors import TrackerError
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
        _accounts_passwords.shown(accounts, passwords)
    label = "我已记下，收起" if passwords else "收起"
    st.button(label, key="put-away", on_click=st.session_state.pop, args=(DONE, None))
