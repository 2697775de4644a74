"""Who is signed in with a browser's cookie, and why somebody is signed in no longer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trackers.model.account import Actor
from trackers.model.identity import Identity
from trackers.store import Store

IDLE = timedelta(hours=2)  # without a page being used
LONGEST = timedelta(hours=12)  # since signing in
SEEN_EVERY = timedelta(minutes=1)  # how exactly it is kept when a session was last used
FRESH = timedelta(minutes=10)  # in which a sign-in at the provider has to arrive here

Shown = str | Identity  # what a browser shows for being signed in: our cookie, or whom single sign-on named


@dataclass(frozen=True)
class Session:
    """A session that is open: whose, and whether the password has to be changed before anything else."""

    login: str
    must_change: bool
    seen: int


def digest_of(shown: Shown) -> str:
    """What is kept of a cookie: its SHA-256; of a sign-in at the provider its mark."""
    if isinstance(shown, Identity):
        return shown.mark
    return hashlib.sha256(shown.encode()).hexdigest()


def seconds(at: datetime) -> int:
    """A moment as sessions keep it: whole seconds since 1970-01-01 UTC."""
    return int(at.timestamp())


def open_session(store: Store, shown: Shown | None, *, at: datetime) -> Session | None:
    """The session of this browser, if it is open at the moment `at`; no password concerns single sign-on."""
    row = _row(store, shown)
    if row is None or _ending(row, shown, at):
        return None
    return Session(row["login"], bool(row["must_change"]) and not isinstance(shown, Identity), row["seen"])


def has_session(store: Store, identity: Identity) -> bool:
    """Whether this sign-in at the provider has, or has had, a session."""
    return _row(store, identity) is not None


def session_actor(store: Store, shown: Shown | None, address: str, *, at: datetime) -> Actor | None:
    """Who acts with this browser from this address; nobody while the password has to be changed first."""
    session = open_session(store, shown, at=at)
    if session is None or session.must_change:
        return None
    return Actor(login=session.login, where=address)


def why_ended(store: Store, shown: Shown | None, *, at: datetime) -> str:
    """Why nobody acts with this browser, in a sentence that says what to do."""
    row = _row(store, shown)
    if row is None:
        return "您还没有登录，请先登录。"
    return _ending(row, shown, at) or ("请先修改密码，再继续使用。" if row["must_change"] else "请先登录。")


def _row(store: Store, shown: Shown | None) -> dict[str, Any] | None:
    rows = store.rows("session_row", digest=digest_of(shown)) if shown else []
    return rows[0] if rows else None


def _ending(row: dict[str, Any], shown: Shown | None, at: datetime) -> str:
    """Why the session is over at the moment `at`; "" while it is open. Both limits themselves are beyond it."""
    now, began, seen = seconds(at), row["began"], row["seen"]
    if row["disabled"]:
        return "这个账号已停用。如有疑问，请联系管理员。"
    if isinstance(shown, Identity) and row["claim"] != shown.value:
        return "这个账号的统一认证标识已被改动，登录已经结束。如有疑问，请联系管理员。"
    if row["ended"] is not None:
        return "这次登录已经结束：已退出登录，或密码已被修改。请重新登录。"
    if now - began >= LONGEST.total_seconds():
        return f"登录已满 {_hours(LONGEST)} 小时，为安全起见已结束。请重新登录。"
    if now - seen >= IDLE.total_seconds():
        return f"超过 {_hours(IDLE)} 小时没有操作，登录已结束。请重新登录。"
    return ""


def _hours(span: timedelta) -> int:
    return round(span.total_seconds() / 3600)
