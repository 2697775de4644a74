"""Filling in what stands on a page, as a person does: by the words that stand above a field or on a button."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import TimeoutError

from tests.browser.conftest import Opened


def pick(opened: Opened, label: str, words: str) -> None:
    """Choose what says these words in the list under a label."""
    field = opened.page.get_by_test_id("stSelectbox").filter(has=opened.page.get_by_text(label, exact=True)).last
    option = opened.page.get_by_role("option").filter(has_text=words).first
    for _ in range(5):
        field.get_by_role("combobox").click()
        try:
            option.click(timeout=3000)
            break
        except TimeoutError:  # a list that opens while the page is drawn anew closes again
            opened.page.keyboard.press("Escape")
    opened.settle()


def write(opened: Opened, texts: dict[str, str]) -> None:
    """Type texts into the fields under these labels, and leave the last."""
    for label, text in texts.items():
        opened.page.get_by_label(label, exact=True).last.fill(text)
    opened.page.keyboard.press("Tab")
    opened.settle()


def write_day(opened: Opened, label: str, day: date) -> None:
    """Type a day into a field that takes one."""
    field = opened.page.get_by_test_id("stDateInput").filter(has_text=label).last
    field.get_by_role("spinbutton").first.click()
    opened.page.keyboard.type(f"{day:%Y%m%d}")
    opened.page.keyboard.press("Tab")
    opened.settle()


def press(opened: Opened, button: str, then: str = "") -> None:
    """Press a button, and wait for what the page says of it."""
    opened.page.get_by_role("button", name=button, exact=True).last.click()
    see(opened, then) if then else opened.settle()


def see(opened: Opened, words: str) -> None:
    """Wait until the page says these words."""
    opened.page.get_by_text(words).first.wait_for()
    opened.settle()


def unfold(opened: Opened, title: str) -> None:
    """Open what is folded under a title; a page that is drawn anew at that moment folds it again."""
    summary = opened.page.locator("summary").filter(has_text=title).first
    for _ in range(5):
        if summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
        opened.settle()
        opened.page.wait_for_timeout(300)
        if summary.locator("xpath=..").get_attribute("open") is not None:
            return


def part(opened: Opened, word: str) -> None:
    """Go to another part of the page."""
    opened.page.get_by_test_id("stButtonGroup").get_by_text(word, exact=False).first.click()
    opened.settle()
