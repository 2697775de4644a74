"""How a figure is written."""

from __future__ import annotations

from datetime import date

import pytest

from trackers.model.wording import (
    computed_text,
    date_text,
    gap_text,
    moment_text,
    number_text,
    percent_text,
    points_text,
)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (86.0, "项", "86项"), (95.25, "%", "95.25%"), (0.0, "家", "0家"), (3600, "项", "3600项"),
        (17 / 19 * 100, "%", "89.47%"), (0.1 + 0.2, "", "0.3"), (1e15, "人", "1000000000000000人"), (-2.5, "", "-2.5"),
        (0.00001234, "%", "0.00001%"), (-0.0, "项", "0项"), (12.3456, "%", "12.3456%"),
    ],
)  # fmt: skip
def test_a_reported_value_keeps_its_digits(value: float, unit: str, text: str):
    assert number_text(value, unit) == text


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_a_missing_figure_is_a_dash_and_never_nought(value: float | None):
    written = {number_text(value, "项"), computed_text(value), percent_text(value), points_text(value), gap_text(value)}
    assert written == {"—"} and date_text(None) == "—"


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (86 / 120, "71.7%"), (0.0, "0.0%"), (1.0, "100.0%"), (0.0005, "0.1%"), (0.0004, "0.04%"), (0.7165, "71.7%"),
        (0.71649, "71.6%"), (0.9995, "99.95%"), (0.99949, "99.9%"), (0.99996, "99.996%"), (1.0004, "100.0%"),
        (-0.083, "-8.3%"), (27.5, "2750.0%"), (1 - 1e-15, "100.0%"),
    ],
)  # fmt: skip
def test_a_percentage_has_one_decimal_and_is_not_rounded_onto_0_or_100(fraction: float, text: str):
    assert percent_text(fraction) == text


def test_percentage_points_have_one_decimal():
    assert points_text(86 / 120 - 1236 / 1826) == "4.0个百分点"
    assert points_text(-0.00001) == "0.0个百分点"


def test_a_worked_out_value_has_one_decimal_and_percentages_differ_by_points():
    assert computed_text(81.2346, "项") == "81.2项"
    assert computed_text(80.0, "项") == "80项"
    assert computed_text(0.012, "项") == "0.01项"
    assert gap_text(2.25, "%") == "2.3个百分点"


def test_a_day_is_written_in_arabic_digits():
    assert date_text(date(2024, 5, 20)) == "2024年5月20日"


def test_a_moment_is_written_as_the_clock_in_beijing_shows_it():
    assert moment_text("2024-05-20T08:05:59.000+00:00") == "2024-05-20 16:05"
    assert moment_text("2024-05-20T16:00:00+00:00") == "2024-05-21 00:00"
