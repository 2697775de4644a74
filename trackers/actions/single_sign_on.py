"""Signing in with what the unit's single sign-on says: it finds an account that is there, and makes none."""

from __future__ import annotations

from datetime import datetime

from trackers.actions.audit import recorded
from trackers.actions.signing import KEPT, STRANGER, UNKNOWN
from trackers.errors import RefusedError, SignInError
from trackers.model.account import Actor
from trackers.model.identity import Identity
from trackers.queries.sessions import FRESH, LONGEST, has_session, seconds
from trackers.store import Store

HOW = "统一认证"


def sign_in_by_identity(store: Store, identity: Identity, *, address: str, at: datetime) -> None:
    """Begin the session of this sign-in; nothing where it has had one, open or ended: none is begun twice.

    Raises SignInError for one that was issued too long ago (a browser keeps it for weeks, long after its session is
    forgotten), for one that no account has, and for a disabled account; the record keeps the last two.
    """
    if has_session(store, identity):
        return
    if abs(seconds(at) - identity.issued) > FRESH.total_seconds():
        raise SignInError("上一次统一身份认证登录已经过期。请重新登录；若反复如此，请管理员核对服务器的时间。")
    login = _login(store, identity)
    by = Actor(login=login or STRANGER, where=address)
    try:
        with recorded(store, "sign_in", login or UNKNOWN, by=by, at=at) as detail:
            if has_session(store, identity):  # another window of the same browser was first
                detail["nothing"] = True
                return
            detail["how"] = HOW
            _begin(store, identity, login, address, at)
    except RefusedError as error:
        raise SignInError(str(error)) from None


def _begin(store: Store, identity: Identity, login: str | None, address: str, at: datetime) -> None:
    if login is None:
        raise RefusedError(
            f"您已通过统一身份认证，但没有账号与之对应。认证给出的标识（{identity.claim}）是“{identity.value}”。"
            "请把它告诉管理员，由管理员填入您账号的“统一认证标识”，再重新登录。"
        )
    if login != _login(store, identity):
        raise SignInError("账号刚刚被改动，没有登录。请再试一次。")
    if store.rows("sign_in_account", login=login)[0]["disabled"]:
        raise RefusedError("这个账号已停用，不能登录。如有疑问，请联系管理员。")
    store.run("sessions_prune", [{"before": seconds(at - LONGEST - KEPT)}])
    begun = {"digest": identity.mark, "now": seconds(at), "address": address, "login": login}
    store.run("session_begin", [begun])


def _login(store: Store, identity: Identity) -> str | None:
    rows = store.rows("account_by_claim", claim=identity.value)
    return rows[0]["login"] if rows else None
