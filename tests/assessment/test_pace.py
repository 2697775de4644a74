from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.assessment.standings import number
from trackers.assessment.pace import (
    actual_per_year,
    attainment,
    completion,
    expected,
    expected_along,
    needed_per_year,
    pace,
    shortfall,
    time_progress,
)

NONE = np.nan


def of(function, *figures):
    return function(*[np.array([figure], dtype=float) for figure in figures])[0]


def pace_of(value, now, base=0, base_day=0, target=100, target_day=10, along=NONE):
    return of(pace, base, base_day, value, now, target, target_day, along)


def expected_of(now, base=0, along=NONE, kept=False, target=100):
    figures = (np.array([float(f)]) for f in (base, 0, now, target, 10, along))
    return expected(*figures, np.array([kept]))[0]


def test_attainment_is_value_over_target_and_the_other_way_round_where_less_is_better():
    assert of(attainment, 1, 86, 120) == pytest.approx(86 / 120)
    assert of(attainment, -1, 8, 6) == pytest.approx(6 / 8)


def test_attainment_is_absent_where_it_would_divide_by_nought():
    assert np.isnan(of(attainment, 1, 5, 0))
    assert np.isnan(of(attainment, -1, 0, 5))
    assert of(attainment, -1, 5, 0) == 0


def test_completion_holds_for_both_directions_and_for_negative_and_zero_values():
    assert of(completion, 0, 86, 120) == pytest.approx(0.7166666667)
    assert of(completion, 10, 8, 6) == 0.5
    assert of(completion, -4, -1, 2) == 0.5
    assert of(completion, 3, 0, 0) == 1


def test_completion_is_not_clamped():
    assert of(completion, 0, 150, 100) == 1.5
    assert of(completion, 50, 40, 100) == -0.2


def test_completion_is_absent_where_the_baseline_is_the_target():
    assert np.isnan(of(completion, 5, 6, 5))


def test_time_progress_counts_days_and_may_pass_one_or_be_negative():
    days = [number(day) for day in ("2020-12-31", "2024-05-20", "2025-12-31")]
    assert of(time_progress, *days) == 1236 / 1826
    assert of(time_progress, 0, 15, 10) == 1.5
    assert of(time_progress, 0, -1, 10) == -0.1
    assert np.isnan(of(time_progress, 10, 10, 10))


def test_nine_of_a_hundred_after_a_tenth_of_the_time_is_a_pace_of_nine_tenths():
    assert pace_of(9, 1) == 0.9


def test_pace_is_absent_where_nothing_was_to_change():
    assert np.isnan(pace_of(9, 0))
    assert np.isnan(pace_of(9, 5, base=100))
    assert np.isnan(pace_of(9, 5, along=0))


def test_pace_is_absent_where_time_progress_is():
    assert np.isnan(pace_of(9, 5, base_day=10, target_day=10))


def test_along_annual_targets_pace_is_the_share_of_what_they_call_for():
    assert pace_of(18, 5, along=20) == 0.9
    assert pace_of(6, 5, base=10, target=0, along=8) == 2


def test_annual_targets_that_call_for_a_step_back_give_no_pace():
    assert np.isnan(pace_of(12, 5, base=10, along=8))


def test_the_expected_value_runs_to_the_target_and_stays_there():
    assert [expected_of(now) for now in (0, 5, 10, 15)] == [0, 50, 100, 100]


def test_the_expected_value_runs_along_the_annual_targets_until_the_target():
    assert expected_of(5, along=20) == 20
    assert expected_of(10, along=20) == 100


def test_what_is_to_be_kept_is_expected_all_the_time():
    assert expected_of(5, base=110, kept=True) == 100


def test_shortfall_is_positive_where_it_is_behind():
    assert of(shortfall, 1, 50, 40) == 10
    assert of(shortfall, -1, 50, 60) == 10
    assert of(shortfall, 1, 50, 60) == -10


def test_yearly_paces_count_calendar_years():
    day = {name: number(name) for name in ("2020-12-31", "2022-12-31", "2023-12-31", "2025-12-31")}
    assert of(actual_per_year, 0, day["2020-12-31"], 30, day["2023-12-31"]) == 10
    assert of(needed_per_year, 1, 30, day["2023-12-31"], 120, day["2025-12-31"]) == 45
    assert of(needed_per_year, -1, 30, day["2023-12-31"], 20, day["2025-12-31"]) == -5
    assert np.isnan(of(actual_per_year, 0, day["2022-12-31"], 30, day["2022-12-31"]))


@pytest.mark.parametrize(("value", "now"), [(30, "2025-12-31"), (30, "2026-12-31"), (120, "2023-12-31")])
def test_nothing_is_needed_any_more_once_the_target_is_met_or_its_day_has_come(value, now):
    assert np.isnan(of(needed_per_year, 1, value, number(now), 120, number("2025-12-31")))


POINTS = pd.DataFrame(
    [
        ("a", number("2020-12-31"), 0.0),
        ("a", number("2022-12-31"), 20.0),
        ("a", number("2025-12-31"), 100.0),
        ("b", number("2024-12-31"), 7.0),
    ],
    columns=["key", "day", "value"],
).sample(frac=1, random_state=3)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2020-12-31", 0), ("2021-12-31", 10), ("2022-12-31", 20), ("2025-12-31", 100), ("2027-01-01", 100),
        ("2024-06-30", 20 + 80 * 547 / 1096),
    ],
)  # fmt: skip
def test_the_line_through_the_annual_targets_is_straight_between_them(day, value):
    assert expected_along(POINTS, date.fromisoformat(day))["a"] == pytest.approx(value, rel=1e-12)


def test_before_its_first_point_a_line_expects_nothing():
    along = expected_along(POINTS, date(2019, 1, 1))
    assert along.isna().all() and along.index.tolist() == ["a", "b"]
    assert expected_along(POINTS, date(2023, 1, 1)).isna().tolist() == [False, True]
