"""The public results: published evaluations under addresses of their own, read without signing in.

Whatever is not to be had gets one and the same answer, so that nothing can be learned from it.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from trackers.actions.seeds import DEMONSTRATION
from trackers.errors import TrackerError
from trackers.queries.plans import loaded
from trackers.queries.public import ADDRESS, PublicKey, public_key, public_keys, published_evaluation
from trackers.reports.pages import POLICY
from trackers.reports.public import Notice, list_page, nothing_page, notice, public_page
from trackers.settings import database_path
from trackers.store import Store, open_store

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NUMBER = re.compile(r"[1-9][0-9]{0,8}")
MOST_KEPT = 16  # pages in memory
MOST_WAITING = 40  # people whose pages wait to be made
_AT_A_TIME = CapacityLimiter(2)


class Kept:
    """Pages that were made, by what they were made of; the oldest goes first."""

    def __init__(self, most: int) -> None:
        self.most, self._lock = most, Lock()
        self._pages: OrderedDict[Hashable, bytes] = OrderedDict()

    def page(self, key: Hashable, make: Callable[[], bytes | None]) -> bytes | None:
        """The page that was made of this, made now where there is none; nothing is kept of what could not be made."""
        with self._lock:
            found = self._pages.get(key)
        made = found if found is not None else make()
        if made is not None and found is None:
            with self._lock:
                self._pages[key] = made
                while len(self._pages) > self.most:
                    self._pages.popitem(last=False)
        return made


_PAGES = Kept(MOST_KEPT)


def is_public(path: str) -> bool:
    """Whether nobody has to sign in for this address."""
    return path == ADDRESS or path.startswith(f"{ADDRESS}/")


async def show_list(request: Request) -> Response:
    """Every published evaluation, the newest first."""

    def work(store: Store) -> Response:
        keys, demo = public_keys(store), _is_demonstration(store)
        made = _PAGES.page(("list", str(database_path()), demo, *keys), lambda: list_page(_notices(store, keys), demo=demo))
        return _answer(made)

    return await _bounded(work)


def _notices(store: Store, keys: list[PublicKey]) -> list[Notice]:
    found = [published_evaluation(store, key) for key in keys]
    return [notice(each) for each in found if each]


async def show_evaluation(request: Request) -> Response:
    """One published evaluation."""
    number = request.path_params["number"]

    def work(store: Store) -> Response:
        key = public_key(store, int(number)) if NUMBER.fullmatch(number) else None
        if key is None:
            return _answer(None)
        demo = _is_demonstration(store)

        def make() -> bytes | None:
            published = published_evaluation(store, key)
            return public_page(published, demo=demo) if published else None

        return _answer(_PAGES.page(("page", str(database_path()), demo, key), make))

    return await _bounded(work)


async def show_nothing(request: Request) -> Response:
    """Every other address below."""
    return _answer(None)


def _is_demonstration(store: Store) -> bool:
    return DEMONSTRATION in loaded(store)


def _answer(made: bytes | None) -> Response:
    status, content = (200, made) if made is not None else (404, nothing_page())
    return Response(content, status, headers=HEADERS, media_type="text/html")


def _busy() -> Response:
    return Response("现在查询的人太多，或数据暂时不能读取。请过几秒再试。", 503, headers={**HEADERS, "Retry-After": "5"})


async def _bounded(work: Callable[[Store], Response]) -> Response:
    """Work with the database: a few at a time, no endless queue, and not a word of what is wrong with it."""
    if _AT_A_TIME.statistics().tasks_waiting >= MOST_WAITING:
        return _busy()

    def opened() -> Response:
        with open_store(database_path()) as store:
            return work(store)

    try:
        return await to_thread.run_sync(opened, limiter=_AT_A_TIME)
    except TrackerError:
        return _busy()


ROUTES = [
    Route(ADDRESS, show_list, methods=["GET"]),
    Route(f"{ADDRESS}/evaluation/{{number}}", show_evaluation, methods=["GET"]),
    Route(f"{ADDRESS}/{{rest:path}}", show_nothing, methods=["GET"]),
]
