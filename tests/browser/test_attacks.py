"""What people typed as an attack, on every page of a real browser: nothing runs, and it reads as it was typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.filled import fill
from tests.attacks.visits import VISITS, address
from tests.browser.conftest import Opened

# What only a text that was taken for markup could have made.
MADE = """() => [...document.querySelectorAll(
    'img[onerror], img[src="x"], [onload], a[href^="javascript" i], .katex, .MathJax, iframe[src^="javascript" i]'
)].map(each => each.outerHTML)"""
ELEMENTS = """() => [...document.querySelectorAll('[data-testid="stMain"] script, [data-testid="stMain"] b')].length"""
READ = ("image", "formula", "link", "markdown", "template", "entities")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Path:
    return fill(tmp_path_factory.mktemp("attacked"))[0]


@pytest.fixture(scope="module")
def window(browser, serve, attacked) -> Iterator[Opened]:
    """One window, signed in as somebody who sees everything."""
    from dashboard.cookies import session_cookie
    from tests.people import signed_in
    from trackers.store import open_store

    at = serve(attacked)
    with open_store(attacked) as store:
        token = signed_in(store)
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.add_cookies([{"name": session_cookie(attacked), "value": token, "url": at, "httpOnly": True}])
    page = context.new_page()
    page.dialogs = []
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    yield Opened(page, at)
    context.close()


def harmless(window: Opened) -> None:
    page = window.page
    for each in page.locator('[data-testid="stExpander"] details:not([open]) > summary').all()[:6]:
        each.click()
    window.settle()
    assert page.locator('[data-testid="stException"]').count() == 0, window.text
    assert page.dialogs == [] and page.evaluate("window.__hit") is None
    assert page.evaluate(MADE) == []
    assert window.outside == []


@pytest.mark.parametrize("page", VISITS)
def test_no_text_does_anything_on_any_page(window, page):
    for asked in VISITS[page]:
        window.go(address(page, asked))
        harmless(window)
