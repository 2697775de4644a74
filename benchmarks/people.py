"""A hundred people at the pages, and two hundred who come in: how long they wait, and what memory the server needs.

Each is a websocket with a sign-in cookie of its own, not a browser; the server is the real one in its own process.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.measure import Row, time_text
from benchmarks.pages import PAGES
from benchmarks.person import Click, Person
from benchmarks.serving import Served, cookies, served
from benchmarks.sets import Made

BROWSING, ENTERING = 100, 200
PAUSE = 5.0  # seconds between clicks
SECONDS = 60.0  # of each measure
LONGEST = 1.0  # seconds, of 95 in 100 waits
HURRYING = 10  # people who make an hour's runs without pauses
RUNS = 7200  # ten people's clicks of an hour
HOUR = 12  # parts of it, after each of which the memory is looked at


def rows(sets: Sequence[Made]) -> Iterator[Row]:
    """At the largest share: those who browse, those who enter, and the server's memory."""
    one = sets[-1]
    with served(one.path) as server:
        yield from asyncio.run(_measured(server, one))


async def _measured(server: Served, one: Made) -> list[Row]:
    tokens = cookies(one.path, max(BROWSING, ENTERING))
    clicks = list(PAGES.values())
    first = Person(server.port, tokens[0])
    began = time.perf_counter()
    for click in clicks:
        await (first.click(click) if first.pages else first.enter(click))
    looked = time.perf_counter() - began
    await first.leave()
    found = [
        Row(one.name, "the first look at every page after the server's start", time_text(looked), f"{len(clicks)} pages"),
        _row(one, f"{ENTERING} people entering within {SECONDS:g} s", await _enter(server, tokens, clicks)),
        _row(one, f"{BROWSING} people browsing, {PAUSE:g} s between clicks", await _browse(server, tokens, clicks)),
    ]
    return [*found, await _memory(server, one, tokens, clicks)]


def _row(one: Made, name: str, waits: Sequence[float]) -> Row:
    p50, p95, p99 = (float(np.percentile(waits, share)) for share in (50, 95, 99))
    told = f"p95 {time_text(p95)} (p50 {time_text(p50)}, p99 {time_text(p99)}, {len(waits)} waits)"
    return Row(one.name, name, told, "1 s", p95 / LONGEST, f"≤ {LONGEST:g}", p95 <= LONGEST)


async def _enter(server: Served, tokens: Sequence[str], clicks: Sequence[Click]) -> list[float]:
    """So many people come in one after the other, each at a moment of their own."""
    spread = random.Random(1)
    people = [Person(server.port, token) for token in tokens[:ENTERING]]

    async def one(person: Person, number: int) -> float:
        await asyncio.sleep(spread.random() * SECONDS)
        return await person.enter(clicks[number % len(clicks)])

    waits = await asyncio.gather(*(one(person, number) for number, person in enumerate(people)))
    await asyncio.gather(*(person.leave() for person in people))
    return list(waits)


async def _browse(server: Served, tokens: Sequence[str], clicks: Sequence[Click]) -> list[float]:
    """So many people look at one page after the other, each with pauses around `PAUSE`."""
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


async def _memory(server: Served, one: Made, tokens: Sequence[str], clicks: Sequence[Click]) -> Row:
    """The server's memory over as many clicks as ten people make in an hour, made without a pause."""
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
