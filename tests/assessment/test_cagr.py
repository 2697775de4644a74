from __future__ import annotations

import csv
import math
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trackers.assessment.cagr import cagr, closeness
from trackers.assessment.judge import judge_loose

NONE = math.nan


def judged(direction, base_year, base, year, value, target_year=NONE, target=NONE, limit=NONE, zero_as=None):
    sign = 1.0 if direction == "increase" else -1.0
    figures = (sign, base, base_year, value, year, target, target_year, limit)
    said = cagr(*[np.array([figure], dtype=float) for figure in figures], zero_as=zero_as)
    return said.ratio[0], said.status[0], said.note[0]


# Published by Statistics Canada in the open data of its indicator framework (indicator_calculation_components.yml).
PUBLISHED = [
    ("decrease", 2015, 14.5, 2023, 10.2, 2030, 7.25, 0.9525901792, "substantial_progress"),
    ("increase", 2005, 63, 2020, 74, 2030, 85, 0.8949392974, "moderate_progress"),
    ("increase", 2015, 10.1, 2023, 13.7, 2030, 30, 0.5160064972, "limited_progress"),
    ("increase", 2019, 42, 2024, 40, 2026, 60, -0.1857629507, "deterioration"),
    ("increase", 2015, 0.37, 2024, 14.63, 2030, 60, 1.249622415, "substantial_progress"),
    ("decrease", 2015, 8.1, 2023, 7.3, 2025, 8, 10.4025745423, "target_achieved"),
    ("increase", 2015, 100, 2022, 100, 2030, 100, NONE, "target_achieved"),
    ("decrease", 2017, 5.5, 2017, 5.5, 2030, 3, NONE, "not_available"),
]


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: f"{case[2]} to {case[6]}")
def test_published_cases_come_out_as_published(case):
    ratio, status, _ = judged(*case[:7])
    assert ratio == pytest.approx(case[7], abs=1e-9, nan_ok=True)
    assert status == case[8]


def test_all_published_cases_at_hand_come_out_as_published():
    folder = os.environ.get("TRACKERS_CONFORMANCE")
    if not folder:
        pytest.skip("TRACKERS_CONFORMANCE does not name the folder of the published cases")
    path = Path(folder) / "cagr_cases.csv"
    judged = judge_loose(pd.read_csv(path, dtype=str, keep_default_na=False))
    with path.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert [said["id"] for said in judged] == [case["id"] for case in cases]
    for said, case in zip(judged, cases, strict=True):
        expected = float(case["expected_ratio"]) if case["expected_ratio"] else None
        assert said["cagr"]["status"] == case["expected_status"], case["id"]
        assert said["cagr"]["ratio"] == (expected and pytest.approx(expected, abs=1e-9)), case["id"]


def test_fewer_than_two_points_in_time_come_before_everything():
    assert judged("increase", 2020, 120, 2020, 120, 2025, 100)[1:] == ("not_available", "few_points")
    assert judged("increase", 2020, NONE, 2023, 120, 2025, 100)[1:] == ("not_available", "few_points")
    assert judged("increase", 2020, 10, 2023, NONE, 2025, 100)[1:] == ("not_available", "few_points")
    assert judged("increase", 2023, 10, 2020, 20, 2025, 100)[1:] == ("not_available", "few_points")


def test_a_met_target_comes_before_the_ratio():
    ratio, status, note = judged("increase", 2015, -5, 2023, 12, 2025, 10)
    assert math.isnan(ratio)
    assert (status, note) == ("target_achieved", "opposite_signs")


# Two years, both with growth by a factor: the ratio is that of the observed to the wanted yearly growth.
@pytest.mark.parametrize(
    ("yearly", "status"),
    [
        (1.0950, "substantial_progress"), (1.0949, "moderate_progress"), (1.0600, "moderate_progress"),
        (1.0599, "limited_progress"), (1.0, "limited_progress"), (0.9999, "deterioration"),
    ],
)  # fmt: skip
def test_the_steps_of_the_ratio_are_at_95_and_60_percent_and_nought(yearly, status):
    ratio, said, _ = judged("increase", 2020, 100, 2022, 100 * yearly**2, 2025, 100 * 1.1**5)
    assert ratio == pytest.approx((yearly - 1) / 0.1)
    assert said == status


@pytest.mark.parametrize(
    ("yearly", "status"),
    [
        (0.0150, "substantial_progress"), (0.0149, "moderate_progress"), (0.0050, "moderate_progress"),
        (0.0049, "limited_progress"), (0.0, "limited_progress"), (-0.0001, "deterioration"),
    ],
)  # fmt: skip
def test_without_a_target_the_steps_are_those_of_the_growth_itself(yearly, status):
    ratio, said, note = judged("increase", 2020, 100, 2022, 100 * (1 + yearly) ** 2)
    assert (ratio, said, note) == (pytest.approx(yearly, abs=1e-12), status, None)
    assert judged("decrease", 2020, 100, 2022, 100 * (1 - yearly) ** 2)[1] == status


def close(direction, base, limit):
    sign = 1.0 if direction == "increase" else -1.0
    return closeness(*[np.array([figure], dtype=float) for figure in (sign, base, limit)])[0]


@pytest.mark.parametrize(
    ("direction", "base", "limit", "c"),
    [
        ("increase", 50, 100, 1 - 0.5**4.44),
        ("increase", 100, 100, 0),
        ("increase", 0.001, 100, 1),
        ("decrease", 150, 100, 1 - 0.5**4.44),
        ("decrease", 200, 100, 1),
        ("decrease", 500, 100, 1),
        ("decrease", 100, 100, 0),
        ("increase", 150, 100, 1),  # the limit lies behind
        ("decrease", 50, 100, 1),
        ("increase", 50, 0, 1),
        ("increase", 50, -10, 1),
        ("increase", -50, 100, 1),
        ("increase", 50, NONE, 1),
    ],
)
def test_thresholds_shrink_near_a_limit_in_the_desired_direction(direction, base, limit, c):
    assert close(direction, base, limit) == pytest.approx(c)


def test_near_a_limit_slower_growth_will_do():
    assert judged("increase", 2020, 95, 2022, 95.8)[1] == "limited_progress"
    assert judged("increase", 2020, 95, 2022, 95.8, limit=100)[1] == "substantial_progress"


def test_a_limit_does_not_count_beside_a_target():
    case = ("increase", 2020, 95, 2022, 95.8, 2025, 99)
    assert judged(*case, limit=100) == judged(*case)


def test_a_negative_baseline_turns_the_sign_of_growth():
    ratio, status, _ = judged("increase", 2020, -10, 2022, -8, 2025, -5)
    assert ratio == pytest.approx((1 - 0.8 ** (1 / 2)) / (1 - 0.5 ** (1 / 5)))
    assert status == "moderate_progress"
    assert judged("increase", 2020, -10, 2022, -12, 2025, -5)[1] == "deterioration"


@pytest.mark.parametrize(("value", "target"), [(-3, 20), (12, -20), (-3, NONE)])
def test_figures_of_opposite_sign_have_no_growth(value, target):
    base = 10
    direction = "decrease" if target == -20 else "increase"
    ratio, status, note = judged(direction, 2020, base, 2022, value, 2025, target)
    assert math.isnan(ratio)
    assert (status, note) == ("not_available", "opposite_signs")


def test_a_baseline_that_equals_the_target_is_judged_by_whether_it_is_met():
    assert judged("increase", 2020, 100, 2022, 101, 2025, 100)[1] == "target_achieved"
    ratio, status, note = judged("increase", 2020, 100, 2022, 99, 2025, 100)
    assert math.isnan(ratio)
    assert (status, note) == ("deterioration", "base_is_target")


@pytest.mark.parametrize("case", [("increase", 2020, 0, 2022, 40, 2025, 100), ("decrease", 2020, 10, 2022, 5, 2025, 0)])
def test_nought_is_not_available_for_series_of_the_plans_and_replaced_for_loose_ones(case):
    ratio, status, note = judged(*case)
    assert math.isnan(ratio) and (status, note) == ("not_available", "zero")
    ratio, status, note = judged(*case, zero_as=0.001)
    assert not math.isnan(ratio) and note == "zero_replaced"


def test_nought_as_a_target_is_worked_out_with_a_thousandth():
    ratio, status, _ = judged("decrease", 2020, 10, 2022, 5, 2025, 0, zero_as=0.001)
    assert ratio == pytest.approx((1 - 0.5 ** (1 / 2)) / (1 - 0.0001 ** (1 / 5)))
    assert status == "limited_progress"


def test_a_count_from_nought_that_met_its_target_has_achieved_it():
    assert judged("increase", 2020, 0, 2022, 120, 2025, 100)[1:] == ("target_achieved", "zero")


def test_growth_within_a_day_that_no_number_can_hold_is_absent():
    ratio, status, note = judged("increase", 2020, 1, 2020 + 1 / 366, 200, 2025, 300)
    assert math.isnan(ratio) and (status, note) == ("not_available", "no_time")


def test_a_target_due_before_the_baseline_cannot_be_compared_with():
    assert judged("increase", 2020, 10, 2022, 12, 2019, 100)[1:] == ("not_available", "no_time")
