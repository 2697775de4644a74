from __future__ import annotations

from datetime import date

import pytest

from dashboard.viewmodels import words

DUE_DAY = date(2025, 12, 31)


def row(**fields: object) -> dict[str, object]:
    plain = {
        "demo": False, "unreviewed": False, "basis": "reported", "reported_regions": 1, "expected_regions": 1,
        "baseline_origin": "start", "falling": False, "verdict": "missed", "word": "未实现",
        "observed": DUE_DAY, "target_day": DUE_DAY,
    }  # fmt: skip
    return {**plain, **fields}


@pytest.mark.parametrize(
    ("observed", "told"),
    [(date(2025, 12, 31), ""), (date(2025, 9, 30), ""), (date(2025, 9, 29), "只有2025年9月29日的数据")],
)
def test_a_target_called_missed_on_an_old_figure_says_so(observed, told):
    assert words.marks(row(observed=observed)) == told


def test_only_what_is_missed_speaks_of_an_old_figure():
    assert words.marks(row(verdict="lagging", word="滞后于预期（轻度）", observed=date(2024, 5, 20))) == ""


@pytest.mark.parametrize(
    ("verdict", "word", "due"),
    [("missed", "未实现", True), ("achieved", "已实现", True), ("achieved", "提前实现", False), ("lagging", "滞后于预期", False)],
)
def test_later_figures_no_longer_count_once_a_target_is_due(verdict, word, due):
    assert words.due(row(verdict=verdict, word=word)) is due


def test_text_of_people_stays_text_in_markdown():
    assert words.escaped("**a** &lt; <b>") == r"\*\*a\*\* \&lt; \<b\>"
    assert words.link("https://e.org/a> $x$") == r"[e\.org](<https://e.org/a%3E%20$x$>)"
    assert words.escaped("8\u202e6") == "8\ufffd6"
    assert ":material/" not in words.escaped(":material/home:").replace("\\", "")


def test_what_is_taken_along_says_itself_that_it_holds_demonstrations():
    assert words.taken_along("督办单　辽宁", demo=True) == "督办单　辽宁　含演示数据"
    assert words.taken_along("督办单　辽宁", demo=False) == "督办单　辽宁"
