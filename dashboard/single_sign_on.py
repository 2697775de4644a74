"""Single sign-on (单点登录): how it is set up, and what is said where the way to the provider and back fails.

Streamlit goes that way (`st.login`) and keeps what the provider said in a signed cookie of its own; who that is here,
and for how long, is asked of the store in every run.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from dashboard import cookies
from dashboard.forms import local_path
from dashboard.signing_pages import go, refusal
from trackers.errors import FileError
from trackers.model.identity import SUBJECT
from trackers.settings import database_path

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"  # what Streamlit answers itself
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32  # signs of cookie_secret: whoever guesses it signs in as anybody
UNREACHABLE = "统一身份认证的服务器现在连不上，没有登录。请稍后再试，或用登录名和密码登录；一直如此请联系管理员。"
UNFINISHED = "统一身份认证没有完成，没有登录。请回到首页再试一次；一直如此请联系管理员核对 secrets.toml 的 [auth]。"

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]


@dataclass(frozen=True)
class Settings:
    """By which claim accounts are found, and whether the administrator vouches for the provider's e-mail addresses."""

    claim: str = SUBJECT
    vouched: bool = False


def settings_of(secrets: Mapping[str, Any]) -> Settings | None:
    """What secrets.toml says; None without [auth]. Raises FileError for what is missing, weak or of another kind."""
    auth, own = secrets.get("auth"), secrets.get("tracker", {})
    if auth is None:
        return None
    if not isinstance(auth, Mapping) or not isinstance(own, Mapping):
        raise FileError("secrets.toml 的 [auth] 和 [tracker] 应各是一节。请按手册“单点登录”改正。")
    missing = [name for name in NEEDED if not (isinstance(auth.get(name), str) and auth[name].strip())]
    if missing:
        raise FileError(f"secrets.toml 的 [auth] 缺少 {'、'.join(missing)}。请按手册“单点登录”补全。")
    if len(auth["cookie_secret"]) < SHORTEST_SECRET:
        raise FileError(f"secrets.toml 的 cookie_secret 太短：至少 {SHORTEST_SECRET} 个随机字符。请重新生成。")
    if not auth["redirect_uri"].endswith(CALLBACK):
        raise FileError(f"secrets.toml 的 redirect_uri 应以 {CALLBACK} 结尾，读到“{auth['redirect_uri']}”。")
    return _own(own)


def _own(own: Mapping[str, Any]) -> Settings:
    claim, vouched = own.get("claim", SUBJECT), own.get("email_is_verified", False)
    if not isinstance(claim, str) or not claim.strip() or not isinstance(vouched, bool):
        raise FileError('secrets.toml 的 [tracker]：claim 应是带引号的名称（如 "sub"），email_is_verified 应是 true 或 false。')
    return Settings(claim.strip(), vouched)


class FromProvider:
    """Says in Chinese what failed on the way, and leads whoever comes back to the page they had wanted."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Any, send: Send) -> None:
        """Look at what Streamlit answers on the way to the provider and back."""
        if scope["type"] != "http" or scope["path"] not in {LOGIN, CALLBACK}:
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)

        await self.app(scope, receive, hold)
        why = failed(Request(scope), held[0])
        if why:
            answer = refusal(502 if why == UNREACHABLE else 401, why)
            answer.raw_headers.extend(_cookies_in(held[0]))
            await answer(scope, receive, send)
            return
        for message in [to_wanted(Request(scope), held[0]), *held[1:]]:
            await send(message)


def failed(request: Request, start: Message) -> str:
    """Why nobody is signed in after this answer; "" where somebody is, or nobody tried."""
    if request.url.path == LOGIN:
        return UNREACHABLE if start["status"] >= 400 else ""
    tried = {"state", "error"} & set(request.query_params)  # a provider leads here after signing out, too
    return UNFINISHED if tried and not _identified(start) and cookies.IDENTITY not in request.cookies else ""


def to_wanted(request: Request, start: Message) -> Message:
    """The answer that leads back into the dashboard, to the page that was wanted before signing in."""
    if request.url.path != CALLBACK or not _identified(start):
        return start
    wanted = go(local_path(cookies.wanted(request.cookies, database_path()))).headers["location"].encode()
    headers = [(name, wanted if name == b"location" else value) for name, value in start["headers"]]
    return {**start, "headers": headers}


def _identified(start: Message) -> bool:
    """Whether the answer gives the browser an identity; taking one away sets the cookie to an empty one."""
    name = f"{cookies.IDENTITY}=".encode()
    return any(value.startswith(name) and not value.startswith(name + b'""') for _, value in _cookies_in(start))


def _cookies_in(start: Message) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in start["headers"] if name == b"set-cookie"]
