"""The cookies: who is signed in, which browser it is, where it wanted to go. Named after the database, so that two
instances on one machine, whose ports share their cookies, do not sign each other out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.responses import Response

from trackers.actions.signing import SignedIn

YEAR = 365 * 24 * 3600
TEN_MINUTES = 10 * 60
IDENTITY = "_streamlit_user"  # in which Streamlit keeps what single sign-on said; others begin with its name


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


def drop_identity(answer: Response, present: Iterable[str]) -> None:
    """Take away what single sign-on said: whoever signs in with a password in this browser is that person alone."""
    for name in present:
        if name.startswith(IDENTITY):
            answer.delete_cookie(name, path="/")


def keep_wanted(answer: Response, database: Path, path: str, *, secure: bool) -> None:
    """Remember for the way to the provider and back which page was wanted."""
    _set(answer, _wanted_cookie(database), quote(path, safe="/"), secure, TEN_MINUTES)


def wanted(present: Mapping[str, str], database: Path) -> str:
    """Which page was wanted, as the browser says it; "" where none was."""
    return unquote(present.get(_wanted_cookie(database), ""))


def _wanted_cookie(database: Path) -> str:
    return f"tracker_wanted_{_mark(database)}"


def _set(answer: Response, name: str, value: str, secure: bool, seconds: int | None) -> None:
    answer.set_cookie(name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")


def _mark(database: Path) -> str:
    return hashlib.sha256(str(database.resolve()).encode()).hexdigest()[:8]
