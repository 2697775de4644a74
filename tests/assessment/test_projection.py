from __future__ import annotations

import math

import numpy as np
import pytest

from trackers.assessment.projection import projection

NONE = math.nan


def judged(direction, base_year, base, year, value, target_year, target):
    sign = 1.0 if direction == "increase" else -1.0
    figures = (sign, base, base_year, value, year, target, target_year)
    said = projection(*[np.array([figure], dtype=float) for figure in figures])
    return said.q[0], said.status[0]


def test_growth_is_carried_on_to_the_targets_date():
    q, status = judged("increase", 2020, 100, 2022, 110, 2025, 130)
    assert q == pytest.approx((110 * 1.1**1.5 - 100) / 30)
    assert status == "fair"


@pytest.mark.parametrize(("share", "status"), [(0.95, "on_track"), (0.9499, "fair"), (0.10, "fair"), (0.0999, "stagnant")])
def test_the_steps_are_at_95_and_10_percent(share, status):
    value = 100 * (1 + share) ** 0.5  # half of the time: the other half carries it to 100 + 100 · share
    q, said = judged("increase", 2020, 100, 2022, value, 2024, 200)
    assert (q, said) == (pytest.approx(share), status)


def test_a_met_target_is_met_whatever_the_trend():
    assert judged("increase", 2020, 150, 2022, 120, 2025, 100)[1] == "met"
    assert judged("increase", 2020, 0, 2022, 120, 2025, 100)[1] == "met"
    assert judged("decrease", 2020, 5, 2020, 5, 2025, 5)[1] == "met"


@pytest.mark.parametrize(
    "case",
    [
        (2020, 100, 2022, 90, 2025, 100),  # baseline equal to target
        (2020, 0, 2022, 90, 2025, 100),
        (2020, 50, 2020, 50, 2025, 100),
        (2020, -5, 2022, 50, 2025, 100),
        (2020, NONE, 2022, 50, 2025, 100),
        (2020, 50, NONE, NONE, 2025, 100),
        (2020, 50, 2022, 60, NONE, NONE),
    ],
)
def test_without_growth_or_distance_it_is_not_available(case):
    q, status = judged("increase", *case)
    assert math.isnan(q) and status == "not_available"


@pytest.mark.parametrize(
    "case", [(2020, 0, 2025, 90, 2025, 100), (2020, -5, 2025, 50, 2025, 100), (2025, 50, 2025, 60, 2025, 100)]
)
def test_no_growth_is_carried_on_for_no_years_either(case):
    q, status = judged("increase", *case)
    assert math.isnan(q) and status == "not_available"


def test_a_series_that_fell_from_above_its_target_is_not_on_track():
    q, status = judged("increase", 2015, 68.6, 2022, 46.7, 2030, 55)
    assert q > 0.95
    assert status == "stagnant"


def test_a_falling_series_stagnates():
    assert judged("increase", 2020, 50, 2022, 40, 2025, 100)[1] == "stagnant"
    assert judged("decrease", 2020, 50, 2022, 60, 2025, 20)[1] == "stagnant"
