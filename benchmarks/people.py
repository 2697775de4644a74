"""A hundred people at the pages, and two hundred who fill in sheets: how long they wait, and what memory the server needs.

Each is a websocket with a sign-in cookie of its own, not a browser; the server is the real one in its own process, its
database a copy of the set.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks import entering
from benchmarks.approving import approving
from benchmarks.measure import Row, time_text
from benchmarks.pages import PAGES
from benchmarks.person import Click, Person
from benchmarks.serving import Served, cookies, served
from benchmarks.sets import Made, copied

BROWSING, ENTERING = 100, 200
PAUSE = 5.0  # seconds between clicks
SECONDS = 60.0  # of each measure of browsing
EVERY = 10.0  # seconds between approvals
LONGEST = 1.0  # seconds, of 95 in 100 waits
HURRYING = 10  # people who make an hour's runs without pauses
RUNS = 7200  # ten people's clicks of an hour
HOUR = 12  # parts of it, after each of which the memory is looked at


def rows(sets: Sequence[Made]) -> Iterator[Row]:
    """At the largest share: those who browse, those who enter, both with approvals between, and the server's memory."""
    with copied(sets[-1]) as one:
        office, tokens = entering.office(one.path, ENTERING), cookies(one.path, BROWSING)
        with served(one.path) as server:
            yield asyncio.run(_first_look(server, one, tokens))
            name = f"{BROWSING} people browsing, {PAUSE:g} s between clicks"
            yield _row(one, name, asyncio.run(_browse(server, tokens)), LONGEST)
            yield from _entered(server, one, office)
            with approving(one.path, office.plan.id, EVERY):
                name = f"{BROWSING} people browsing, a figure approved every {EVERY:g} s"
                yield _row(one, name, asyncio.run(_browse(server, tokens)))
            yield Row(one.name, "memory of the server under this load, at most", f"{server.memory('VmHWM'):.0f} MB", "")
            yield asyncio.run(_memory(server, one, tokens))


async def _first_look(server: Served, one: Made, tokens: Sequence[str]) -> Row:
    first = Person(server.port, tokens[0])
    began = time.perf_counter()
    for click in PAGES.values():
        await (first.click(click) if first.pages else first.enter(click))
    looked = time.perf_counter() - began
    await first.leave()
    return Row(one.name, "the first look at every page after the server's start", time_text(looked), f"{len(PAGES)} pages")


def _entered(server: Served, one: Made, office: entering.Office) -> Iterator[Row]:
    people, pause = len(office.sheets), entering.PAUSE
    name = f"{people} people entering a sheet each, {pause:g} s between steps"
    yield _row(one, name, asyncio.run(entering.enter(server, office)), LONGEST)
    typed, once = entering.arrived(office)
    name = "figures of theirs in the database once and as typed"
    yield Row(one.name, name, f"{once:,}", f"{typed:,} typed", once / typed, "= 1", once == typed)


def _row(one: Made, name: str, waits: Sequence[float], longest: float = np.inf) -> Row:
    p50, p95, p99 = (float(np.percentile(waits, share)) for share in (50, 95, 99))
    told = f"p95 {time_text(p95)} (p50 {time_text(p50)}, p99 {time_text(p99)}, {len(waits)} waits)"
    if longest == np.inf:
        return Row(one.name, name, told, "")
    return Row(one.name, name, told, f"{longest:g} s", p95 / longest, "≤ 1", p95 <= longest)


async def _browse(server: Served, tokens: Sequence[str]) -> list[float]:
    """So many people look at one page after the other, each with pauses around `PAUSE`."""
    clicks = list(PAGES.values())
    people = [Person(server.port, token) for token in tokens[:BROWSING]]
    for number, person in enumerate(people):
        await person.enter(clicks[number % len(clicks)])
    until = time.perf_counter() + SECONDS
    found = await asyncio.gather(*(_clicking(person, number, clicks, until) for number, person in enumerate(people)))
    await asyncio.gather(*(person.leave() for person in people))
    return [wait for waits in found for wait in waits]


async def _clicking(person: Person, number: int, clicks: Sequence[Click], until: float) -> list[float]:
    own = random.Random(number)
    await asyncio.sleep(own.random() * PAUSE)
    waits = []
    while time.perf_counter() < until:
        waits.append(await person.click(own.choice(clicks)))
        await asyncio.sleep(PAUSE * (0.5 + own.random()))
    return waits


async def _memory(server: Served, one: Made, tokens: Sequence[str]) -> Row:
    """The server's memory over as many clicks as ten people make in an hour, made without a pause."""
    clicks = list(PAGES.values())
    people = [Person(server.port, token) for token in tokens[: min(HURRYING, len(tokens))]]
    for person in people:
        await person.enter(clicks[0])
    times = max(1, round(RUNS / HOUR / len(people)))
    held = [server.memory()]
    for _ in range(HOUR):
        await asyncio.gather(*(_hurrying(person, clicks, times) for person in people))
        held.append(server.memory())
    await asyncio.gather(*(person.leave() for person in people))
    half = held[HOUR // 2]
    told = f"{held[0]:.0f} MB before, {half:.0f} MB half way, {held[-1]:.0f} MB after {HOUR * times * len(people):,} runs"
    name = "memory over an hour's runs of ten people, done without pauses"
    return Row(one.name, name, told, "half way", held[-1] / half, "≤ 1.05", held[-1] / half <= 1.05)


async def _hurrying(person: Person, clicks: Sequence[Click], times: int) -> None:
    for number in range(times):
        await person.click(clicks[number % len(clicks)])
