"""Whom a unit's single sign-on (统一身份认证, OpenID Connect) named, read from what its identity token says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trackers.errors import SignInError

SUBJECT, EMAIL = "sub", "email"
LONGEST_CLAIM = 200
# What tells one sign-in from another. The nonce is made anew for each, and the token is checked to carry it.
ONE_SIGN_IN = ("iss", "sub", "aud", "azp", "iat", "exp", "auth_time", "nonce", "sid", "jti")


@dataclass(frozen=True)
class Identity:
    """One sign-in at the provider: by which claim and value the account is found, and when it was issued.

    `mark` stands for this one sign-in where a cookie's digest stands for one by password. It is no SHA-256 alone, so
    that nothing put into a cookie can pass for it.
    """

    claim: str
    value: str
    mark: str
    issued: int  # seconds since 1970-01-01 UTC


def identity_of(said: Mapping[str, Any], *, claim: str = SUBJECT, vouched: bool = False) -> Identity:
    """Whom the claims of a verified identity token name.

    `claim` is the one that accounts are found by. An e-mail address has to be verified: `email_verified` is true, or
    the token is silent about it and the administrator vouches for the provider's addresses. Raises SignInError.
    """
    value = _text(said.get(claim))
    if not value:
        raise SignInError(
            f"统一身份认证没有给出可用的“{claim}”，无法对应到账号。请联系管理员核对 secrets.toml 中 [tracker] 的 claim。"
        )
    if claim == EMAIL and not _verified(said.get("email_verified"), vouched):
        raise SignInError(f"统一身份认证没有确认邮箱“{value}”属于您，不能据此登录。请先在认证平台验证邮箱，或联系管理员。")
    issued = said.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float) or not said.get("iss") or not said.get("sub"):
        raise SignInError("统一身份认证的回答不完整（缺 iss、sub 或 iat），没有登录。请联系管理员。")
    return Identity(claim, value, _mark(said), int(issued))


def _text(value: object) -> str:
    """A claim as accounts keep it: without blanks around; "" for what cannot be one."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value).strip()
    return text if text.isprintable() and len(text) <= LONGEST_CLAIM else ""


def _verified(told: object, vouched: bool) -> bool:
    return vouched if told is None else told is True or told == "true"


def _mark(said: Mapping[str, Any]) -> str:
    told = json.dumps([said.get(name) for name in ONE_SIGN_IN], sort_keys=True, default=str)
    return "identity:" + hashlib.sha256(told.encode()).hexdigest()
