from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.standings import number, reports
from trackers.assessment.aggregate import POINTS, SUMMARY, aggregate, alone, summarise


def history(*rows):
    """Rows of region, day, value, or region, day, numerator, denominator."""
    filled = [(*row, math.nan, math.nan) if len(row) == 3 else (*row[:2], math.nan, *row[2:]) for row in rows]
    return pd.DataFrame(filled, columns=["region", "day", "value", "numerator", "denominator"])


def last(points, name="city"):
    return points[points["aggregate"] == name].iloc[-1]


COUNTS = history(("a", 1, 10.0), ("b", 2, 20.0), ("a", 5, 15.0))


def test_a_sum_adds_up_each_members_latest_report():
    points = aggregate(COUNTS, {"city": ["a", "b"]}, "sum", 1.0)
    assert points[["day", "value", "reported", "complete"]].values.tolist() == [
        [1, 10, 1, False], [2, 30, 2, True], [5, 35, 2, True],
    ]  # fmt: skip
    assert points["oldest_day"].tolist() == [1, 1, 2]
    assert points["expected"].tolist() == [2, 2, 2]


def test_a_region_that_reported_nothing_is_never_counted_as_nought():
    for rule, value in (("sum", 35), ("mean", 17.5), ("min", 15), ("max", 20)):
        row = last(aggregate(COUNTS, {"city": ["a", "b", "silent"]}, rule, 1.0))
        assert (row["value"], row["reported"], row["expected"], row["complete"]) == (value, 2, 3, False)


def test_a_report_of_nought_is_a_report():
    row = last(aggregate(history(("a", 1, 0.0), ("b", 1, 4.0)), {"city": ["a", "b"]}, "mean", 1.0))
    assert (row["value"], row["reported"], row["complete"]) == (2, 2, True)


def test_an_aggregate_no_member_of_which_reported_has_no_points():
    assert aggregate(COUNTS, {"city": ["x"], "none": []}, "sum", 1.0).empty


def test_rates_are_added_up_by_numerator_and_denominator():
    rates = history(("a", 1, 90.0, 100.0), ("b", 2, 10.0, 300.0))
    row = last(aggregate(rates, {"city": ["a", "b"]}, "ratio", 0.8, scale=100))
    assert (row["value"], row["numerator"], row["denominator"]) == (25, 100, 400)


def test_a_member_whose_latest_report_lacks_its_parts_counts_as_not_reported():
    rates = pd.concat([history(("a", 1, 90.0, 100.0), ("b", 1, 10.0, 20.0)), history(("b", 2, 55.0))])
    row = last(aggregate(rates, {"city": ["a", "b"]}, "ratio", 0.8, scale=100))
    assert (row["value"], row["reported"], row["complete"], row["day"]) == (90, 1, False, 2)


def test_without_a_denominator_there_is_no_rate():
    row = last(aggregate(history(("a", 1, 0.0, 0.0)), {"city": ["a"]}, "ratio", 0.8))
    assert math.isnan(row["value"]) and not row["complete"]


@pytest.mark.parametrize(("reported", "complete"), [(3, False), (4, True), (5, True)])
def test_four_fifths_of_the_members_are_enough_for_a_share_of_four_fifths(reported, complete):
    rows = [(code, 1, 1.0) for code in "abcde"[:reported]]
    assert last(aggregate(history(*rows), {"city": list("abcde")}, "mean", 0.8))["complete"] == complete


def test_of_two_reports_on_one_day_the_last_is_used():
    assert last(aggregate(history(("a", 1, 5.0), ("a", 1, 7.0)), {"city": ["a"]}, "sum", 1.0))["value"] == 7


def test_a_region_belongs_to_its_city_and_to_its_province():
    points = aggregate(COUNTS, {"city": ["a"], "province": ["a", "b"]}, "sum", 1.0)
    assert (last(points)["value"], last(points, "province")["value"]) == (15, 35)
    assert points[points["aggregate"] == "city"]["day"].tolist() == [1, 5]


def test_what_is_reported_at_its_own_level_is_not_put_together():
    with pytest.raises(ValueError, match="own"):
        aggregate(COUNTS, {"city": ["a"]}, "own", 1.0)


def test_nothing_reported_gives_no_points_but_all_columns():
    points = aggregate(history(), {"city": ["a"]}, "sum", 1.0)
    assert points.empty and points.columns.tolist() == list(POINTS)
    assert summarise(points).empty and summarise(points).columns.tolist() == list(SUMMARY)


figures = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 9), st.integers(-50, 50)),
    max_size=25,
    unique_by=lambda row: row[:2],
)
groups = st.dictionaries(st.sampled_from("XYZ"), st.lists(st.sampled_from("abcde"), min_size=1, unique=True))
PLAIN = {"sum": sum, "mean": lambda v: sum(v) / len(v), "max": max, "min": min}


@settings(max_examples=60, deadline=None)
@given(figures, groups, st.sampled_from(sorted(PLAIN)))
def test_points_are_what_going_through_the_reports_one_by_one_gives(rows, members, rule):
    expected = []
    for name, codes in members.items():
        for day in sorted({d for code, d, _ in rows if code in codes}):
            latest = {code: (d, v) for code, d, v in sorted(rows, key=lambda r: r[1]) if d <= day and code in codes}
            value = PLAIN[rule]([v for _, v in latest.values()])
            expected.append([name, day, value, len(latest), min(d for d, _ in latest.values())])
    points = aggregate(history(*rows), members, rule, 1.0)
    found = points[["aggregate", "day", "value", "reported", "oldest_day"]].values.tolist()
    assert found == [[*row[:2], pytest.approx(row[2]), *row[3:]] for row in expected]


def test_a_summary_starts_at_the_first_complete_point():
    rows = summarise(aggregate(COUNTS, {"city": ["a", "b"]}, "sum", 1.0)).loc["city"]
    assert (rows["n"], rows["first"], rows["first_day"], rows["value"], rows["previous"]) == (2, 30, 2, 35, 30)
    assert (rows["day"], rows["oldest_day"], rows["reported"], rows["expected"]) == (5, 2, 2, 2)


def test_a_summary_shows_the_last_point_even_where_it_is_not_complete():
    row = summarise(aggregate(COUNTS, {"city": ["a", "b", "c"]}, "sum", 1.0)).loc["city"]
    assert (row["n"], row["value"], row["complete"], row["sum_xx"]) == (0, 35, False, 0)
    assert np.isnan([row["first"], row["first_day"], row["previous"]]).all()


def test_sums_for_the_trend_count_days_from_2020():
    row = summarise(alone(reports({"2020-01-03": 4.0, "2020-01-11": 6.0}))).loc["a"]
    assert row[["n", "sum_x", "sum_y", "sum_xx", "sum_xy", "sum_yy"]].tolist() == [2, 12, 10, 104, 68, 52]
    assert row["first_day"] == number("2020-01-03")


def test_a_series_of_its_own_is_always_complete():
    points = alone(reports({"2021-12-31": 5.0, "2022-12-31": 8.0}))
    assert points["complete"].all() and points["oldest_day"].equals(points["day"])


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.integers(1, 400), st.integers(-90, 90), min_size=1, max_size=12))
def test_the_aggregate_of_one_region_is_that_region(values):
    rows = history(*[("a", day, float(value)) for day, value in values.items()])
    own = summarise(alone(rows, "region")).loc["a"]
    for rule in PLAIN:
        above = summarise(aggregate(rows, {"city": ["a"]}, rule, 1.0)).loc["city"]
        pd.testing.assert_series_equal(own, above, check_names=False)
