from __future__ import annotations

import json

import pandas as pd
import pytest

from trackers.assessment.judge import judge_loose
from trackers.errors import FigureError

COLUMNS = ["id", "direction", "base_year", "base", "year", "value", "target_year", "target", "limit"]


def case(id="x", direction="increase", base_year="2015", base="10", year="2020", value="20", target_year="2025",
         target="30", limit=""):  # fmt: skip
    return [id, direction, base_year, base, year, value, target_year, target, limit]


def judged(*cases):
    return judge_loose(pd.DataFrame(cases, columns=COLUMNS))


def test_a_case_is_judged_on_the_last_day_of_its_year_by_all_three_methods():
    (said,) = judged(case())
    assert said["linear"] == {
        "completion": 0.5, "time_progress": pytest.approx(1827 / 3653), "pace": pytest.approx(0.5 * 3653 / 1827),
        "verdict": "on_track", "severity": None,
    }  # fmt: skip
    assert said["cagr"]["ratio"] == pytest.approx((2 ** (1 / 5) - 1) / (3 ** (1 / 10) - 1))
    assert said["projection"] == {"q": pytest.approx(1.5), "status": "on_track"}
    assert json.loads(json.dumps(said)) == said


def test_numbers_are_taken_as_well_as_text_and_further_columns_are_left_alone():
    frame = pd.DataFrame([case()], columns=COLUMNS).astype({"base": float, "year": int}).assign(remark="…")
    assert judge_loose(frame) == judged(case())


def test_a_series_that_fell_from_above_its_target_has_regressed():
    (said,) = judged(case(base="68.6", value="46.7", target="55"))
    assert said["linear"]["verdict"] == "regressing"
    assert said["linear"]["pace"] is None
    assert said["cagr"]["status"] == "deterioration"
    assert said["projection"]["status"] == "stagnant"


def test_less_is_better_with_a_target_above_the_baseline_is_a_target_to_keep():
    kept, lost = judged(
        case(direction="decrease", value="12", target="30"), case(direction="decrease", value="35", target="30")
    )
    assert (kept["linear"]["verdict"], lost["linear"]["verdict"]) == ("achieved", "regressing")
    assert lost["projection"]["status"] == "stagnant"


def test_the_methods_may_contradict_each_other_on_a_tiny_baseline():
    (said,) = judged(case(base="0.37", year="2024", value="14.63", target_year="2030", target="60"))
    assert (said["linear"]["verdict"], said["cagr"]["status"]) == ("lagging", "substantial_progress")
    assert said["linear"]["pace"] == pytest.approx(0.398, abs=1e-3)


def test_no_time_since_the_baseline_leaves_no_pace():
    (said,) = judged(case(year="2015", value="10"))
    assert said["linear"]["time_progress"] == 0
    assert (said["linear"]["pace"], said["linear"]["verdict"]) == (None, "starting")
    assert (said["cagr"]["status"], said["projection"]["status"]) == ("not_available", "not_available")


@pytest.mark.parametrize(
    ("absent", "verdict", "reason"),
    [
        ({"target": "", "target_year": ""}, "undetermined", "no_target"),
        ({"base": "", "base_year": ""}, "undetermined", "no_baseline"),
        ({"base": ""}, "undetermined", "no_baseline"),
        ({"value": ""}, "no_data", None),
        ({"value": "", "year": ""}, "no_data", None),
    ],
)
def test_what_is_absent_is_said_to_be_absent(absent, verdict, reason):
    (said,) = judged(case(**absent))
    assert (said["linear"]["verdict"], said["linear"].get("reason")) == (verdict, reason)
    assert said["linear"]["completion"] is None


def test_without_a_target_growth_is_judged_by_itself():
    (said,) = judged(case(target="", target_year="", limit="100"))
    assert said["cagr"]["status"] == "substantial_progress"
    assert said["cagr"]["ratio"] == pytest.approx(2 ** (1 / 5) - 1)
    assert said["projection"]["status"] == "not_available"


def test_a_nought_that_was_replaced_is_said():
    (said,) = judged(case(base="0"))
    assert "0.001" in said["cagr"]["note"]
    assert said["linear"]["completion"] == pytest.approx(2 / 3)


def test_after_its_date_a_target_is_achieved_or_missed():
    met, not_met = judged(case(year="2026", value="30"), case(year="2026", value="29.9"))
    assert (met["linear"]["verdict"], not_met["linear"]["verdict"]) == ("achieved", "missed")


@pytest.mark.parametrize(
    ("wrong", "column", "read"),
    [
        ({"direction": "up"}, "direction", "up"),
        ({"direction": ""}, "direction", ""),
        ({"value": "12万"}, "value", "12万"),
        ({"target": "nan"}, "target", "nan"),
        ({"base": "inf"}, "base", "inf"),
        ({"year": "2020.5"}, "year", "2020.5"),
        ({"base_year": "0"}, "base_year", "0"),
        ({"year": ""}, "year", ""),
        ({"target_year": ""}, "target_year", ""),
        ({"limit": "x"}, "limit", "x"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_row_its_column_and_what_was_read(wrong, column, read):
    with pytest.raises(FigureError) as refused:
        judged(case(), case(id="faulty", **wrong))
    assert "faulty" in refused.value.column and column in refused.value.column
    assert refused.value.read == read


def test_a_missing_column_is_named():
    with pytest.raises(FigureError, match="target_year"):
        judge_loose(pd.DataFrame([case()], columns=COLUMNS).drop(columns=["target_year"]))


def test_no_cases_give_no_judgements():
    assert judge_loose(pd.DataFrame(columns=COLUMNS)) == []
