"""Signing in and out, and changing one's password: plain pages with forms, which need no JavaScript.

Every page of the dashboard sends whoever is not signed in here. Rights never rest on that: they are asked of the
store in every run.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import cookies, session, single_sign_on
from dashboard.forms import PASSWORD, SIGN_IN, SIGN_OUT, SINGLE, Answered, fields_of, local_path
from dashboard.public import is_public
from dashboard.signing_pages import go, password_page, refusal, sign_in_page
from trackers.actions import signing
from trackers.actions.signing import Client
from trackers.errors import SignInError, StoreError, TrackerError
from trackers.queries.sessions import open_session, why_ended
from trackers.settings import database_path
from trackers.store import Store, open_store

FORMS = {SIGN_IN, SIGN_OUT, PASSWORD}
TO_PROVIDER = {single_sign_on.LOGIN, single_sign_on.LOGOUT, single_sign_on.CALLBACK}
STREAMLITS = ("/static/", "/_stcore/", "/media/", "/component/")  # what it serves beside the pages
MOST_WAITING = 40  # people whose passwords wait to be looked at
_AT_A_TIME = CapacityLimiter(2)  # tries of a password: each works out a hash, which takes a core and 64 MiB

Fields = dict[str, str]
Message = MutableMapping[str, Any]
Asgi = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


def form(handle: Callable[[Request, Fields], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """A route that takes a form; one from elsewhere, or too large, is answered with a page that says why."""

    async def answered(request: Request) -> Response:
        try:
            return await handle(request, await fields_of(request))
        except Answered as end:
            return refusal(end.status, end.sentence)

    return answered


async def show_sign_in(request: Request) -> Response:
    """The form; whoever is signed in already goes on to where they wanted."""

    def work(store: Store) -> Response:
        token = _token(request)
        known = open_session(store, token, at=_now())
        after = local_path(request.query_params.get("next"))
        if known:
            return go(PASSWORD if known.must_change else after)
        return _form(store, request, after, told=why_ended(store, token, at=_now()) if token else "")

    return await _with_store(work)


@form
async def sign_in(request: Request, fields: Fields) -> Response:
    """Look at login and password; go on to where the person wanted, or show the form with what is wrong."""
    after, login = local_path(fields.get("next")), fields.get("login", "")

    def work(store: Store) -> Response:
        try:
            typed, before = fields.get("password", ""), _token(request)
            done = signing.sign_in(store, login, typed, client=_client(request), at=_now(), before=before)
        except StoreError:
            raise
        except TrackerError as error:
            return _form(store, request, after, error=str(error), login=login, status=401)
        answer = go(_with_next(PASSWORD, after) if done.must_change else after)
        cookies.keep(answer, database_path(), done, secure=_secure(request))
        cookies.drop_identity(answer, request.cookies)
        return answer

    return await _slowly(work)


def _form(store: Store, request: Request, after: str, *, told: str = "", **more: Any) -> Response:
    """The form, with the way to single sign-on where it is set up; where it is set up wrongly, with what is wrong."""
    single, wrong = _single_sign_on()
    answer = sign_in_page(store, after, told=" ".join(filter(None, [told, wrong])), single=single, **more)
    if single:
        cookies.keep_wanted(answer, database_path(), after, secure=_secure(request))
    return answer


def _single_sign_on() -> tuple[bool, str]:
    """Whether single sign-on is set up, or what is wrong with it."""
    try:
        return session.single_sign_on() is not None, ""
    except TrackerError as error:
        return False, f"单点登录暂不可用：{error}"


@form
async def sign_out(request: Request, fields: Fields) -> Response:
    """End the session in the store, take the cookie away, show the form."""

    def work(store: Store) -> Response:
        signing.sign_out(store, _token(request), address=_address(request), at=_now())
        answer = go(SIGN_IN)
        cookies.drop(answer, database_path(), secure=_secure(request))
        cookies.drop_identity(answer, request.cookies)
        return answer

    return await _with_store(work)


async def show_password(request: Request) -> Response:
    """The form to change one's own password."""

    def work(store: Store) -> Response:
        known = open_session(store, _token(request), at=_now())
        if known is None:
            return go(_with_next(SIGN_IN, PASSWORD))
        return password_page(known.login, local_path(request.query_params.get("next")), known.must_change)

    return await _with_store(work)


@form
async def change_password(request: Request, fields: Fields) -> Response:
    """Change it and go on, signed in anew, or show the form with what is wrong."""
    after = local_path(fields.get("next"))

    def work(store: Store) -> Response:
        known = open_session(store, _token(request), at=_now())
        if known is None:
            return go(_with_next(SIGN_IN, PASSWORD))
        try:
            done = _changed(store, request, fields)
        except StoreError:
            raise
        except TrackerError as error:
            return password_page(known.login, after, known.must_change, error=str(error), status=400)
        answer = go(after)
        cookies.keep(answer, database_path(), done, secure=_secure(request))
        return answer

    return await _slowly(work)


def _changed(store: Store, request: Request, fields: Fields) -> signing.SignedIn:
    new = fields.get("new", "")
    if new != fields.get("again", ""):
        raise SignInError("两次输入的新密码不一样，密码没有修改。请重新输入。")
    old, client = fields.get("old", ""), _client(request)
    return signing.change_password(store, _token(request), old, new, client=client, at=_now())


ROUTES = [
    Route(SIGN_IN, show_sign_in, methods=["GET"]),
    Route(SIGN_IN, sign_in, methods=["POST"]),
    Route(SIGN_OUT, show_sign_in, methods=["GET"]),  # an address typed by hand signs nobody out
    Route(SIGN_OUT, sign_out, methods=["POST"]),
    Route(PASSWORD, show_password, methods=["GET"]),
    Route(PASSWORD, change_password, methods=["POST"]),
]


class SignedInFirst:
    """Sends a browser that opens a page without being signed in to the form, and back to the page afterwards."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Pass on what is no page, and whoever is signed in."""
        if scope["type"] == "http" and _opens_page(Request(scope)):
            request = Request(scope)
            try:
                way = await to_thread.run_sync(_way_in, request)
            except TrackerError:
                way = ""  # the page itself tells what is wrong with the database
            if way:
                await go(way)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _opens_page(request: Request) -> bool:
    wants = request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", "")
    path = request.url.path
    return wants and path not in FORMS | TO_PROVIDER and not path.startswith(STREAMLITS) and not is_public(path)


def _way_in(request: Request) -> str:
    """Where this browser has to go first; "" where it may stay."""
    with open_store(database_path()) as store:
        known = open_session(store, _token(request), at=_now())
    path, query = request.url.path, f"?{request.url.query}" if request.url.query else ""
    if known is None:
        # What single sign-on said is read in the run, which says there what is wrong with it.
        by_provider = (path == SINGLE or cookies.IDENTITY in request.cookies) and _single_sign_on()[0]
        return "" if by_provider else _with_next(SIGN_IN, local_path(path + query))
    if known.must_change:
        return _with_next(PASSWORD, local_path(path + query))
    return "/" if path == SINGLE else ""


async def _slowly(work: Callable[[Store], Response]) -> Response:
    """Work that looks at a password: a few at a time, and no endless queue."""
    if _AT_A_TIME.statistics().tasks_waiting >= MOST_WAITING:
        return refusal(503, "正在登录的人太多。请过几秒再试。")
    return await _with_store(work, _AT_A_TIME)


async def _with_store(work: Callable[[Store], Response], limiter: CapacityLimiter | None = None) -> Response:
    """Work with the database in a thread of its own."""

    def opened() -> Response:
        with open_store(database_path()) as store:
            return work(store)

    try:
        return await to_thread.run_sync(opened, limiter=limiter)
    except TrackerError as error:
        return refusal(503, str(error))


def _with_next(path: str, after: str) -> str:
    return path if after == "/" else f"{path}?next={quote(after, safe='/')}"


def _token(request: Request) -> str | None:
    return request.cookies.get(cookies.session_cookie(database_path()))


def _client(request: Request) -> Client:
    return Client(_address(request), request.cookies.get(cookies.browser_cookie(database_path())))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _now() -> datetime:
    return datetime.now(UTC)
