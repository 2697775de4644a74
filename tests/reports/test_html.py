"""The report as one page, read back."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from tests.contrast import GRAPHIC, TEXT, contrast
from tests.pages import Page
from tests.publication import secret_store
from tests.reports.attacks import FORMULA, MARKUP, NOTES, TAG, TEMPLATE
from tests.samples import OPERATOR
from trackers.assessment.verdict import Verdict
from trackers.reports.html import html_report
from trackers.reports.html_charts import completion_bars, region_heat
from trackers.reports.make import make_evaluation_report
from trackers.reports.outline import Contents
from trackers.reports.pages import STYLE
from trackers.reports.tables import figure_cells

KNOWN = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "footer", "h1", "h2", "h3", "p",
    "ol", "li", "div", "span", "small", "code", "figure", "figcaption", "label", "select", "option", "input", "button", "table",
    "caption", "thead", "tbody", "tr", "th", "td", "svg", "rect", "line", "script",
}  # fmt: skip


@pytest.fixture(scope="module")
def page(fuxin: Contents) -> Page:
    return Page(html_report(fuxin))


def named(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_the_page_is_chinese_and_allows_its_own_style_and_script_and_nothing_else(page: Page):
    assert page.of("html")[0].attributes["lang"] == "zh-CN"
    policy = next(each.attributes["content"] for each in page.of("meta") if "http-equiv" in each.attributes)
    (style,), (script,) = page.of("style"), page.of("script")
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert f"style-src {named(style.text)}" in policy and f"script-src {named(script.text)}" in policy


def test_nothing_is_asked_of_anywhere(page: Page):
    asking = [(each.tag, each.attributes) for each in page.elements if {"src", "srcset", "data", "action"} & set(each.attributes)]
    assert asking == []
    assert all(each.attributes["href"].startswith("#") for each in page.elements if "href" in each.attributes)
    assert "url(" not in page.of("style")[0].text and "@import" not in page.of("style")[0].text
    assert not re.search(r"fetch|XMLHttpRequest|import\(|https?:", page.of("script")[0].text)


def test_every_sentence_and_figure_of_the_report_is_there(page: Page, fuxin: Contents):
    sentences = (*fuxin.background, *fuxin.overall, *fuxin.findings, *fuxin.region_findings, *fuxin.suggestions)
    assert [said for said in sentences if said not in page.text] == []
    cells = {each.text for each in page.elements if each.tag in ("td", "th")}
    figures = {text for row in fuxin.rows for text in figure_cells(row, fuxin.as_of).values()}
    assert figures - cells == set()
    assert fuxin.digest in page.text


def test_demonstration_figures_are_called_so_at_the_top_and_at_each_mark(page: Page, fuxin: Contents):
    assert "演示数据" in next(each.text for each in page.elements if each.attributes.get("class") == "warning")
    demo = [line.row.indicator_name for line in fuxin.indicators if line.row and line.row.demo]
    bars = [each.attributes["data-tip"] for each in page.of("li") if "data-completion" in each.attributes]
    assert demo and all(any(name in tip and "演示数据" in tip for tip in bars) for name in demo)


def test_a_mark_says_its_values(page: Page, fuxin: Contents):
    row = next(line.row for line in fuxin.indicators if line.row and line.row.completion is not None)
    tip = next(each.attributes["data-tip"] for each in page.of("li") if "data-tip" in each.attributes)
    assert tip.splitlines()[0] == f"{row.indicator_name}　{row.region_name}"
    assert {"现值：75项（2016年12月31日）", "目标：≥80项（2020年）", "完成率：58.3%　时序进度：48.4%"} <= set(tip.splitlines())


def test_a_completion_that_leaves_the_chart_is_said_to_and_keeps_its_number(fuxin: Contents):
    rows = [line.row for line in fuxin.indicators if line.row]
    far = [rows[0].model_copy(update={"completion": 7.25}), rows[1].model_copy(update={"completion": -3.0}), rows[2]]
    chart = completion_bars(far, fuxin.as_of)
    assert chart and ["超出图幅" in bar.figure for bar in chart.bars] == [True, True, False]
    assert "725.0%" in chart.bars[0].figure and "-300.0%" in chart.bars[1].figure
    ends = [(float(bar.start), float(bar.start) + float(bar.width)) for bar in chart.bars]
    assert all(0 <= start <= end <= 100.01 for start, end in ends)
    assert ends[0][1] == pytest.approx(100) and ends[1][0] == pytest.approx(0)


def test_a_region_that_reported_nothing_is_no_zero_in_the_chart(fuxin: Contents):
    below = [row for row in fuxin.rows if row.region != fuxin.home]
    chart = region_heat(below, fuxin.as_of)
    silent = [row for row in below if row.value is None]
    assert chart and silent
    cells = [cell for line in chart.lines for cell in line.cells if cell and cell.state == Verdict.NO_DATA]
    assert len(cells) == len(silent) and all((cell.figure, cell.sort) == ("—", "") for cell in cells)
    assert region_heat(below[:1], fuxin.as_of) is None


def test_no_text_becomes_an_element_an_attribute_or_a_template(attacked: Contents):
    page = Page(html_report(attacked))
    assert {each.tag for each in page.elements} <= KNOWN
    assert not [name for each in page.elements for name in each.attributes if name.startswith("on") or name == "style"]
    assert len(page.of("script")) == len(page.of("style")) == 1
    assert {TEMPLATE, TAG, MARKUP, FORMULA} <= {each.text for each in page.of("th")}
    assert NOTES[5] in page.text and "\x07" not in page.text


def test_the_same_contents_give_the_same_bytes(fuxin: Contents):
    assert html_report(fuxin) == html_report(fuxin.model_copy(deep=True))


def test_what_was_said_beside_the_frozen_figures_and_what_it_was_made_from_is_there(tmp_path: Path):
    store, about = secret_store(tmp_path)
    with store:
        page = Page(make_evaluation_report(store, about.id, "html", by=OPERATOR))
    assert {"各方意见", "抽查核实", "督办"} <= {each.text for each in page.of("caption")}
    assert "秘原因" in page.text and "秘核实" in page.text and "制作摘要（SHA-256" in page.text


def test_a_plan_without_indicators_says_so_instead_of_a_chart(fuyang: Contents):
    page = Page(html_report(fuyang))
    assert not page.of("svg") and "本规划没有数量指标。" in page.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_marks_stand_out_from_their_ground(scheme: str):
    light, dark = STYLE.split("@media screen and (prefers-color-scheme: dark)", 1)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", light if scheme == "light" else dark.split("}", 1)[0]))
    for ground in ("ground", "sheet", "head"):
        assert all(contrast(colours[ink], colours[ground]) >= TEXT for ink in ("text", "quiet", "main")), ground
    assert contrast(colours["told-text"], colours["told"]) >= TEXT
    marks = ("reached", "fine", "watch", "behind", "bad", "early", "unknown", "edge")
    assert all(contrast(colours[mark], colours["sheet"]) >= GRAPHIC for mark in marks)


def test_every_verdict_has_its_colour():
    assert all(f".v-{verdict}" in STYLE for verdict in Verdict)
