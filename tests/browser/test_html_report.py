"""The report that is one page, opened from a folder in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import NARROW, WIDE
from tests.reports.attacks import FORMULA, MARKUP, attacked_contents
from tests.reports.conftest import AT, contents_of
from trackers.exchange.first_start import open_or_create
from trackers.reports.html import html_report

Show = Callable[..., Page]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    with open_or_create(folder / "demo.db", at=AT, demo=True) as store:
        made = html_report(contents_of(store, "fuxin-2013", "2016-12-31"))
    (folder / "report.html").write_bytes(made)
    return folder / "report.html"


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    contexts = []

    def shown(path: Path, size: dict[str, int] = WIDE, scheme: str = "light") -> Page:
        contexts.append(browser.new_context(viewport=size, locale="zh-CN", color_scheme=scheme))
        page = contexts[-1].new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        return page

    yield shown
    for context in contexts:
        context.close()


def sound(page: Page) -> None:
    """Nothing asked of anywhere, nothing refused by the policy, nothing scrolls sideways."""
    assert len(page.asked) == 1 and page.said == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")])
def test_the_page_needs_nothing_but_itself_and_fits_every_window(show: Show, report: Path, size, scheme):
    sound(show(report, size, scheme))


def test_pointing_at_a_bar_or_coming_to_it_with_the_keyboard_tells_its_values(show: Show, report: Path):
    page = show(report)
    tip, bars = page.locator("#tip"), page.locator("#bars li")
    assert tip.is_hidden()
    bars.first.hover()
    assert "现值：75项" in tip.inner_text()
    page.mouse.move(2, 2)
    assert tip.is_hidden()
    page.locator("select").focus()
    page.keyboard.press("Tab")
    assert "市级社会公用计量标准" in tip.inner_text()
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    sound(page)


def test_a_verdict_that_is_chosen_leaves_its_indicators_alone(show: Show, report: Path):
    page = show(report)
    seen = page.locator("#indicators tbody tr:visible")
    every = seen.count()
    page.get_by_role("button", name="滞后于预期").click()
    assert seen.count() == 4 and page.locator("#bars li:visible").count() == 4
    assert f"现显示 4 行，共 {every} 行" in page.locator('[data-shown="indicators"]').inner_text()
    page.emulate_media(media="print")
    assert seen.count() == every  # what is printed is never a part
    page.emulate_media(media="screen")
    page.get_by_role("button", name="滞后于预期").click()
    assert seen.count() == every


def test_bars_and_regions_can_be_put_in_order(show: Show, report: Path):
    page = show(report)
    page.locator("select").select_option("completion")
    values = page.locator("#bars li").evaluate_all("all => all.map(each => Number(each.dataset.completion))")
    assert values == sorted(values)
    page.locator(".heat thead button").nth(1).click()
    cells = page.locator(".heat tbody td:nth-child(2)").evaluate_all("all => all.map(each => Number(each.dataset.sort))")
    assert cells == sorted(cells) and page.locator('.heat th[aria-sort="ascending"]').count() == 1


def test_figures_are_found_by_the_name_of_a_region(show: Show, report: Path):
    page = show(report)
    page.locator("input[type=search]").fill("彰武县")
    rows = page.locator("#figures tbody tr:visible")
    assert rows.count() == 8 and all("彰武县" in text for text in rows.all_inner_texts())


def test_no_text_of_a_report_does_anything(show: Show, tmp_path: Path):
    path = tmp_path / "attacked.html"
    path.write_bytes(html_report(attacked_contents(tmp_path)))
    page = show(path)
    sound(page)
    assert page.locator("img").count() == 0
    assert MARKUP in page.inner_text("body") and FORMULA in page.inner_text("body")
