from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.standings import number
from trackers.assessment.trend import attained_on, fit, projected

ORIGIN = number("2020-01-01")


def line_of(points):
    x = np.array([float(day) for day, _ in points])
    y = np.array([float(value) for _, value in points])
    sums = (len(points), x.sum(), y.sum(), (x * x).sum(), (x * y).sum(), (y * y).sum())
    return fit(*[np.array([each], dtype=float) for each in sums])


def projected_of(points, x, level=0.95):
    return tuple(each[0] for each in projected(line_of(points), np.array([ORIGIN + x]), level))


def attained_of(points, target, now=0.0, sign=1.0, met=False):
    figures = (np.array([figure]) for figure in (sign, float(target), ORIGIN + now))
    return attained_on(line_of(points), *figures, np.array([met]))[0]


def test_two_values_make_a_line_without_an_interval():
    value, low, high = projected_of([(0, 10), (100, 20)], 400)
    assert value == pytest.approx(50)
    assert np.isnan([low, high]).all()


def test_one_value_or_one_day_makes_no_line():
    assert np.isnan(projected_of([(0, 10)], 400)).all()
    assert np.isnan(projected_of([], 400)).all()


def test_three_values_have_no_interval_and_four_have_one():
    points = [(0, 10), (100, 21), (200, 29), (300, 41)]
    assert np.isnan(projected_of(points[:3], 400)[1])
    value, low, high = projected_of(points, 400)
    assert low < value < high


def test_the_interval_is_that_of_a_textbook():
    # x = 1…5, y = 2, 4, 5, 4, 5: slope 0.6, s² = 2.4 / 3, t(0.975, 3) = 3.182446
    value, low, high = projected_of([(1, 2), (2, 4), (3, 5), (4, 4), (5, 5)], 6)
    half = 3.18244630528 * np.sqrt(0.8 * (1 + 1 / 5 + 9 / 10))
    assert value == pytest.approx(5.8)
    assert (low, high) == (pytest.approx(5.8 - half), pytest.approx(5.8 + half))


days = st.lists(st.integers(-3000, 6000), min_size=2, max_size=30, unique=True)


@settings(max_examples=40, deadline=None)
@given(days, st.randoms(use_true_random=False))
def test_the_line_is_the_least_squares_line(xs, random):
    points = [(x, random.randint(-500, 500)) for x in xs]
    slope, start = np.polyfit(*zip(*points, strict=True), 1)
    assert projected_of(points, 2000)[0] == pytest.approx(slope * 2000 + start, rel=1e-6, abs=1e-4)


def test_the_day_of_attainment_is_the_first_on_which_the_line_meets_the_target():
    points = [(0, 0), (100, 10)]
    assert attained_of(points, 20) == ORIGIN + 200
    assert attained_of(points, 20.01) == ORIGIN + 201
    assert attained_of([(0, 20), (100, 10)], 5, sign=-1.0) == ORIGIN + 150


@pytest.mark.parametrize(
    "fields",
    [
        {"sign": -1.0},  # the line leads away
        {"met": True},
        {"now": 200.0},  # the line says it should have been met by now, and it is not
        {"target": 1_000_000},  # long after the year 2200
    ],
)
def test_there_is_no_day_of_attainment_where_the_line_does_not_lead_there(fields):
    assert np.isnan(attained_of(**{"points": [(0, 0), (100, 10)], "target": 20, **fields}))


def test_a_flat_line_never_gets_there():
    assert np.isnan(attained_of([(0, 5), (100, 5)], 20))
