from __future__ import annotations

import numpy as np
import pytest

from tests.assessment.standings import number
from trackers.assessment.years import year_end, year_position, years_between


def between(start, end):
    return years_between(np.array([number(start)]), np.array([number(end)]))[0]


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [("2020-12-31", "2021-12-31", 1), ("2015-12-31", "2024-12-31", 9), ("2024-12-31", "2020-12-31", -4)],
)
def test_from_31_december_to_31_december_is_a_whole_number_exactly(start, end, years):
    assert between(start, end) == years


def test_a_part_of_a_year_is_counted_by_the_length_of_that_year():
    assert between("2023-12-31", "2024-05-20") == pytest.approx(141 / 366, abs=1e-12)
    assert between("2022-12-31", "2023-05-20") == pytest.approx(140 / 365, abs=1e-12)


def test_days_before_1970_count_too():
    assert year_position(np.array([number("1949-12-31")]))[0] == 1950


def test_what_is_absent_stays_absent():
    assert np.isnan(year_position(np.array([np.nan]))).all()
    assert np.isnan(year_end(np.array([np.nan]))).all()


def test_the_last_day_of_a_year():
    assert year_end(np.array([1969.0, 2020.0, 2023.0])).tolist() == [-1, number("2020-12-31"), number("2023-12-31")]
