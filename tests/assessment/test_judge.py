from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.standings import followed, judged, number, standing
from trackers.assessment.aggregate import aggregate, alone, summarise
from trackers.assessment.judge import EVIDENCE, judge, methods
from trackers.assessment.policy import Policy

MIDDLE = "2023-07-02"  # 913 of 1826 days: half of the time


def said(value, as_of=MIDDLE, policy=None, **fields):
    return judged(standing(value, **{"day": as_of, **fields}), as_of, policy or Policy())


def test_86_of_120_on_20_may_2024_is_on_track():
    row = said(86, "2024-05-20", target=120.0)
    assert row["completion"] == pytest.approx(0.716667, abs=1e-6)
    assert row["time_progress"] == 1236 / 1826
    assert row["pace"] == pytest.approx(1.0588, abs=1e-4)
    assert (row["verdict"], row["severity"], row["reason"]) == ("on_track", None, None)


def test_the_same_86_on_31_december_2024_lags_mildly_and_is_8_points_behind():
    row = judged(standing(86, "2024-05-20", target=120.0), "2024-12-31")
    assert (row["verdict"], row["severity"]) == ("lagging", "mild")
    assert row["time_progress"] - row["completion"] == pytest.approx(0.083, abs=5e-4)
    assert row["shortfall"] == pytest.approx(120 * 1461 / 1826 - 86)
    assert row["needed_per_year"] == pytest.approx(34)
    assert row["actual_per_year"] == pytest.approx(86 / (3 + 141 / 366))


@pytest.mark.parametrize(
    ("value", "verdict", "severity"),
    [
        (55, "ahead", None), (54.999999, "on_track", None), (45, "on_track", None), (44.999999, "lagging", "mild"),
        (30, "lagging", "mild"), (29.999999, "lagging", "severe"), (0, "lagging", "severe"),
        (-0.000001, "regressing", None), (99.999999, "ahead", None), (100, "achieved", None), (130, "achieved", None),
    ],
)  # fmt: skip
def test_each_band_begins_exactly_at_its_limit(value, verdict, severity):
    row = said(value)
    assert (row["verdict"], row["severity"]) == (verdict, severity)


def test_nine_of_a_hundred_after_just_a_tenth_of_the_time_is_on_track():
    days = {"base_day": 18000.0, "target_day": 19000.0}
    row = said(9, "2019-07-23", **days)  # day 18100
    assert row["time_progress"] == 0.1
    assert (row["pace"], row["verdict"]) == (0.9, "on_track")


@pytest.mark.parametrize(("base_day", "verdict"), [(18000.0, "ahead"), (18000.1, "starting"), (18200.0, "starting")])
def test_before_a_tenth_of_the_time_and_before_the_baseline_it_is_starting(base_day, verdict):
    row = said(50, "2019-07-23", base_day=base_day, target_day=19000.0)
    assert row["verdict"] == verdict


def test_starting_comes_before_regressing():
    assert said(-5, "2021-02-01")["verdict"] == "starting"


@pytest.mark.parametrize(("as_of", "verdict"), [("2025-12-30", "lagging"), ("2025-12-31", "missed"), ("2026-03-01", "missed")])
def test_from_the_targets_own_day_on_what_is_not_met_is_missed(as_of, verdict):
    assert judged(standing(80, "2025-12-30"), as_of)["verdict"] == verdict


def test_after_the_targets_day_the_whole_target_is_expected_and_nothing_more_is_needed():
    row = judged(standing(80, "2025-12-30"), "2026-03-01")
    assert (row["expected"], row["shortfall"]) == (100, 20)
    assert np.isnan(row["needed_per_year"])
    assert row["time_progress"] > 1


@pytest.mark.parametrize(("age", "verdict"), [(400, "on_track"), (401, "stale")])
def test_a_figure_is_stale_when_it_is_more_than_400_days_old(age, verdict):
    now = date.fromisoformat(MIDDLE)
    old = now.fromordinal(now.toordinal() - age).isoformat()
    assert judged(standing(50, old), MIDDLE)["verdict"] == verdict


def test_a_missed_target_has_its_shortfall_even_without_a_baseline():
    row = judged(followed({"2025-06-30": 88}, "2025-12-31", target=95.0), "2025-12-31")
    assert (row["verdict"], row["expected"], row["shortfall"]) == ("missed", 95, 7)
    assert np.isnan(row["completion"])


def test_an_aggregate_is_as_old_as_its_oldest_member():
    assert said(50, oldest_day=number(MIDDLE) - 401)["verdict"] == "stale"


def test_an_unverified_target_is_never_judged_even_where_a_number_stands_there():
    row = said(150, unverified=True)
    assert row["verdict"] == "unverified_target"
    assert row[["attainment", "completion", "pace", "expected", "shortfall", "attained_on"]].isna().all()


def test_nothing_reported_is_no_data():
    row = judged(standing(None), MIDDLE)
    assert (row["verdict"], row["reason"]) == ("no_data", None)
    assert row["expected"] == 50


@pytest.mark.parametrize(("value", "as_of"), [(150, MIDDLE), (150, "2026-01-31"), (10, "2026-01-31"), (10, MIDDLE)])
def test_an_incomplete_aggregate_is_neither_achieved_nor_missed(value, as_of):
    row = judged(standing(value, MIDDLE, complete=False, previous=200.0), as_of)
    assert (row["verdict"], row["reason"]) == ("undetermined", "incomplete")
    assert row[["attainment", "completion", "pace", "shortfall", "needed_per_year", "actual_per_year"]].isna().all()
    assert not row["falling"]


def test_a_region_without_its_share_of_a_sum_is_not_judged():
    row = said(50, no_target=True, target=np.nan)
    assert (row["verdict"], row["reason"]) == ("undetermined", "no_regional_target")
    assert said(50, target=np.nan)["reason"] == "no_target"


def test_without_a_baseline_there_is_attainment_and_no_verdict_on_pace():
    row = said(88, base=np.nan, base_day=np.nan)
    assert (row["verdict"], row["reason"], row["attainment"]) == ("undetermined", "no_baseline", 0.88)
    assert row[["completion", "time_progress", "pace", "expected"]].isna().all()
    assert said(100, base=np.nan, base_day=np.nan)["verdict"] == "achieved"


def test_one_report_that_is_its_own_baseline_says_nothing_of_pace():
    row = judged(followed({"2021-12-31": 88}, MIDDLE, target=95.0), "2022-12-31")
    assert (row["verdict"], row["reason"]) == ("undetermined", "first_report_only")
    assert row["attainment"] == pytest.approx(88 / 95)
    assert row[["completion", "pace", "expected", "shortfall", "actual_per_year", "projected"]].isna().all()


def test_a_second_report_is_measured_from_the_first():
    row = judged(followed({"2021-12-31": 88, "2023-12-31": 91.5}, "2023-12-31", target=95.0), "2023-12-31")
    assert (row["completion"], row["time_progress"]) == (0.5, 730 / 1461)
    assert row["verdict"] == "on_track"
    assert row["actual_per_year"] == 1.75


def test_one_report_that_meets_its_target_has_achieved_it():
    assert judged(followed({"2021-12-31": 96}, MIDDLE, target=95.0), MIDDLE)["verdict"] == "achieved"


@pytest.mark.parametrize(
    ("value", "previous", "verdict", "severity"),
    [
        (101, 110.0, "achieved", None),
        (100, 110.0, "achieved", None),
        (96, 97.0, "regressing", None),
        (97, 97.0, "lagging", "mild"),
        (98, 97.0, "lagging", "mild"),
        (98, np.nan, "regressing", None),
    ],
)
def test_a_target_met_at_the_baseline_is_judged_by_level_and_trend(value, previous, verdict, severity):
    row = said(value, base=105.0, previous=previous)
    assert (row["verdict"], row["severity"], row["kept"]) == (verdict, severity, True)
    assert np.isnan(row["pace"])
    assert (row["expected"], row["shortfall"]) == (100, 100 - value)


def test_a_baseline_that_is_just_the_target_is_to_be_kept():
    assert said(99, base=100.0)["verdict"] == "regressing"
    assert said(99, base=99.5)["kept"] == np.False_


def test_a_kept_target_is_judged_from_the_first_day_on():
    assert said(96, "2021-01-31", base=105.0, previous=95.0)["verdict"] == "lagging"


def test_the_plan_may_say_that_a_target_is_to_be_kept():
    row = said(96, base=90.0, previous=95.0, keep=True)
    assert (row["verdict"], row["severity"], row["kept"]) == ("lagging", "mild", True)


def test_a_fall_since_the_last_report_is_a_flag_beside_the_verdict():
    row = said(50, previous=52.0)
    assert (row["verdict"], row["falling"]) == ("on_track", True)
    assert not said(50, previous=50.0)["falling"]
    assert not said(50)["falling"]
    assert said(50, direction="decrease", base=100.0, target=0.0, previous=48.0)["falling"]


def test_annual_targets_bend_what_is_expected_and_leave_completion_alone():
    row = said(22, expected_override=20.0)
    assert (row["pace"], row["verdict"], row["expected"]) == (1.1, "ahead", 20)
    assert (row["completion"], row["time_progress"]) == (0.22, 0.5)


@pytest.mark.parametrize(("value", "verdict"), [(5, "undetermined"), (0, "undetermined"), (-1, "regressing")])
def test_where_annual_targets_call_for_no_change_yet_there_is_no_pace(value, verdict):
    row = said(value, expected_override=0.0)
    assert row["verdict"] == verdict
    assert row["reason"] == ("no_expected_change" if verdict == "undetermined" else None)
    assert np.isnan(row["pace"])


def test_verdicts_come_in_their_order():
    lost = {"unverified": True, "complete": False, "no_target": True, "first_base": True}
    order = []
    frame = standing(150, MIDDLE, oldest_day=0.0, **lost)
    order.append(judged(frame, "2026-01-01")["verdict"])
    frame["unverified"] = False
    order.append(judged(frame.assign(value=np.nan), "2026-01-01")["verdict"])
    order.append(judged(frame, "2026-01-01")["reason"])
    frame["complete"] = True
    order.append(judged(frame, "2026-01-01")["reason"])
    frame["no_target"] = False
    order.append(judged(frame, "2026-01-01")["verdict"])
    frame["value"] = 50.0
    order.append(judged(frame, "2026-01-01")["verdict"])
    order.append(judged(frame, MIDDLE)["verdict"])
    frame["oldest_day"] = number(MIDDLE)
    order.append(judged(frame, MIDDLE)["reason"])
    assert order == [
        "unverified_target", "no_data", "incomplete", "no_regional_target", "achieved", "missed", "stale",
        "first_report_only",
    ]  # fmt: skip


def test_the_trend_of_the_reports_gives_projection_and_day_of_attainment():
    values = {"2021-12-31": 10, "2022-12-31": 20, "2023-12-31": 30, "2024-12-31": 41}
    row = judged(followed(values, "2024-12-31"), "2024-12-31")
    assert row["projected_low"] < row["projected"] < row["projected_high"]
    assert row["projected"] == pytest.approx(51, abs=0.5)
    assert row["attained_on"] > number("2030-01-01")
    assert np.isnan(judged(followed({**values, "2024-12-31": 100}, "2024-12-31"), "2024-12-31")["attained_on"])


def test_the_policy_moves_the_limits():
    strict = Policy(ahead=1.3, on_track=1.2, severe=1.1, starting=0.6, stale_after_days=10)
    assert said(50)["verdict"] == "on_track"
    assert said(50, policy=Policy(on_track=1.05))["verdict"] == "lagging"
    assert said(50, policy=strict)["verdict"] == "starting"
    assert judged(standing(50, "2023-06-01"), MIDDLE, strict)["verdict"] == "stale"


def test_a_value_observed_after_the_judgement_is_refused():
    for function in (judge, methods):
        with pytest.raises(ValueError, match="2023-01-01"):
            function(standing(50, MIDDLE), date(2023, 1, 1))


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="up"):
        said(50, direction="up")


def test_the_index_is_kept_and_no_rows_give_no_rows():
    frame = pd.concat([standing(50), standing(60)]).set_axis([7, 3])
    assert judge(frame, date(2023, 6, 30)).index.tolist() == [7, 3]
    empty = judge(frame.iloc[:0], date(2023, 6, 30))
    assert empty.empty and empty.columns.tolist() == list(EVIDENCE)
    assert methods(frame.iloc[:0], date(2023, 6, 30)) == []


def test_words_are_plain_text_and_absent_ones_are_none():
    row = said(10)
    assert [type(row[name]) for name in ("verdict", "severity")] == [str, str]
    assert row["reason"] is None


def test_the_other_methods_stand_beside_the_verdict_and_a_disagreement_is_said():
    frame = pd.concat([standing(14.63, MIDDLE, base=0.37, target=60.0), standing(30, MIDDLE, base=10.0, target=50.0)])
    tiny, even = methods(frame, date.fromisoformat(MIDDLE))
    assert (tiny["cagr"]["status"], even["cagr"]["status"]) == ("substantial_progress", "substantial_progress")
    assert judge(frame, date.fromisoformat(MIDDLE))["disagree"].tolist() == [True, False]


def test_a_count_from_nought_is_judged_by_the_linear_method_alone():
    frame = standing(50, MIDDLE)
    (other,) = methods(frame, date.fromisoformat(MIDDLE))
    assert other["cagr"] == {"ratio": None, "status": "not_available", "reason": "zero"}
    assert other["projection"] == {"q": None, "status": "not_available", "reason": None}
    assert not judge(frame, date.fromisoformat(MIDDLE))["disagree"].any()


@pytest.mark.parametrize(
    ("barred", "reason"),
    [
        ({"unverified": True}, "unverified_target"), ({"complete": False}, "incomplete"),
        ({"no_target": True}, "no_regional_target"), ({"target": np.nan}, "no_target"),
    ],
)  # fmt: skip
def test_what_may_not_be_judged_is_judged_by_no_method(barred, reason):
    (other,) = methods(standing(50, MIDDLE, base=10.0, **barred), date.fromisoformat(MIDDLE))
    assert other["cagr"] == {"ratio": None, "status": "not_available", "reason": reason}
    assert other["projection"]["status"] == "not_available"
    assert not said(50, base=10.0, **barred)["disagree"]


whole = st.integers(-200, 200)
moments = st.integers(1, 1825).map(lambda days: date.fromordinal(date(2020, 12, 31).toordinal() + days).isoformat())
SAME = ["completion", "time_progress", "pace", "verdict", "severity", "reason", "falling", "kept"]


def mirrored(frame):
    turned = {name: -frame[name] for name in ("value", "base", "target", "previous", "sum_y", "sum_xy")}
    return frame.assign(direction="decrease", **turned)


@settings(max_examples=60, deadline=None)
@given(value=whole, base=whole, target=whole, previous=whole, day=moments)
def test_turning_the_direction_round_mirrors_the_judgement(value, base, target, previous, day):
    frame = standing(value, day, base=float(base), target=float(target), previous=float(previous))
    more, less = judged(frame, day), judged(mirrored(frame), day)
    pd.testing.assert_series_equal(more[SAME], less[SAME], rtol=1e-12)
    assert less["shortfall"] == pytest.approx(more["shortfall"], nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(value=whole, base=whole, target=whole, day=moments, factor=st.sampled_from([0.001, 0.1, 3, 7.7, 10000]))
def test_another_unit_leaves_completion_pace_and_verdict_as_they_are(value, base, target, day, factor):
    plain = judged(standing(value, day, base=float(base), target=float(target)), day)
    scaled = judged(standing(value * factor, day, base=base * factor, target=target * factor), day)
    pd.testing.assert_series_equal(plain[SAME], scaled[SAME], rtol=1e-9)


counts = st.dictionaries(moments, st.integers(0, 120), min_size=2, max_size=10)


@settings(max_examples=40, deadline=None)
@given(counts, moments)
def test_a_later_report_never_changes_an_earlier_judgement(values, as_of):
    earlier = {day: value for day, value in values.items() if day <= as_of}
    if earlier:
        before, after = (judged(followed(each, as_of), as_of) for each in (earlier, values))
        pd.testing.assert_series_equal(before, after)


@settings(max_examples=40, deadline=None)
@given(counts, st.sampled_from(["sum", "mean", "max", "min", "ratio"]))
def test_an_aggregate_of_one_region_with_the_same_target_is_judged_as_the_region(values, rule):
    rows = [("a", number(day), value / 1.6, float(value), 160.0) for day, value in values.items()]
    history = pd.DataFrame(rows, columns=["region", "day", "value", "numerator", "denominator"])
    own = summarise(alone(history, "region"))
    above = summarise(aggregate(history, {"above": ["a"]}, rule, 1.0, scale=100))
    target = {"direction": "increase", "first_base": True, "target": 60.0, "target_day": number("2025-12-31")}
    both = [
        judged(each.assign(base=each["first"], base_day=each["first_day"], unverified=False, no_target=False, **target),
               "2025-12-30")
        for each in (own, above)
    ]  # fmt: skip
    words = ["verdict", "severity", "reason", "kept", "falling"]
    assert both[0][words].tolist() == both[1][words].tolist()
    figures = [name for name in EVIDENCE if name not in {*words, "disagree", "attained_on"}]
    pd.testing.assert_series_equal(both[0][figures].astype(float), both[1][figures].astype(float), rtol=1e-9, check_names=False)
