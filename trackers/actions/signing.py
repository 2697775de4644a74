"""Signing in and out, and changing one's own password.

Failures count for one login and one client: a browser that once signed in to the account, else an address. Whoever
guesses can therefore only shut out their own address, never the account's owner (OWASP's device cookies).
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trackers.actions.audit import recorded, refusals
from trackers.actions.passwords import check_strength, hashed, matches
from trackers.errors import RefusedError, SignInError
from trackers.model.account import ONE_TIME_DAYS, Actor, login_of
from trackers.queries.sessions import LONGEST, SEEN_EVERY, Shown, digest_of, open_session, seconds
from trackers.store import Store

FREE = 3  # failures after which each further one makes wait, twice as long each time
MOST = 10  # failures after which the client waits for the whole window
FIRST_WAIT = 5  # seconds
MOST_FROM_HERE = 100  # the same for all logins tried from one address together
WINDOW = 15 * 60  # seconds in which failures add up
KEPT = timedelta(days=7)  # how long it can be told why a session ended
STRANGER = "（未登录）"  # who tries to sign in, in the record; no login can be called so
UNKNOWN = "未知账号"  # in the record instead of an unknown login: people type passwords into the wrong field
WRONG = "登录名或密码不对。请核对后再试：登录名不分大小写，密码区分大小写。忘记密码请联系管理员重置。"


@dataclass(frozen=True)
class Client:
    """Where somebody signs in from: the address, and what the browser's long-lived cookie says, if it has one."""

    address: str
    browser: str | None = None


@dataclass(frozen=True)
class SignedIn:
    """The two cookies of a browser that signed in; both are kept as digests only."""

    token: str
    browser: str
    must_change: bool


def sign_in(
    store: Store, login: str, password: str, *, client: Client, at: datetime, before: str | None = None
) -> SignedIn:
    """Begin a session. Raises SignInError: with the same sentence, after the same work, for whatever is wrong.

    Only whoever knows the password is told that the account is disabled, or that the password was a one-time one that
    has expired. `before` is the cookie that the new one takes
    the place of: its session ends, since signing out later would not reach it.
    """
    account = _account(store, login)
    with _tried(store, "sign_in", account, login, client, Actor(login=STRANGER, where=client.address), at):
        fits = matches(account["password"] if account else None, password)
        if account is None or not fits:
            raise RefusedError(WRONG)
        if account["disabled"]:
            raise RefusedError("这个账号已停用，不能登录。如有疑问，请联系管理员。")
        _require_in_time(account, at)
    by = Actor(login=account["login"], where=client.address)
    with recorded(store, "sign_in", by.login, by=by, at=at) as detail:
        if _account(store, by.login) != account:
            raise SignInError("账号刚刚被改动，没有登录。请再试一次。")
        detail["browser"] = "known" if by.login in _known_to(store, client) else "new"
        if before:
            store.run("session_end", [{"digest": digest_of(before), "now": seconds(at)}])
        return begin_session(store, by.login, client=client, at=at)


def _require_in_time(account: dict[str, Any], at: datetime) -> None:
    """Refuse a one-time password from the end of its days on; a demonstration account's password is everybody's."""
    since = account["one_time_since"]
    if since is not None and not account["demo"] and seconds(at) - since >= ONE_TIME_DAYS * 24 * 3600:
        raise RefusedError(
            f"这个一次性密码已过期：从给出时起 {ONE_TIME_DAYS} 天内有效。请联系管理员重置密码，再用新的一次性密码登录。"
        )


def begin_session(store: Store, login: str, *, client: Client, at: datetime) -> SignedIn:
    """Begin a session of the account, a part of the action that found out who it is; old ones are forgotten."""
    browser = client.browser if client.browser and _known_to(store, client) else secrets.token_urlsafe(32)
    token, now = secrets.token_urlsafe(32), seconds(at)
    store.run("sessions_prune", [{"before": seconds(at - LONGEST - KEPT)}])
    store.run("session_begin", [{"digest": digest_of(token), "now": now, "address": client.address, "login": login}])
    store.run("browser_add", [{"digest": digest_of(browser), "login": login}])
    account = _account(store, login) or {}
    return SignedIn(token, browser, bool(account.get("must_change")))


def sign_out(store: Store, shown: Shown | None, *, address: str, at: datetime) -> None:
    """End the session of this browser; nothing where none is open."""
    session = open_session(store, shown, at=at)
    if session is None or shown is None:
        return
    by = Actor(login=session.login, where=address)
    with recorded(store, "sign_out", session.login, by=by, at=at):
        store.run("session_end", [{"digest": digest_of(shown), "now": seconds(at)}])


def change_password(store: Store, token: str | None, old: str, new: str, *, client: Client, at: datetime) -> SignedIn:
    """Change the own password: every session of the account ends, and a new one begins in this browser.

    Raises SignInError without an open session or where the old password is wrong, RefusedError for a new one that
    is weak or the old one.
    """
    session = open_session(store, token, at=at)
    if session is None:
        raise SignInError("登录已经结束，密码没有修改。请重新登录后再改。")
    account, by = _account(store, session.login), Actor(login=session.login, where=client.address)
    if account and account["demo"]:
        raise RefusedError("演示账号的密码写在登录页上，供大家使用，不能修改。")
    with _tried(store, "change_password", account, session.login, client, by, at):
        if account is None or not matches(account["password"], old):
            raise RefusedError("原密码不对，密码没有修改。请核对后再试。")
        _require_in_time(account, at)
    check_strength(new, session.login)
    if matches(account["password"], new):
        raise RefusedError("新密码与原密码相同，密码没有修改。请另换一个。")
    kept = hashed(new)
    with recorded(store, "change_password", session.login, by=by, at=at):
        if open_session(store, token, at=at) is None or _account(store, session.login) != account:
            raise RefusedError("账号刚刚被改动，密码没有修改。请重新登录后再改。")
        store.run("own_password_set", [{"login": session.login, "password": kept}])
        store.run("end_sessions_of", [{"login": session.login, "ended": seconds(at)}])
        return begin_session(store, session.login, client=client, at=at)


def keep_open(store: Store, shown: Shown, *, at: datetime) -> None:
    """Note that the session of this browser is being used, at most once a minute; leaves no entry in the record."""
    session = open_session(store, shown, at=at)
    if session and seconds(at) - session.seen >= SEEN_EVERY.total_seconds():
        with store.writing():
            store.run("session_seen", [{"digest": digest_of(shown), "now": seconds(at)}])


def seconds_to_wait(failures: Sequence[int], now: int, *, free: int = FREE, most: int = MOST) -> int:
    """How long a client has to wait before the next try, after failures at these seconds; 0 for not at all."""
    if not failures:
        return 0
    last = max(failures)
    count = sum(each > last - WINDOW for each in failures)
    if count < free:
        return 0
    wait = WINDOW if count >= most else FIRST_WAIT * 2 ** (count - free)
    return max(0, min(wait, last + wait - now))


@contextmanager
def _tried(
    store: Store, action: str, account: dict[str, Any] | None, typed: str, client: Client, by: Actor, at: datetime
) -> Iterator[None]:
    """One try of a password: counted before it is looked at, so that many at once are no way around the count.

    Taken back where it succeeds. Raises SignInError where the block raises RefusedError, which the record keeps,
    and where the client has to wait, which it does not: nothing was tried.
    """
    key = {"login": _counted_as(account, typed), "client": _counted_for(store, account, client)}
    _count(store, key, seconds(at))
    try:
        with refusals(store, action, account["login"] if account else UNKNOWN, by=by, at=at):
            yield
    except RefusedError as error:
        raise SignInError(str(error)) from None
    with store.writing():
        store.run("failures_forget", [key])


def _count(store: Store, key: dict[str, str], now: int) -> None:
    with store.writing():
        here = [row["at"] for row in store.rows("failures_of", **key)]
        anyone = [row["at"] for row in store.rows("failures_from", client=key["client"])]
        wait = max(seconds_to_wait(here, now), seconds_to_wait(anyone, now, free=MOST_FROM_HERE, most=MOST_FROM_HERE))
        if wait:
            minutes = f"（约 {math.ceil(wait / 60)} 分钟）" if wait > 60 else ""
            raise SignInError(
                f"密码输错的次数太多，请等 {wait} 秒{minutes}再试。别的电脑上的登录不受影响；忘记密码请联系管理员重置。"
            )
        store.run("failures_prune", [{"before": now - 2 * WINDOW}])
        store.run("failure_add", [key | {"now": now}])


def _account(store: Store, login: str) -> dict[str, Any] | None:
    rows = store.rows("sign_in_account", login=_plain(login))
    return rows[0] if rows else None


def _plain(login: str) -> str:
    try:
        return login_of(login)
    except ValueError:
        return login


def _counted_as(account: dict[str, Any] | None, typed: str) -> str:
    """The login; of an unknown one only 16 bits, which tell failures apart and not what was typed."""
    return account["login"] if account else "?" + hashlib.sha256(_plain(typed).encode()).hexdigest()[:4]


def _counted_for(store: Store, account: dict[str, Any] | None, client: Client) -> str:
    if account and client.browser and account["login"] in _known_to(store, client):
        return digest_of(client.browser)
    return network(client.address)


def _known_to(store: Store, client: Client) -> set[str]:
    """The accounts that were once signed in to with this browser."""
    rows = store.rows("browser_accounts", digest=digest_of(client.browser)) if client.browser else []
    return {row["login"] for row in rows}


def network(address: str) -> str:
    """An address as failures count for it: of IPv6 the 64 bits that one household or office has."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False))
    return str(known)
