"""The public page: what is on it, and above all what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evaluated import CITY
from tests.pages import Page
from tests.publication import SECRET, published_store
from trackers.queries.public import Published, public_keys, published_evaluation
from trackers.reports.figures import Row
from trackers.reports.public import DEMO, PUBLIC, list_page, nothing_page, notice, public_page, public_rows

# What those who work with it see, and the public does not; a new field of a row must be put into one of the two.
WITHHELD = {
    "numerator", "denominator", "pace", "expected", "shortfall", "needed_per_year", "actual_per_year", "projected",
    "projected_low", "projected_high", "attained_on", "falling", "disagree", "units", "methods", "note", "evidence", "origin",
}  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return one(tmp_path_factory.mktemp("public"))


def one(folder: Path) -> Published:
    with published_store(folder)[0] as store:
        found = published_evaluation(store, public_keys(store)[0])
    assert found is not None
    return found


def test_every_field_of_a_row_is_public_or_withheld_on_purpose():
    assert set(PUBLIC) | WITHHELD == set(Row.model_fields) and not set(PUBLIC) & WITHHELD


def test_nothing_that_was_noted_said_or_done_inside_is_on_the_page(published: Published):
    made = public_page(published, demo=False).decode()
    assert [word for word in SECRET if word in made] == []


def test_plan_figures_verdicts_and_grades_are_on_the_page(published: Published):
    page = Page(public_page(published, demo=False))
    for row in public_rows(published):
        assert row.indicator_name in page.text and row.word in page.text and row.target_text in page.text
    own = next(row for row in public_rows(published) if row.indicator == "own" and row.region == CITY)
    assert (own.value, own.verdict) == (40, "lagging")
    cells = {each.text for each in page.of("td")}
    assert "评定为基本符合预期\n主要原因：人员不足" in cells and {"大部分实现", "进行中"} <= cells
    assert published.frozen.digest in page.text and "公布日期2024年6月1日" in page.text
    assert "目标待核实" in page.text and "DEMO" not in page.text


def test_a_figure_that_was_changed_since_is_the_one_that_was_frozen(published: Published):
    rows = {(row.indicator, row.region): row.value for row in public_rows(published)}
    assert rows["own", CITY] == 40  # 60 was reported for the year after


def test_demonstrations_are_called_so_above_everything(published: Published):
    made = Page(public_page(published, demo=True))
    body = made.of("body")[0].text.strip()
    assert made.of("title")[0].text.startswith("〔演示数据〕") and DEMO in body[:120]
    assert DEMO not in Page(public_page(published, demo=False)).text


def test_the_list_says_what_is_published_and_that_nothing_is(published: Published):
    page = Page(list_page([notice(published)], demo=False))
    assert [each.attributes["href"] for each in page.of("a")] == ["#text", "/public/evaluation/1"]
    assert "截至2016年12月31日" in page.text
    assert "目前没有公布的评估结果" in Page(list_page([], demo=False)).text
    assert "没有公布的内容" in Page(nothing_page()).text


def test_the_same_publication_gives_the_same_bytes(published: Published, tmp_path: Path):
    assert public_page(published, demo=False) == public_page(one(tmp_path), demo=False)
