from __future__ import annotations

import pytest

from tests.samples import sample_plan, tree
from trackers.model.record_words import Names, action_word, when_text

NAMES = Names([sample_plan()], tree())


def lines(subject="sample-2013", **detail):
    return NAMES.lines(subject, detail)


def test_an_action_is_told_by_its_word_and_one_that_is_not_known_as_it_is():
    assert action_word("submit_figures") == "提交填报"
    assert action_word("something_new") == "something_new"


def test_a_moment_is_told_by_the_clock_in_beijing_and_a_bent_one_as_it_is():
    assert when_text("2024-05-31T16:05:00.000+00:00") == "2024-06-01 00:05"
    assert when_text("never") == "never"


def test_an_entry_is_told_line_by_line_why_it_was_refused_first_and_from_where_last():
    after = {"opens": "2024-07-01", "closed": 1}
    told = lines(where="10.0.0.7", after=after, before=None, refused="已截止", reason="", odd=[1, "x"])
    assert told == [
        ("拒绝原因", "已截止"), ("原因", "（无）"), ("之前", "（无）"), ("之后", "开始：2024-07-01；已关闭：是"),
        ("odd", "1、x"), ("来自", "10.0.0.7"),
    ]  # fmt: skip


def test_figures_are_told_with_the_names_of_their_places():
    (line,) = lines(figures=[["own", "210902", "2016Q4", None, 40.25, "仪器更换"]])
    assert line == ("第1个数", "辽宁省阜新市海州区 2016Q4 指标own：（无） → 40.25（理由：仪器更换）")
    (line,) = lines(figures=[["sample-2013", "rate", "210900", "2016", 2, 89.5, 90]])
    assert line == ("第1个数", "辽宁省阜新市 2016 指标rate：89.5 → 90")


def test_what_is_not_known_any_more_is_told_by_its_code():
    (line,) = lines("gone-2000", figures=[["lost", "999999", "2016Q4", 1, 2, ""]])
    assert line == ("第1个数", "999999 2016Q4 lost：1 → 2")
    assert lines(plan="gone-2000", region="999999", level="village") == [
        ("地区", "999999"), ("规划", "gone-2000"), ("层级", "village"),
    ]  # fmt: skip


def test_grants_are_told_in_words_even_of_a_role_that_there_is_no_more():
    known = {"role": "reporter", "region": "210902", "below": False, "plans": ["sample-2013"]}
    assert lines(grants=[known])[0] == ("角色", "填报员：辽宁省阜新市海州区（规划：样例）")
    assert "role：king" in lines(grants=[{"role": "king", "region": "210902"}])[0][1]


@pytest.mark.parametrize(
    "figures", [None, "text", 7, {"a": 1}, [1, None], [[1, 2]], [[None] * 6], [[{}, [], {}, "a", "b", {}]], [[[]] * 7]]
)
def test_an_entry_of_any_shape_is_told_without_an_error(figures):
    for subject in ("", "a b c", "、"):
        assert isinstance(lines(subject, figures=figures, before={"x": [{"role": 1, "region": []}]}), list)
        assert isinstance(NAMES.brief({"figures": figures, "after": [None, True]}), str)


def test_in_one_line_a_refusal_says_why_and_a_hand_in_how_much():
    assert NAMES.brief({"refused": "已截止", "new": 1}) == "被拒绝：已截止"
    counts = {"new": 3, "changed": 0, "same": 12, "figures": [1, 2, 3]}
    assert NAMES.brief(counts | {"file": "表.xlsx"}) == "新增：3；相同：12；文件：表.xlsx"
    assert NAMES.brief({"comment": "请核对", "figures": [[], []]}) == "审核意见：请核对；2 个数"


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("sample-2013", "样例"), ("sample-2013、gone", "样例、gone"),
        ("sample-2013 210902 2016Q4", "样例 辽宁省阜新市海州区 2016Q4"), ("zhang", "zhang"),
        ("regions", "地区"), ("a b c", "a b c"), ("", ""),
    ],
)  # fmt: skip
def test_what_an_action_was_about_is_told_by_name(subject, told):
    assert NAMES.subject(subject) == told


def test_a_plan_may_be_searched_for_by_its_name():
    assert (NAMES.coded(" 样例 "), NAMES.coded("样例规划"), NAMES.coded("zhang")) == ("sample-2013", "sample-2013", "zhang")
