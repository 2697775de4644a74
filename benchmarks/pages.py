"""How long the server works for a page, by how much of the nation there is, and against a page that says hello.

Measured in the running server, one person at its pages over loopback. The script: how long its thread works, from the
beginning of a run to its end. The click: from the message that it sends until the run has ended, by the clock, what
Streamlit takes to send among it. What a click leads to has been looked at before, as on any day but for the first look.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Row, at_most, time_text
from benchmarks.national import TODAY
from benchmarks.person import Click, Person
from benchmarks.serving import HELLO, Script, Served, cookies, served
from benchmarks.serving import PAGES as PRODUCT
from benchmarks.sets import Made

ROUNDS, IN_A_ROW = 6, 4  # a server that rested while others were asked is slow at first, the smallest page most of all
PATIENCE = 5.0  # seconds until the end of a run is noted
HERE = {"plan": "测速县级", "day": TODAY.isoformat()}
PAGES = {
    "驾驶舱": Click("cockpit", HERE), "总览": Click("overview", HERE), "区域": Click("region", HERE),
    "区域 下级地区对照（热力表）": Click("region", HERE | {"part": "下级地区对照"}), "指标": Click("indicator", HERE),
}  # fmt: skip
HELD_TO = {"驾驶舱", "区域", "区域 下级地区对照（热力表）"}  # what is asked of them
SHELL = "the sign-in check, the menu and a sentence alone"
MEASURED = {SHELL: Click("accounts")} | PAGES  # a leader is told that the page of accounts is not for them


@dataclass
class Best:
    """The best seconds of several clicks on one page."""

    person: Person
    server: Served
    click: Click
    script: float = float("inf")
    by_clock: float = float("inf")
    whole: float = float("inf")

    async def again(self) -> None:
        """Click some times more."""
        for _ in range(IN_A_ROW):
            before = len(self.server.scripts())
            self.whole = min(self.whole, await self.person.click(self.click))
            for each in await noted(self.server, before):
                self.script, self.by_clock = min(self.script, each.worked), min(self.by_clock, each.took)


def rows(sets: Sequence[Made]) -> Iterator[Row]:
    """Each page at each share: against hello, and the largest set against the smallest."""
    hello, found = asyncio.run(_measured(sets))
    for one in sets:
        for name in MEASURED:
            own, smallest = found[one.name, name], found[sets[0].name, name]
            goal, met = at_most(5, own.script / hello.script) if name in HELD_TO else ("", None)
            yield _against(one, name, own, f"hello {time_text(hello.script)}", own.script / hello.script, goal, met)
            if one is not sets[0]:
                goal, met = at_most(1.5, own.script / smallest.script) if name in HELD_TO else ("", None)
                against = f"at {sets[0].name} {time_text(smallest.script)}"
                yield _against(one, name, own, against, own.script / smallest.script, goal, met)
            against = f"hello {time_text(hello.whole)}"
            yield Row(one.name, f"click on {name}", time_text(own.whole), against, own.whole / hello.whole)


def _against(one: Made, name: str, own: Best, against: str, ratio: float, goal: str, met: bool | None) -> Row:
    told = f"{time_text(own.script)} ({time_text(own.by_clock)} by the clock)"
    return Row(one.name, f"script of {name}", told, against, ratio, goal, met)


async def _measured(sets: Sequence[Made]) -> tuple[Best, dict[tuple[str, str], Best]]:
    """Hello and each page, clicked on in turns."""
    with ExitStack() as running:
        folder = Path(running.enter_context(TemporaryDirectory()))
        server = running.enter_context(served(sets[0].path, HELLO, times=folder / "hello"))
        hello = await _entered(server, "", Click(""))
        found = {}
        for one in sets:
            server = running.enter_context(served(one.path, PRODUCT, times=folder / one.name))
            (cookie,) = cookies(one.path, 1)
            for name, click in MEASURED.items():
                found[one.name, name] = await _entered(server, cookie, click)
        for _ in range(ROUNDS):
            for best in [hello, *found.values()]:
                await best.again()
        for best in [hello, *found.values()]:
            await best.person.leave()
    return hello, found


async def _entered(server: Served, cookie: str, click: Click) -> Best:
    person = Person(server.port, cookie)
    await person.enter(click)
    await person.click(click)
    return Best(person, server, click)


async def noted(server: Served, before: int) -> list[Script]:
    """The runs noted since there were so many; they end a moment after the browser was told. Raises TimeoutError for none."""
    async with asyncio.timeout(PATIENCE):
        while len(there := server.scripts()) <= before:
            await asyncio.sleep(0.001)
    return there[before:]
