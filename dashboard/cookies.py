"""The two cookies: who is signed in, and which browser it is. Named after the database, so that two instances on
one machine, whose ports share their cookies, do not sign each other out.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.responses import Response

from trackers.actions.signing import SignedIn

YEAR = 365 * 24 * 3600


def session_cookie(database: Path) -> str:
    """The name of the cookie that says who is signed in."""
    return f"tracker_session_{_mark(database)}"


def browser_cookie(database: Path) -> str:
    """The name of the long-lived cookie by which a browser is known again."""
    return f"tracker_browser_{_mark(database)}"


def keep(answer: Response, database: Path, signed_in: SignedIn, *, secure: bool) -> None:
    """Give the browser both; the first one ends with the browser, at the latest with the session."""
    _set(answer, session_cookie(database), signed_in.token, secure, None)
    _set(answer, browser_cookie(database), signed_in.browser, secure, YEAR)


def drop(answer: Response, database: Path, *, secure: bool) -> None:
    """Take away the cookie that says who is signed in."""
    _set(answer, session_cookie(database), "", secure, 0)


def _set(answer: Response, name: str, value: str, secure: bool, seconds: int | None) -> None:
    answer.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")


def _mark(database: Path) -> str:
    return hashlib.sha256(str(database.resolve()).encode()).hexdigest()[:8]
