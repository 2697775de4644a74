"""The ASGI application: the pages, with headers that keep them safe and the document's language set."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from dashboard import public, signing, single_sign_on, views
from dashboard.looks_once import read_looks_once
from dashboard.signing_pages import ASSETS

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

NAME = "计量规划目标跟踪平台"
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob: data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
SCRIPTS = "".join(f"<script>{(ASSETS / name).read_text(encoding='utf-8')}</script>" for name in ("steps.js", "paper.js"))
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", POLICY.encode()),
]


class SafeHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await self.app(scope, receive, with_headers)


class ChineseDocument:
    """Says that the page is Chinese: a browser then offers no translation, and a screen reader reads it right.

    The document of the pages also gets the scripts that make one step of the history of what one person does once, and that
    lay the page on paper.
    """

    def __init__(self, app: Asgi) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on; change what an answer to a browser's own navigation says about itself."""
        sent = dict(scope.get("headers", []))
        if scope["type"] != "http" or b"text/html" not in sent.get(b"accept", b""):
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        held: list[Message] = []

        async def hold(message: Message) -> None:
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                for each in in_chinese(held):
                    await send(each)

        await self.app({**scope, "headers": plain}, receive, hold)


def in_chinese(messages: list[Message]) -> list[Message]:
    """An answer in one piece, the document's language and first title changed, the scripts of all pages added."""
    start, body = messages[0], b"".join(message.get("body", b"") for message in messages[1:])
    body = body.replace(b'<html lang="en">', b'<html lang="zh-CN">')
    body = body.replace(b"<title>Streamlit</title>", f"<title>{NAME}</title>{SCRIPTS}".encode())
    headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    length = [(b"content-length", str(len(body)).encode())] if body else []
    return [{**start, "headers": headers + length}, {"type": "http.response.body", "body": body}]


def told(error: Exception) -> bool:
    """Show an error of a run or a callback in a sentence. Imported late: its caches want the server running."""
    from dashboard.components import show_error

    return show_error(error)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Do before the first run what is the same for all: who comes first would wait for it, four seconds and more."""
    import plotly.graph_objects  # noqa: F401

    for each in iter_modules(views.__path__):
        if each.name.startswith("_"):  # what pages are made of; a page itself is a script
            import_module(f"{views.__name__}.{each.name}")
    read_looks_once()
    gc.collect()
    gc.freeze()  # what is imported stays: looking through it at each collection held up all runs
    yield


app = st.App(
    Path(__file__).parent / "app.py",
    lifespan=lifespan,
    routes=[*signing.ROUTES, *public.ROUTES],
    middleware=[
        Middleware(SafeHeaders),
        Middleware(ChineseDocument),
        Middleware(signing.SignedInFirst),
        Middleware(single_sign_on.FromProvider),
    ],
    on_script_error=told,
)
