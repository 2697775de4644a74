"""What people typed as an attack, on every page of a real browser: nothing runs, and it reads as it was typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboard.cookies import session_cookie
from tests.attacks.texts import ATTACKS, ODD, TOGETHER
from tests.attacks.visits import VISITS, address
from tests.browser.conftest import NARROW, WIDE, Opened
from tests.people import signed_in
from trackers.store import open_store

# What only a text that was taken for markup could have made.
MADE = """() => [...document.querySelectorAll(
    'img[onerror], img[src$="/x"], [onload], a[href^="javascript" i], .katex, .MathJax, iframe[src^="javascript" i]'
)].map(each => each.outerHTML)"""
# The page and the visit of it, and what can be read there; tables are drawn, not written.
ALL = tuple(name for name in ATTACKS if name not in ODD | {"long"})
READ: dict[tuple[str, int], tuple[str, ...]] = {
    ("overview", 0): ALL, ("region", 0): ALL, ("region", 1): ALL, ("region", 2): ALL, ("warnings", 0): ALL,
    ("indicator", 0): ("formula", "image", "markdown"), ("indicator", 1): ("formula", "image", "link"), ("indicator", 3): ALL,
    ("plan", 0): ALL, ("entry", 1): ALL, ("review", 0): ALL, ("report", 0): ALL, ("periods", 0): ("formula",),
    ("todo", 0): ("image",), ("record", 0): ("image",), ("accounts", 4): (),
}  # fmt: skip
TOLD = {("region", 2), ("indicator", 3), ("entry", 1), ("review", 0)}  # where a figure's whole story is told


@pytest.fixture(scope="module")
def window(browser, serve, attacked) -> Iterator[Opened]:
    """One window on a database full of attacks, signed in as somebody who sees everything."""
    at = serve(attacked)
    with open_store(attacked) as store:
        token = signed_in(store)
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    context.add_cookies([{"name": session_cookie(attacked), "value": token, "url": at, "httpOnly": True}])
    page = context.new_page()
    page.dialogs = []
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    yield Opened(page, at)
    context.close()


def unfolded(window: Opened) -> None:
    """Open what is folded up, and the first row of a list that is told in full below it."""
    folded = window.page.locator('[data-testid="stExpander"] details:not([open]) > summary')
    for _ in range(8):
        if folded.count():
            folded.first.click()
            window.page.wait_for_timeout(100)
    if "/record" in window.page.url:
        rows = window.page.locator('[data-testid="stDataFrame"] canvas').first
        rows.click(position={"x": 16, "y": 52}, force=True)
        window.page.get_by_test_id("stTable").wait_for()
    window.settle()


def harmless(window: Opened) -> None:
    page = window.page
    assert page.dialogs == [] and page.evaluate("window.__hit") is None
    assert page.evaluate(MADE) == []
    window.sound()


def read(window: Opened) -> str:
    return " ".join(window.text.replace("\u2060", "").split())


@pytest.mark.parametrize("page", VISITS)
def test_no_text_does_anything_on_any_page_and_each_reads_as_it_was_typed(window, page):
    for visit, asked in enumerate(VISITS[page]):
        window.page.set_viewport_size(WIDE)
        window.go(address(page, asked))
        unfolded(window)
        harmless(window)
        wanted = READ.get((page, visit), ())
        assert [name for name in wanted if " ".join(ATTACKS[name].split()) not in read(window)] == []
        if page == "region":
            assert "总览 › " + ATTACKS["markdown"] in read(window)  # the way up
        if (page, visit) in TOLD:
            assert " ".join(TOGETHER.split()) in read(window)
        window.page.set_viewport_size(NARROW)
        harmless(window.settle())
