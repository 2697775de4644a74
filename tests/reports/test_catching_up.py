from __future__ import annotations

from datetime import date

import pytest

from dashboard.viewmodels import words
from tests.dashboard.frames import DAY, lagging, row, unfilled
from trackers.reports.sentences import attained_phrase, catching_up_sentence, effort_phrase


def one(**fields):
    return words.one(lagging("a", 0.5, "severe", **fields))


def test_a_row_behind_comes_to_one_sentence_of_its_figures():
    told = one(value=32.5, shortfall=32.5, needed_per_year=41.7, actual_per_year=10.0, projected=50.0, projected_low=45.0,
               projected_high=55.0, attained_on=date(2030, 3, 1))  # fmt: skip
    assert catching_up_sentence(told, DAY) == (
        "按时序应达65项，差32.5项，自2024年5月20日起年均需增加41.7项，此前年均增加10项，相当于此前的4.2倍；"
        "按填报值的直线趋势，到期预计为50项（区间45项至55项），按这一趋势，2030年3月1日达到目标，晚于目标日。"
    )


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (date(2025, 12, 30), "按这一趋势，2025年12月30日达到目标"), (date(2025, 12, 31), "按这一趋势，2025年12月31日达到目标"),
        (date(2026, 1, 1), "按这一趋势，2026年1月1日达到目标，晚于目标日"),
    ],
)  # fmt: skip
def test_only_a_day_after_the_targets_is_too_late(reached, said):
    assert attained_phrase(one(attained_on=reached), DAY) == said


def test_a_trend_that_never_reaches_the_target_says_so_and_one_that_passed_it_says_nothing():
    assert attained_phrase(one(attained_on=None, projected=99.9), DAY) == "按这一趋势达不到目标"
    assert attained_phrase(one(attained_on=None, projected=100.0), DAY) == ""
    less = {"direction": "decrease", "target": 10.0, "attained_on": None}
    assert attained_phrase(one(**less, projected=10.1), DAY) == "按这一趋势达不到目标"
    assert attained_phrase(one(**less, projected=9.0), DAY) == ""


def test_nothing_is_said_of_a_trend_that_is_not_known():
    assert attained_phrase(one(projected=None, attained_on=None), DAY) == ""


@pytest.mark.parametrize(
    ("needed", "so_far", "said"),
    [
        (20.0, 10.0, "相当于此前的2倍"), (-3.0, -1.5, "相当于此前的2倍"), (5.0, 0.0, "此前没有朝目标推进"),
        (5.0, -1.0, "此前没有朝目标推进"), (None, 1.0, ""), (1.0, None, ""),
    ],
)  # fmt: skip
def test_the_effort_is_told_as_a_multiple_only_where_both_go_the_same_way(needed, so_far, said):
    assert effort_phrase(one(needed_per_year=needed, actual_per_year=so_far)) == said


def test_of_a_target_whose_day_has_come_the_gap_alone_is_told():
    late = words.one(row("a", verdict="missed", word="未实现", sign="×", shortfall=40.0, target_day=date(2024, 5, 20)))
    assert catching_up_sentence(late, DAY) == "目标日已到，差40项。"
    even = words.one(row("a", verdict="missed", word="未实现", sign="×", shortfall=0.0, target_day=date(2024, 5, 20)))
    assert catching_up_sentence(even, DAY) == ""


def test_without_a_value_nothing_is_made_up():
    assert catching_up_sentence(words.one(unfilled("a")), DAY) == ""
