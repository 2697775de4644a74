"""A person at the pages without a browser: Streamlit's own messages over a websocket, with a real sign-in cookie."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pyarrow as pa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX as INTERNAL
from websockets.asyncio.client import ClientConnection, connect

LONGEST = 120.0  # seconds that an answer may take
WELL = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
Cells = Mapping[int, Mapping[str, str]]  # row from 0 → column → what is typed there


@dataclass(frozen=True)
class Click:
    """One thing a person does: which page, and what stands in its address."""

    page: str
    choice: dict[str, str] = field(default_factory=dict)


@dataclass
class Seen:
    """What a person has seen of the page that is open."""

    heading: str = ""
    said: list[str] = field(default_factory=list)  # what was confirmed
    buttons: dict[str, str] = field(default_factory=dict)  # those that can be pressed: label → id
    grid: Any = None  # the element of the grid that can be filled in
    watch: tuple[str, str] = ("", "")  # what notices that typing paused: its id and that of the part that runs then


class Person:
    """One browser window's connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.cookie = cookie
        self.pages: dict[str, str] = {}
        self.seen = Seen()
        self._at = Click("")
        self._typed: dict[str, WidgetState] = {}
        self._socket: ClientConnection

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return self.seen.heading

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
        self._at, self._typed = click, {}
        return await self._run()

    def grid(self) -> pd.DataFrame:
        """What the grid of the page shows."""
        shown: pd.DataFrame = pa.ipc.open_stream(self.seen.grid.arrow_data.data).read_pandas()
        return shown

    async def type(self, cells: Cells) -> float:
        """Fill in these cells of the grid, with all that were typed before, and pause; the seconds until they are kept."""
        id, (watch, part) = self.seen.grid.id, self.seen.watch
        told = {"edited_rows": {str(row): dict(own) for row, own in cells.items()}, "added_rows": [], "deleted_rows": []}
        self._typed[id] = WidgetState(id=id, string_value=json.dumps(told, ensure_ascii=False))
        paused = json.dumps([{"event": "quiet", "value": True}])
        return await self._run(WidgetState(id=f"{INTERNAL}_{watch}__events", json_trigger_value=paused), part=part)

    async def press(self, label: str) -> float:
        """Press the button whose label begins so; the seconds until the page is there. Raises RuntimeError without one."""
        found = [id for name, id in self.seen.buttons.items() if name.startswith(label)]
        if not found:
            raise RuntimeError(f"no button {label} that can be pressed among {', '.join(self.seen.buttons)}")
        return await self._run(WidgetState(id=found[0], trigger_value=True))

    async def _run(self, *done: WidgetState, part: str = "") -> float:
        began = time.perf_counter()
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_name = urlencode(self._at.choice), self._at.page
        run.page_script_hash = self.pages.get(self._at.page, "")
        run.fragment_id = part
        run.widget_states.widgets.extend([*self._typed.values(), *done])
        if not part:
            self.seen = Seen()
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
                self._look_at(told.delta.new_element, told.delta.fragment_id)
            elif kind == "script_finished":
                if told.script_finished in WELL:
                    return
                if told.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise RuntimeError("the page could not be read")

    def _look_at(self, element: Any, part: str) -> None:
        """Note what a person would; an error shown in the place of a page is an error here."""
        kind, seen = element.WhichOneof("type"), self.seen
        if kind == "heading" and element.heading.tag == "h1":
            seen.heading = element.heading.body
        elif kind == "exception":
            raise RuntimeError(element.exception.message)
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            raise RuntimeError(element.alert.body)
        elif kind == "alert" and element.alert.format == element.alert.SUCCESS:
            seen.said.append(element.alert.body)
        elif kind == "button" and not element.button.disabled:
            seen.buttons[element.button.label] = element.button.id
        elif kind == "bidi_component" and part:
            seen.watch = element.bidi_component.id, part
        elif kind == "dataframe" and element.dataframe.editing_mode:
            seen.grid = element.dataframe

    async def leave(self) -> None:
        """Close the window."""
        await self._socket.close()
