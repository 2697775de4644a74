from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.people import grant

SCREEN = {"width": 1920, "height": 1080}
LEAST_IN_A_ROOM = 18  # px of words that are read from some metres away
WRITTEN = """scene => {
  const found = {}, walker = document.createTreeWalker(scene, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest('style, script, h1') || !element.getClientRects().length) continue;
    found[node.textContent.trim()] = parseFloat(getComputedStyle(element).fontSize);
  }
  return found;
}"""
LEADER = (grant("leader", "100000", below=True),)


def look(visit, database, path: str, size=SCREEN, scheme: str = "light"):
    return visit(database, path, size, scheme, who="leader-of-all", grants=LEADER)


@pytest.mark.parametrize("size", [SCREEN, WIDE], ids=["of a meeting room", "of a desk"])
@pytest.mark.parametrize("asked", ["plan=辽宁&day=2024-05-20", "plan=阜新&day=2018-06-30", "plan=内蒙古", "plan=阜阳"])
def test_the_cockpit_is_one_screen(visit, demo_database, asked, size):
    opened = look(visit, demo_database, f"cockpit?{asked}", size)
    opened.page.locator(".js-plotly-plot .barlayer").first.wait_for()
    high = opened.page.evaluate(
        """() => [document.querySelector('[data-testid="stMain"]').scrollHeight, document.documentElement.scrollHeight]"""
    )
    assert max(high) <= size["height"], high
    opened.sound()


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "dark"), (NARROW, "light")])
def test_the_cockpit_fits_smaller_screens_and_nothing_is_written_small(visit, demo_database, size, scheme):
    opened = look(visit, demo_database, "cockpit?plan=辽宁&day=2024-05-20", size, scheme)
    opened.sound()
    sizes = opened.page.locator(".st-key-cockpit p, .st-key-cockpit text").evaluate_all(
        "all => all.filter(one => one.textContent.trim()).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 12


def test_a_number_of_the_cockpit_leads_to_its_page_and_back_is_one_press(visit, demo_database):
    opened = look(visit, demo_database, "cockpit?plan=辽宁&day=2024-05-20")
    page = opened.page
    page.locator('.st-key-card-every [data-testid="stPageLink"] a', has_text="滞后于预期").click()
    page.get_by_role("heading", name="各规划指标", exact=True).wait_for()
    opened.settle().sound()
    page.go_back()
    page.get_by_role("heading", name="驾驶舱", exact=True).wait_for()
    opened.settle()
    page.locator('.st-key-card-worst [data-testid="stPageLink"] a').first.click()
    page.get_by_role("heading", name="区域", exact=True).wait_for()
    opened.settle().sound()
    assert re.search("国家产业计量测试中心", opened.text)


def test_a_cockpit_without_figures_is_a_sentence_and_no_bare_chart(visit, unfilled_database):
    opened = look(visit, unfilled_database, "cockpit?plan=辽宁")
    assert "还没有填报数据" in opened.text and opened.page.locator(".js-plotly-plot").count() == 0
    opened.sound()


def taken(page, kind: str) -> tuple[str, bytes]:
    """The first chart of the page as the browser makes a picture of it: its name and content."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"（{kind}）").first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_taken_along_as_a_drawing_and_as_a_picture(visit, demo_database, scheme):
    opened = look(visit, demo_database, "overview?plan=辽宁&day=2024-05-20", WIDE, scheme)
    opened.page.locator(".js-plotly-plot .barlayer .point path").first.wait_for()
    name, drawing = taken(opened.page, "SVG")
    root = ElementTree.fromstring(drawing)
    said = "".join(root.itertext())
    assert name == "各指标完成率与截至日应完成的比例_辽宁_截至2024-05-20.svg"
    assert all(each in said for each in ("新建计量专业技术委员会", "截至2024-05-20", "演示数据", "70.0%"))
    assert b"javascript" not in drawing and opened.address.encode() not in drawing
    name, picture = taken(opened.page, "PNG")
    assert name.endswith(".png") and picture[:8] == b"\x89PNG\r\n\x1a\n" and len(picture) > 20_000
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    assert (width, height) == (2 * int(root.get("width")), 2 * int(root.get("height")))


def test_the_screen_of_a_meeting_room_is_turned_and_left_by_keys_and_shows_no_menu(visit, demo_database):
    opened = look(visit, demo_database, "cockpit?plan=辽宁&day=2024-05-20")
    page = opened.page
    page.get_by_role("link", name="会议屏").click()
    expect(page.locator("h2", has_text="全部规划").first).to_be_visible()
    opened.settle().sound()
    assert not page.get_by_role("link", name="总览").is_visible() and "演示数据" in opened.text
    page.keyboard.press("ArrowRight")
    expect(page.locator("h2").first).to_have_text("辽宁")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="继续")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("驾驶舱")


def test_every_scene_is_one_screen_and_is_read_from_the_other_end_of_the_room(visit, demo_database):
    opened = look(visit, demo_database, "screen?plan=辽宁&day=2024-05-20")
    page, seen = opened.page, []
    while (title := page.locator("h2").first.inner_text()) not in seen:
        seen.append(title)
        opened.sound()
        assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight") <= SCREEN["height"], title
        sizes = page.locator(".st-key-screen").evaluate(WRITTEN)
        assert sizes and min(sizes.values()) >= LEAST_IN_A_ROOM, (title, sizes)
        page.keyboard.press("ArrowRight")
        expect(page.locator("h2").first).not_to_have_text(title)
        opened.settle()
    assert len(seen) > 3


def test_the_cockpit_is_taken_along_on_one_page(visit, demo_database):
    opened = look(visit, demo_database, "cockpit?plan=辽宁&day=2024-05-20")
    with opened.page.expect_download() as waiting:
        opened.page.get_by_role("button", name="一页 PDF").click()
    assert waiting.value.suggested_filename == "计量规划目标驾驶舱_辽宁_2024-05-20.pdf"
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_chart_is_printed_as_wide_as_the_sheet_and_is_as_before_afterwards(visit, demo_database):
    opened = look(visit, demo_database, "overview?plan=辽宁&day=2024-05-20")
    opened.page.locator(".js-plotly-plot .barlayer .point path").first.wait_for()
    opened.page.locator(".take button").first.wait_for()
    opened.page.emulate_media(media="print")
    opened.settle()
    before, printed, room, after = opened.page.evaluate(
        """() => {
            const chart = document.querySelector('.js-plotly-plot');
            const wide = () => chart.querySelector('svg.main-svg').getBoundingClientRect().width;
            const before = wide();
            dispatchEvent(new Event('beforeprint'));
            chart.style.setProperty('width', '500px', 'important');  // a sheet is narrower than the screen
            const [printed, room] = [wide(), chart.getBoundingClientRect().width];
            chart.style.removeProperty('width');
            dispatchEvent(new Event('afterprint'));
            return [before, printed, room, wide()];
        }"""
    )
    assert printed <= room == 500 < before == after


def test_a_table_is_printed_within_the_sheet_says_what_is_not_in_sight_and_is_as_before_afterwards(visit, demo_database):
    opened = look(visit, demo_database, "region?plan=辽宁&day=2024-05-20")
    opened.page.get_by_test_id("data-grid-canvas").first.wait_for(state="attached")
    opened.page.emulate_media(media="print")
    opened.settle()
    inks, drawn, room, told, after = opened.page.evaluate(
        """() => {
            const table = document.querySelector('[data-testid="stDataFrame"]');
            table.parentElement.style.width = '500px';  // a sheet is narrower than the screen
            dispatchEvent(new Event('beforeprint'));
            const copy = table.querySelector('.on-paper');
            const inks = new Set(copy.getContext('2d').getImageData(0, 0, copy.width, 30).data).size;  // of the headings
            const [drawn, room] = [copy, table.parentElement].map((each) => each.getBoundingClientRect().width);
            const told = getComputedStyle(table.parentElement, '::after').content;
            dispatchEvent(new Event('afterprint'));
            return [inks, drawn, room, told, document.querySelectorAll('.on-paper').length];
        }"""
    )
    assert inks > 2
    assert 400 < drawn <= room == 500
    assert "请下载 xlsx" in told and after == 0
