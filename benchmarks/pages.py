"""How long the server works for a page, by how much of the nation there is, and against a page that says hello.

Measured in the running server: one person, from the message that a click sends until the run has ended, over loopback.
What a click leads to has been looked at once before, as on any day but for the first look.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from benchmarks.measure import Row, at_most, time_text
from benchmarks.national import TODAY
from benchmarks.person import Click, Person
from benchmarks.serving import HELLO, Served, cookies, served
from benchmarks.sets import Made

ROUNDS = 12
HERE = {"plan": "测速县级", "day": TODAY.isoformat()}
PAGES = {
    "驾驶舱": Click("cockpit", HERE), "总览": Click("overview", HERE), "区域": Click("region", HERE),
    "区域 下级地区对照（热力表）": Click("region", HERE | {"part": "下级地区对照"}), "指标": Click("indicator", HERE),
}  # fmt: skip
HELD_TO = {"驾驶舱", "区域", "区域 下级地区对照（热力表）"}  # what is asked of them


def rows(sets: Sequence[Made]) -> Iterator[Row]:
    """Each page at each share: against hello, and the largest set against the smallest."""
    names = [f"{one.name} {name}" for one in sets for name in PAGES]
    found = dict(zip(["hello", *names], asyncio.run(_seconds(sets)), strict=True))
    hello = found.pop("hello")
    for one in sets:
        for name in PAGES:
            own, smallest = found[f"{one.name} {name}"], found[f"{sets[0].name} {name}"]
            goal, met = at_most(5, own / hello) if name in HELD_TO else ("", None)
            yield Row(one.name, f"page {name}", time_text(own), f"hello {time_text(hello)}", own / hello, goal, met)
            if one is not sets[0]:
                goal, met = at_most(1.5, own / smallest) if name in HELD_TO else ("", None)
                against = f"at {sets[0].name} {time_text(smallest)}"
                yield Row(one.name, f"page {name}", time_text(own), against, own / smallest, goal, met)


async def _seconds(sets: Sequence[Made]) -> list[float]:
    """The best of each page, hello first, done in turns."""
    with ExitStack() as running:
        clicks = [(await _entered(running.enter_context(served(sets[0].path, HELLO)), "", Click("")), Click(""))]
        for one in sets:
            server = running.enter_context(served(one.path))
            (cookie,) = cookies(one.path, 1)
            for click in PAGES.values():
                clicks.append((await _entered(server, cookie, click), click))
        best = [float("inf")] * len(clicks)
        for _ in range(ROUNDS):
            for number, (person, click) in enumerate(clicks):
                best[number] = min(best[number], await person.click(click))
        for person, _ in clicks:
            await person.leave()
    return best


async def _entered(server: Served, cookie: str, click: Click) -> Person:
    person = Person(server.port, cookie)
    await person.enter(click)
    await person.click(click)
    return person
