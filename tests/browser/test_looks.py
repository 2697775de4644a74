"""What a machine can see of every page, for everybody who sees it, at three widths, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

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

LOOK = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")
SIZES = [{"width": 1920, "height": 1080}, {"width": 1440, "height": 900}, {"width": 390, "height": 844}]
ASKED = "plan=阜新&day=2018-06-30"
# Words in Latin letters that belong there: programs and kinds of files, the program's own logins, and what Streamlit says.
WORDS = [
    "excel", "wps", "word", "docx", "xlsx", "pdf", "csv", "ics", "html", "png", "svg", "json", "oidc", "sha", "cagr", "cli",
    "start", "first", "admin", "fuxin", "review", "haizhou", "leader", "evaluator", "administrator", "liaoning", "third",
    "party", "yyyy", "upload", "drag", "and", "drop", "files", "browse", "per", "file", "limit",
    "space", "esc",
]  # fmt: skip
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
        wrong = page.evaluate(LOOK, {"words": WORDS})
        if not wrong:
            break
    return wrong


FAULTS = {
    "wide": '<div style="width: 3000px">宽</div>',
    "cut": '<div style="width: 30px; overflow: hidden; white-space: nowrap">写不下</div>',
    "pale": '<p style="color: #aaaaaa">看不清</p>', "small": '<p style="font-size: 11px">太小</p>',
    "foreign": "<p>Nothing found</p>", "failed": '<div data-testid="stException">出错</div>',
    "empty": '<div class="js-plotly-plot">没有点</div>',
}  # fmt: skip


@pytest.mark.parametrize("kind", [None, *FAULTS])
def test_each_kind_of_fault_is_seen_where_it_is_and_nowhere_else(browser, kind):
    page = browser.new_page(viewport=SIZES[0])
    shell = '<body style="background: #ffffff"><div data-testid="stApp"><div data-testid="stMain">'
    page.set_content(f"{shell}<p>一切都好</p>{FAULTS.get(kind, '')}</div></div></body>")
    assert list(page.evaluate(LOOK, {"words": WORDS})) == ([kind] if kind else [])
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
