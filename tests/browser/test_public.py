"""The public results in a real browser that nobody signed in with."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from tests.attacks.published import published_copy
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_attacks import MADE
from tests.publication import BY, EVEN_LATER, SECRET, published_store
from trackers.actions.evaluations import withdraw
from trackers.store import open_store


@pytest.fixture
def anonymous(browser, serve):
    """A page of a database in a window without cookies, with what it asked for and what it complained of."""
    contexts = []

    def opened(database: Path, path: str, size: dict[str, int] = WIDE):
        contexts.append(browser.new_context(viewport=size, locale="zh-CN"))
        page, address = contexts[-1].new_page(), serve(database)
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
        page.answer = page.goto(f"{address}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def sound(page) -> None:
    assert page.said == [] and page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert len([url for url in page.asked if not url.startswith("data:")]) == 1, page.asked


def test_anybody_reads_what_is_published_until_it_is_withdrawn(anonymous, tmp_path: Path):
    store, about = published_store(tmp_path)
    store.close()
    page = anonymous(store.path, "/sign-in")
    page.get_by_role("link", name="已公布的评估结果").click()
    page.get_by_role("link", name="阜新市《样例规划》中期评估结果").click()
    assert "中期评估结果" in page.inner_text("h1") and page.context.cookies() == []
    assert [word for word in SECRET if word in page.content()] == []
    page.locator("#bars li").first.hover()
    assert "现值：40项" in page.inner_text("#tip")
    with open_store(store.path) as again:
        withdraw(again, about.id, reason="有误", by=BY, at=EVEN_LATER)
    assert page.reload().status == 404 and "没有这个页面" in page.inner_text("h1")


def test_the_public_pages_are_harmless_whatever_was_typed(anonymous, attacked: Path, tmp_path: Path):
    database = published_copy(attacked, tmp_path)
    for path, size in product(("/public", "/public/evaluation/1"), (WIDE, NARROW)):
        page = anonymous(database, path, size)
        sound(page)
        assert page.answer.status == 200 and page.evaluate(MADE) == [] and page.evaluate("window.__hit") is None
