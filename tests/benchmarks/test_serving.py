from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import pages, people
from benchmarks.national import make
from benchmarks.pages import HERE, PAGES
from benchmarks.person import Click, Person
from benchmarks.serving import FOLDER, HELLO, Script, cookies, served
from benchmarks.sets import Made, made


@pytest.fixture
def apart():
    """Runs a thing in a thread of its own: this one may hold the loop of a browser that an earlier test opened."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda thing: thread.submit(thing).result()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    path = tmp_path_factory.mktemp("served") / "tiny.db"
    make(path, 0.1)
    return Made(0.1, path)


def test_every_page_that_is_measured_is_there_and_whole(tiny, apart):
    async def looked() -> list[str]:
        with served(tiny.path) as server:
            person = Person(server.port, cookies(tiny.path, 1)[0])
            await person.enter(Click("overview", HERE))
            headings = []
            for click in PAGES.values():
                await person.click(click)
                headings.append(person.heading)
            await person.leave()
            assert server.memory() > 50
            return headings

    assert apart(lambda: asyncio.run(looked())) == [name.partition(" ")[0] for name in PAGES]


def test_who_is_not_signed_in_is_no_person_at_the_pages(tiny, apart):
    async def looked() -> str:
        with served(tiny.path) as server:
            person = Person(server.port, "")
            await person.enter(Click("overview", HERE))
            await person.leave()
            return person.heading

    assert apart(lambda: asyncio.run(looked())) != "总览"


def test_pages_are_held_against_hello(tiny, apart, monkeypatch):
    monkeypatch.setattr(pages, "ROUNDS", 1)
    rows = apart(lambda: list(pages.rows([tiny])))
    scripts = [row for row in rows if row.name.startswith("script of")]
    assert [row.name.removeprefix("script of ") for row in scripts] == list(pages.MEASURED)
    assert all(row.ratio > 1 and row.floor.startswith("hello") for row in scripts)
    assert {row.name.removeprefix("script of ") for row in scripts if row.goal} == pages.HELD_TO
    assert len(rows) == 2 * len(scripts)


def test_the_server_notes_how_long_each_script_took(tiny, apart, tmp_path):
    async def looked() -> tuple[float, list[Script]]:
        with served(tiny.path, HELLO, times=tmp_path / "times") as server:
            person = Person(server.port, "")
            waited = await person.enter(Click("")) + await person.click(Click(""))
            await person.leave()
            await pages.noted(server, 1)
            return waited, server.scripts()

    waited, scripts = apart(lambda: asyncio.run(looked()))
    assert len(scripts) == 2
    assert all(0 < each.worked <= each.took + 0.01 for each in scripts)
    assert sum(each.worked for each in scripts) < waited


def test_the_page_that_says_hello_has_the_settings_of_the_real_ones():
    """Streamlit reads no settings from the environment here: without the file it would collect garbage after each run."""
    code = "import streamlit.config as c; print(c.get_option('runner.postScriptGC'), c.get_option('browser.gatherUsageStats'))"
    said = subprocess.run([sys.executable, "-c", code], cwd=FOLDER, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "False"]


def test_waits_and_memory_are_told(tiny, apart, monkeypatch):
    for name, value in {"BROWSING": 2, "ENTERING": 3, "SECONDS": 0.5, "PAUSE": 0.2, "HOUR": 2, "RUNS": 18}.items():
        monkeypatch.setattr(people, name, value)
    rows = apart(lambda: list(people.rows([tiny])))
    assert [row.name.partition(" ")[0] for row in rows] == ["the", "3", "2", "memory"]
    assert "p95" in rows[1].figure and "(p50" in rows[2].figure
    assert "MB after 18 runs" in rows[3].figure


def test_a_set_is_made_once(tmp_path):
    first = made(0.1, tmp_path)
    stamp = first.path.stat().st_mtime_ns
    assert made(0.1, tmp_path) == first
    assert first.path.stat().st_mtime_ns == stamp
