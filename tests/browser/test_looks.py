"""What a machine can see of every page, for everybody who sees it, at three widths, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.national import make
from dashboard import menu
from dashboard.cookies import session_cookie
from tests.browser.conftest import Opened, Serve
from tests.made import made_once
from tests.people import grant, signed_in
from trackers.exchange.demonstration_work import demonstrate_work
from trackers.exchange.first_start import open_or_create
from trackers.model.account import Actor, Role
from trackers.queries.plans import plans
from trackers.queries.rights import rights_of
from trackers.store import open_store

LOOK, DRAWN = ((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("looks.js", "drawn.js"))
SIZES = [{"width": 1920, "height": 1080}, {"width": 1440, "height": 900}, {"width": 390, "height": 844}]
ASKED = "plan=阜新&day=2018-06-30"
OF_INDICATOR = "indicator?plan=测速县级&day=2025-01-31&indicator=社会公用计量标准"
OF_NATION = [
    "cockpit?plan=测速县级&day=2025-01-31", "overview?plan=测速县级&day=2025-01-31", "warnings?plan=测速县级&day=2025-01-31",
    "region?plan=测速县级&day=2025-01-31&part=各项指标", "region?plan=测速县级&day=2025-01-31&part=下级地区对照",
    f"{OF_INDICATOR}&part=排名", f"{OF_INDICATOR}&part=分布", f"{OF_INDICATOR}&part=明细",
]  # fmt: skip
# Words in Latin letters that belong there: programs and kinds of files, the program's own logins, and what Streamlit says.
WORDS = [
    "excel", "wps", "word", "docx", "xlsx", "pdf", "csv", "ics", "html", "png", "svg", "json", "oidc", "sha", "cagr", "cli",
    "start", "first", "admin", "fuxin", "review", "haizhou", "leader", "evaluator", "administrator", "liaoning", "third",
    "party", "yyyy", "upload", "drag", "and", "drop", "files", "browse", "per", "file", "limit",
    "space", "esc",
]  # fmt: skip
GROUNDS = """() => [...new Set(['html', 'body', '[data-testid="stApp"]'].map(
    name => getComputedStyle(document.querySelector(name)).backgroundColor))]"""
DARK = 3 * 128  # red, green and blue together, below which ink is dark
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
LATEST = 4  # times that a page is looked at while something is still wrong: charts change their colours a little later


def _made(folder: Path) -> None:
    now = datetime.now(UTC)
    with open_or_create(folder / "demo.db", at=now, demo=True) as store:
        demonstrate_work(store, at=now)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration as it is started today, with people at work."""
    return made_once(tmp_path_factory, "shown", _made) / "demo.db"


@pytest.fixture(scope="module")
def windows(browser: Browser, serve: Serve, shown: Path) -> Iterator[Any]:
    """A window for each role, with the pages its menu names."""
    address, contexts = serve(shown), []

    def opened(role: Role) -> tuple[Opened, list[str]]:
        with open_store(shown) as store:
            token = signed_in(store, role.word, grant(role, "210900", below=True))
            pages = menu.pages_for(rights_of(store, Actor(login=role.word)), plans(store))
        context = browser.new_context(viewport=SIZES[0], locale="zh-CN")
        context.add_cookies([{"name": session_cookie(shown), "value": token, "url": address, "httpOnly": True}])
        contexts.append(context)
        return Opened(context.new_page(), address), list(pages)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundredth of a made-up nation."""
    return made_once(tmp_path_factory, "nation", lambda folder: make(folder / "nation.db", 1)) / "nation.db"


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """What was seen already: a page that reads the same for another role is not measured again."""
    return set()


def everything_wrong(page: Page) -> Iterator[str]:
    """What is wrong at each width, light and dark, in one window that is made larger and smaller."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in SIZES:
            page.set_viewport_size(size)
            for kind, told in _wrong(page).items():
                yield f"{scheme} {size['width']} {kind}: {told}"


def _wrong(page: Page) -> dict[str, list[str]]:
    """What is still wrong once the page has taken its new size and colours."""
    wrong: dict[str, list[str]] = {}
    for time in range(LATEST):
        page.wait_for_timeout(200 * (time + 1))
        page.wait_for_selector(SETTLED)
        wrong = seen(page)
        if not wrong:
            break
    return wrong


def seen(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page as it is now, in what is written and in what is drawn."""
    found: dict[str, list[str]] = page.evaluate(LOOK, {"words": WORDS}) | page.evaluate(DRAWN)
    return found


def chart(inner: str) -> str:
    """A chart with one mark, as plotly draws it."""
    mark = '<g class="plot"><rect class="point" x="0" y="60" width="90" height="20"/></g>'
    return f'<div class="js-plotly-plot"><svg width="300" height="100" style="font-size: 14px">{mark}{inner}</svg></div>'


def grid(width: int, style: str = "normal") -> str:
    """A table with one cell in a column of this width, as the library that draws it knows it."""
    theme = (
        "{cellHorizontalPadding: 8, lineHeight: 1.4, baseFontFull: '14px sans-serif', headerFontFull: '14px sans-serif',"
        " textDark: '#555555', bgCell: '#ffffff'}"
    )
    cell = f"{{kind: 'text', displayData: '一个较长的名称', allowWrapping: false, style: '{style}'}}"
    columns = f"[{{title: '名', width: {width}}}]"
    told = f"{{columns: {columns}, rows: 1, rowHeight: 35, theme: {theme}, getCellContent: () => ({cell})}}"
    made = f"Object.assign(document.querySelector('canvas'), {{__reactFiber$1: {{memoizedProps: {told}}}}})"
    return f'<canvas data-testid="data-grid-canvas"></canvas><script>{made}</script>'


FAULTS = {
    "wide": '<div style="width: 3000px">宽</div>',
    "cut": '<div style="width: 30px; overflow: hidden; white-space: nowrap">写不下</div>',
    "pale": '<p style="color: #aaaaaa">看不清</p>', "small": '<p style="font-size: 11px">太小</p>',
    "foreign": "<p>Nothing found</p>",
    "foreign in an empty field": '<input placeholder="Choose options">',
    "failed": '<div data-testid="stException">出错</div>',
    "empty": '<div class="js-plotly-plot">没有点</div>',
    "crossed": chart('<text x="10" y="20">一个名称</text><text x="30" y="24">另一个</text>'),
    "crossed by a mark": chart('<text x="10" y="76">在条上的名称</text>'),
    "crossed by a line": chart(
        '<g class="shapelayer"><path d="M40,0V50" stroke="#333333"/></g><text x="10" y="30">被线穿过</text>'
    ),
    "narrow": grid(60), "faint": grid(200, "faded"),
    "unread": '<canvas data-testid="data-grid-canvas"></canvas>',
}  # fmt: skip
SOUND = {
    "a chart": chart('<text x="10" y="20">名称</text><text x="100" y="20">另一个</text><text x="100" y="76">条旁</text>'),
    "a table": grid(200),
}


@pytest.mark.parametrize("kind", [None, *FAULTS])
def test_each_kind_of_fault_is_seen_where_it_is_and_nowhere_else(browser, kind):
    page = browser.new_page(viewport=SIZES[0])
    shell = '<body style="background: #ffffff"><div data-testid="stApp"><div data-testid="stMain">'
    page.set_content(f"{shell}<p>一切都好</p>{FAULTS.get(kind, '')}</div></div></body>")
    assert list(seen(page)) == ([kind.split(" ")[0]] if kind else [])
    page.close()


@pytest.mark.parametrize("kind", SOUND)
def test_what_is_drawn_soundly_is_no_fault(browser, kind):
    page = browser.new_page(viewport=SIZES[0])
    shell = '<body style="background: #ffffff"><div data-testid="stApp"><div data-testid="stMain">'
    page.set_content(f"{shell}{SOUND[kind]}</div></div></body>")
    assert seen(page) == {}
    page.close()


@pytest.mark.parametrize("role", list(Role))
def test_every_page_is_whole_readable_and_chinese_at_every_width_light_and_dark(windows, looked_at, role):
    opened, pages = windows(role)
    wrong = []
    for name in pages:
        opened.page.set_viewport_size(SIZES[0])
        opened.go(f"{name}?{ASKED}")
        if (reads := opened.text) not in looked_at:
            looked_at.add(reads)
            wrong += [f"{name} {each}" for each in everything_wrong(opened.page)]
    assert not wrong, "\n".join(wrong)


def test_pages_full_of_a_nation_are_whole_and_readable_too(visit, nation):
    wrong = []
    for asked in OF_NATION:
        opened = visit(nation, asked, SIZES[0], who="leader", grants=(grant(Role.LEADER, "100000", below=True),))
        wrong += [f"{asked} {each}" for each in everything_wrong(opened.page)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["cockpit", "overview", "plan"])
def test_a_dark_page_is_printed_in_dark_ink_on_white(visit, demo_database, name):
    leader = (grant(Role.LEADER, "100000", below=True),)
    opened = visit(demo_database, f"{name}?{ASKED}", SIZES[1], "dark", who="onlooker-in-the-dark", grants=leader)
    opened.page.emulate_media(media="print", color_scheme="dark")
    opened.page.wait_for_timeout(600)  # until one colour has passed into the other
    assert opened.page.evaluate(GROUNDS) == ["rgb(255, 255, 255)"]
    assert "pale" not in seen(opened.page), seen(opened.page)
    for ink in opened.page.locator(".stMarkdownBadge").evaluate_all("all => all.map(one => getComputedStyle(one).color)"):
        assert sum(map(int, re.findall(r"\d+", ink))) < DARK, ink
