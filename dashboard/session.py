"""The one place for what belongs to this run: the open database, and what the person has chosen.

What is chosen stands in the address, so that an address can be sent: `?plan=辽宁&day=2024-05-20`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from dashboard.cookies import session_cookie
from dashboard.single_sign_on import Settings, settings_of
from trackers.actions.signing import keep_open, sign_out
from trackers.actions.single_sign_on import sign_in_by_identity
from trackers.errors import FileError, SignInError
from trackers.model.account import Actor
from trackers.model.identity import Identity, identity_of
from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.model.rights import Rights
from trackers.queries.rights import rights_of
from trackers.queries.sessions import Shown, open_session, session_actor, why_ended
from trackers.queries.versions import Versions, versions
from trackers.settings import database_path
from trackers.store import Store, open_store

BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Run:
    """The database of this run, with the versions of its data."""

    store: Store
    path: str
    versions: Versions
    actor: Actor
    rights: Rights
    shown: Shown | None = None  # what the browser is signed in with; nothing in a thread that makes a download

    @property
    def version(self) -> str:
        """A text that changes with whatever is handed in, decided or set down."""
        return self.versions.all


@dataclass(frozen=True)
class Choice:
    """What the top of every page says: which plan, judged for which day."""

    plan: Plan
    day: date
    tree: RegionTree
    home: str  # the region at which the person begins


KNOWN = "known address"  # what this window last read from its address, or wrote into it, by name
WHOSE = "whose"  # the login for which this window of a browser was opened

_RUN: ContextVar[Run] = ContextVar("run")
_CHOICE: ContextVar[Choice] = ContextVar("choice")


@contextmanager
def opened(
    path: Path | None = None, *, by: Actor | None = None, shown: Shown | None = None, used: bool = True
) -> Iterator[Run]:
    """Open the database for this thread and close it in the same thread, whatever happens.

    Who acts is whoever is signed in with this browser, asked of the store anew each time; raises SignInError where
    nobody is. A thread that makes a download has no browser: it says `by` whom it was asked for, and what the browser
    had `shown` for it, because a download that was offered ends with the session too. A run that nobody
    asked for is not `used`: it looks at the session without keeping it open.
    """
    path = path or database_path()
    with open_store(path) as store:
        who, shown = _asked_by(store, by, shown) if by else _signed_in(store, path, used)
        run = Run(store, str(path.resolve()), versions(store), who, rights_of(store, who), shown)
        token = _RUN.set(run)
        try:
            yield run
        finally:
            _RUN.reset(token)


def _signed_in(store: Store, path: Path, used: bool) -> tuple[Actor, Shown]:
    now = datetime.now(UTC)
    shown = _shown(store, path, now)
    who = session_actor(store, shown, address_of_this_browser(), at=now)
    if who is None or shown is None:
        raise SignInError(why_ended(store, shown, at=now))
    _require_whose(who)
    if used:
        keep_open(store, shown, at=now)
    return who, shown


def _require_whose(who: Actor) -> None:
    """A window stays with whom it was opened for: the cells typed there, and the passwords it shows, are theirs.

    A window that lost its connection comes back with the cookie of whoever has signed in since, and with its memory.
    """
    if st.session_state.setdefault(WHOSE, who.login) != who.login:
        raise SignInError("这一页是用另一个账号打开的，里面的内容不属于现在登录的账号。请点“登录”，重新打开首页。")


def _asked_by(store: Store, by: Actor, shown: Shown | None) -> tuple[Actor, Shown | None]:
    now = datetime.now(UTC)
    if shown is not None and session_actor(store, shown, by.where, at=now) != by:
        raise SignInError(why_ended(store, shown, at=now))
    return by, shown


def _shown(store: Store, path: Path, now: datetime) -> Shown | None:
    """The cookie, while its session is open, else whom single sign-on named; a session of the latter begins here."""
    cookie = cookie_of_this_browser(path)
    if open_session(store, cookie, at=now):
        return cookie
    identity = identity_of_this_browser()
    if identity is None:
        return cookie
    sign_in_by_identity(store, identity, address=address_of_this_browser(), at=now)
    return identity


def single_sign_on() -> Settings | None:
    """How single sign-on is set up; None where it is not. Raises FileError for a secrets.toml that is wrong."""
    try:
        return settings_of(st.secrets)
    except StreamlitSecretNotFoundError:
        if any(Path(file).exists() for file in st.get_option("secrets.files")):
            raise FileError("secrets.toml 读不出来：不是正确的 TOML 文件。请按手册“单点登录”改正。") from None
        return None


def offers_single_sign_on() -> bool:
    """Whether single sign-on is set up, and soundly."""
    try:
        return single_sign_on() is not None
    except FileError:
        return False  # the sign-in page says what is wrong


def identity_of_this_browser() -> Identity | None:
    """Whom single sign-on named in this browser, from a cookie that Streamlit signed and looked at."""
    settings = single_sign_on() if offers_single_sign_on() else None
    if settings is None or not st.user.get("is_logged_in"):
        return None
    return identity_of(st.user, claim=settings.claim, vouched=settings.vouched)


def leave() -> None:
    """Sign out whoever came by single sign-on: here, and where it knows how, at the provider. Ends the run."""
    sign_out(run().store, run().shown, address=actor().where, at=datetime.now(UTC))
    st.logout()
    st.stop()


def cookie_of_this_browser(path: Path) -> str | None:
    """What the browser of this run shows for being signed in to the database."""
    return st.context.cookies.get(session_cookie(path))


def address_of_this_browser() -> str:
    """Where the browser of this run is; Streamlit names none on this machine itself."""
    return st.context.ip_address or "127.0.0.1"


def run() -> Run:
    """This run's database; only inside `opened`."""
    return _RUN.get()


def look_again() -> None:
    """Let what follows in this run know that the run itself has changed the data."""
    _RUN.set(replace(run(), versions=versions(run().store)))


def actor() -> Actor:
    """Who acts in this run."""
    return run().actor


def rights() -> Rights:
    """What they may do."""
    return run().rights


def choose(choice: Choice) -> None:
    """Keep what the top of the page says for the page below it."""
    _CHOICE.set(choice)


def choice() -> Choice:
    """What the top of this page says."""
    return _CHOICE.get()


def chosen() -> Choice | None:
    """What the top of this page says; None on a page that speaks of no one plan."""
    return _CHOICE.get(None)


def today() -> date:
    """Today where the plans are carried out."""
    return datetime.now(BEIJING).date()


def from_address(name: str, labels: Mapping[Any, str], find: Callable[[str], Any] | None = None) -> bool:
    """Let the address say what is chosen under this name, as long as nobody has chosen anything else; whether it did.

    `labels` gives the word that stands for each choice; `find` knows what other words mean. An address that says
    something else than this page last wrote into it came by a link or by the browser's way back, and holds.
    """
    asked, known = st.query_params.get(name), st.session_state.setdefault(KNOWN, {})
    if asked is None or (name in st.session_state and asked == known.get(name)):
        return False
    known[name] = asked
    choices = {label: choice for choice, label in labels.items()}
    if asked in choices:
        st.session_state[name] = choices[asked]
    elif find is not None:
        st.session_state[name] = find(asked)
    return True


def to_address(name: str, label: str) -> None:
    """Write into the address what is chosen, so that it can be sent.

    Streamlit's own binding of widgets to the address loses it, and the choice with it, when a person goes to
    another page while the first is still being made.
    """
    st.session_state.setdefault(KNOWN, {})[name] = label
    if st.query_params.get(name) != label:
        st.query_params[name] = label


def forget(*names: str) -> None:
    """Drop choices that belong to another plan, from the address too."""
    for name in names:
        st.session_state.pop(name, None)
        st.query_params.pop(name, None)
        st.session_state.get(KNOWN, {}).pop(name, None)
