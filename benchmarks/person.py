"""A person at the pages without a browser: Streamlit's own messages over a websocket, with a real sign-in cookie."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LONGEST = 120.0  # seconds that an answer may take


@dataclass(frozen=True)
class Click:
    """One thing a person does: which page, and what stands in its address."""

    page: str
    choice: dict[str, str] = field(default_factory=dict)


class Person:
    """One browser window's connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.cookie = cookie
        self.pages: dict[str, str] = {}
        self.heading: str = ""
        self._socket: ClientConnection

    async def enter(self, click: Click) -> float:
        """Connect and open a first page; the seconds until it is there."""
        began = time.perf_counter()
        headers = {"Cookie": self.cookie}
        self._socket = await connect(
            self.address, subprotocols=["streamlit"], additional_headers=headers, max_size=2**26, open_timeout=LONGEST,  # type: ignore[list-item]
            ping_interval=None, compression=None,
        )  # fmt: skip
        await self.click(click)
        return time.perf_counter() - began

    async def click(self, click: Click) -> float:
        """Ask for a page and wait until it is all there; the seconds that took. Raises RuntimeError where it fails."""
        began = time.perf_counter()
        message = BackMsg()
        message.rerun_script.query_string = urlencode(click.choice)
        message.rerun_script.page_name = click.page
        message.rerun_script.page_script_hash = self.pages.get(click.page, "")
        await self._socket.send(message.SerializeToString())
        await asyncio.wait_for(self._finished(), LONGEST)
        return time.perf_counter() - began

    async def _finished(self) -> None:
        while True:
            told = ForwardMsg()
            told.ParseFromString(await self._socket.recv())
            kind = told.WhichOneof("type")
            if kind == "navigation":
                self.pages = {page.url_pathname: page.page_script_hash for page in told.navigation.app_pages}
            elif kind == "delta":
                self._look_at(told.delta.new_element)
            elif kind == "script_finished":
                if told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return
                if told.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise RuntimeError("the page could not be read")

    def _look_at(self, element: Any) -> None:
        """Note the heading; an error shown in the place of a page is an error here."""
        kind = element.WhichOneof("type")
        if kind == "heading" and element.heading.tag == "h1":
            self.heading = element.heading.body
        elif kind == "exception":
            raise RuntimeError(element.exception.message)
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            raise RuntimeError(element.alert.body)

    async def leave(self) -> None:
        """Close the window."""
        await self._socket.close()
