from __future__ import annotations

from dashboard.viewmodels import so_what
from tests.dashboard.frames import DAY, lagging, row
from tests.dashboard.test_tiles import at, placed

BEHIND = at("210902", lagging, "a", 0.5, "severe")
AHEAD = at("210903", row, "a", completion=0.9, value=90.0, verdict="ahead", actual_per_year=27.0)
SLOW = at("210904", lagging, "a", 0.2, "severe")


def told(*others: dict, one: dict = BEHIND) -> list[str]:
    return so_what.lines(one, DAY, placed("210900", one, *others))


def test_a_row_behind_says_its_gap_the_other_methods_and_who_does_better():
    gap, methods, better = told(AHEAD, SLOW)
    assert gap.startswith("按时序应达65项，差5项") and gap.endswith("。")
    assert methods == "其他方法：复合增长率法为“无法计算”，趋势外推法为“无法计算”；与判定没有矛盾。"
    assert better.endswith("已按序推进且完成率更高）：新邱区 90项（完成率90.0%，此前年均增加27项）。")


def test_methods_that_disagree_are_said_to():
    said = {"cagr": {"ratio": 1.2, "status": "substantial_progress"}, "projection": {"q": 1.0, "status": "on_track"}}
    _, methods, _ = told(AHEAD, one=BEHIND | {"methods": said, "disagree": True})
    assert methods == "其他方法：复合增长率法为“进展显著”，趋势外推法为“可望实现”；与判定不一致。"


def test_where_nobody_does_better_that_is_said_and_nobody_is_named():
    assert told(SLOW)[-1] == so_what.NOBODY


def test_a_region_without_others_of_its_level_is_compared_with_nobody():
    assert len(told()) == 2


def test_a_figure_that_is_a_demonstration_says_so_beside_its_region():
    assert "演示数据" in told(AHEAD | {"demo": True})[-1]
    assert "未经复核" in told(AHEAD | {"unreviewed": True})[-1] and "未经复核" not in told(AHEAD)[-1]


def test_regions_that_a_person_may_not_see_are_not_named():
    assert "新邱区" not in "".join(told(SLOW))


def test_what_is_not_behind_comes_to_nothing():
    assert told(AHEAD, one=at("210902", row, "a")) == []
