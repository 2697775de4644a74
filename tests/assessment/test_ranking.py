from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from trackers.assessment.ranking import last_quarter_end, moved, ranks

NAN = float("nan")


def places(*figures: float, high_is_good: bool = True) -> list[float]:
    return ranks(np.array(figures, dtype=float), high_is_good=high_is_good).tolist()


def test_the_best_comes_first_whichever_way_is_better():
    assert places(10, 30, 20) == [3, 1, 2]
    assert places(10, 30, 20, high_is_good=False) == [1, 3, 2]


def test_equal_figures_share_a_place_and_the_next_is_counted_on_behind_them():
    assert places(5, 7, 7, 3) == [3, 1, 1, 4]
    assert places(0.1 + 0.2, 0.3, 0.2) == [1, 1, 3], "the rounding of binary numbers parts nobody"


def test_who_did_not_report_has_no_place_and_takes_none():
    found = places(NAN, 0, 5, NAN)
    assert np.isnan(found[0]) and np.isnan(found[3]) and found[1:3] == [2, 1]
    assert np.isnan(places(NAN)).all() and places() == []


def test_a_nought_that_was_reported_has_its_place():
    assert places(0, 0, -1) == [1, 1, 3]


def test_a_move_up_is_positive_and_absent_where_one_of_the_days_has_no_place():
    told = moved(np.array([1.0, 3, 2, NAN, 4]), np.array([3.0, 1, 2, 1, NAN]))
    assert told[:3].tolist() == [2, -2, 0] and np.isnan(told[3:]).all()


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2024, 4, 1), date(2024, 3, 31)), (date(2024, 6, 30), date(2024, 3, 31)), (date(2024, 7, 1), date(2024, 6, 30)),
        (date(2024, 3, 31), date(2023, 12, 31)), (date(2024, 1, 1), date(2023, 12, 31)),
    ],
)  # fmt: skip
def test_the_last_quarter_is_the_one_that_was_over_before_the_day(day, end):
    assert last_quarter_end(day) == end
