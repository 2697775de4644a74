from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks import entering, pages, people
from benchmarks.approving import approving
from benchmarks.national import make
from benchmarks.pages import HERE, PAGES
from benchmarks.person import Click, Person
from benchmarks.serving import FOLDER, HELLO, Script, cookies, served
from benchmarks.sets import Made, copied, made
from trackers.store import open_store


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
    small = {"BROWSING": 2, "ENTERING": 2, "SECONDS": 0.8, "PAUSE": 0.2, "EVERY": 0.3, "HOUR": 2, "RUNS": 18}
    for name, value in small.items():
        monkeypatch.setattr(people, name, value)
    monkeypatch.setattr(entering, "PAUSE", 0.1)
    before = tiny.path.read_bytes()
    rows = apart(lambda: list(people.rows([tiny])))
    assert [row.name.partition(" ")[0] for row in rows] == ["the", "2", "2", "figures", "2", "memory", "memory"]
    assert "p95" in rows[1].figure and "(p50" in rows[2].figure and rows[3].met
    assert rows[4].goal == "" and rows[5].figure.endswith(" MB") and "MB after 16 runs" in rows[6].figure
    assert tiny.path.read_bytes() == before


def test_a_page_is_whole_whichever_was_open_before(tiny, apart):
    """The parts of two pages have one name in the address, and two of these parts too."""
    ways = ["区域", "指标", "区域", "区域 下级地区对照（热力表）", "指标", "总览", "指标", "区域"]

    async def looked() -> list[str]:
        with served(tiny.path) as server:
            person, headings = Person(server.port, cookies(tiny.path, 1)[0]), []
            for name in ways:
                await (person.click(PAGES[name]) if headings else person.enter(PAGES[name]))
                headings.append(person.heading)
            await person.leave()
            return headings

    assert apart(lambda: asyncio.run(looked())) == [name.partition(" ")[0] for name in ways]


def test_what_is_typed_and_handed_in_is_in_the_database_once(tiny, apart, monkeypatch):
    monkeypatch.setattr(entering, "PAUSE", 0.0)
    with copied(tiny) as one:
        office = entering.office(one.path, 1)
        with served(one.path) as server:
            waits = apart(lambda: asyncio.run(entering.enter(server, office)))
        typed, once = entering.arrived(office)
        assert typed == once > 20
        assert len(waits) == 1 + -(-typed // entering.PART) + 2
        office.sheets[0].typed["made-up-01"] += 1
        assert entering.arrived(office) == (typed, typed - 1)
        del office.sheets[0].typed["made-up-01"]
        with pytest.raises(RuntimeError, match="nobody typed"):
            entering.arrived(office)


def test_a_reviewer_beside_them_approves_one_figure_after_the_other(tiny, apart, monkeypatch):
    monkeypatch.setattr(entering, "PAUSE", 0.0)
    with copied(tiny) as one:
        office = entering.office(one.path, 1)
        with served(one.path) as server:
            apart(lambda: asyncio.run(entering.enter(server, office)))
        with approving(one.path, office.plan.id, 0.1):
            waited_for(lambda: approved(office) >= 2)
        assert 2 <= approved(office) <= len(office.sheets[0].typed)


def approved(office: entering.Office) -> int:
    with open_store(office.path) as store:
        return sum(each.approved_at is not None for each in entering.kept_now(store, office).values())


def waited_for(there: Callable[[], bool]) -> None:
    until = time.perf_counter() + 30
    while not there() and time.perf_counter() < until:
        time.sleep(0.1)



def test_a_set_is_made_once(tmp_path):
    first = made(0.1, tmp_path)
    stamp = first.path.stat().st_mtime_ns
    assert made(0.1, tmp_path) == first
    assert first.path.stat().st_mtime_ns == stamp
