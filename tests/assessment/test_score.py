from __future__ import annotations

import math

import pytest

from trackers.assessment.score import RULE, Score, ScoreGrade, composite, grade_of


def row(indicator="a", attainment=0.5, verdict="lagging", reason=None):
    return {"indicator": indicator, "attainment": attainment, "verdict": verdict, "reason": reason}


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        (100, "优秀"), (90, "优秀"), (89.999, "良好"), (80, "良好"), (79.999, "合格"), (60, "合格"),
        (59.999, "不合格"), (0, "不合格"),
    ],
)  # fmt: skip
def test_a_score_at_a_limit_has_the_better_grade(score, grade):
    assert grade_of(score).word == grade


def test_a_sum_that_misses_its_limit_by_the_rounding_of_binary_numbers_is_at_it():
    assert grade_of(0.1 + 0.2 + 89.7 - 2e-14) is ScoreGrade.EXCELLENT


def test_each_indicator_counts_by_its_weight():
    found = composite([row("a", 0.5), row("b", 1.0)], {"a": 1, "b": 3})
    assert found == Score(87.5, ScoreGrade.GOOD, ())


@pytest.mark.parametrize(("attainment", "score"), [(1.0, 100), (1.001, 100), (1.7, 100), (0.999, 99.9), (0, 0), (-0.2, 0)])
def test_an_attainment_counts_from_nought_to_one(attainment, score):
    found = composite([row(attainment=attainment)], {"a": 5})
    assert found and found.score == pytest.approx(score)


@pytest.mark.parametrize("weights", [{}, {"a": None}, {"a": 0}, {"b": 5}])
def test_without_weights_there_is_no_score(weights):
    assert composite([row()], weights) is None


def test_an_indicator_without_a_weight_does_not_count():
    found = composite([row("a", 0.5), row("b", math.nan, "no_data")], {"a": 5, "b": None})
    assert found and found.score == 50


@pytest.mark.parametrize(
    "lacking",
    [
        row("b", math.nan), row("b", None), row("b", 0.4, "undetermined", "incomplete"), row("b", 0.4, "no_data"),
        row("b", 0.4, "unverified_target"),
    ],
)  # fmt: skip
def test_where_a_weighted_indicator_has_no_attainment_there_is_no_score_and_it_is_named(lacking):
    assert composite([row("a", 1), lacking], {"a": 5, "b": 5}) == Score(None, None, ("b",))


def test_what_is_undetermined_by_its_pace_alone_still_has_an_attainment():
    found = composite([row("a", 0.88, "undetermined", "first_report_only")], {"a": 5})
    assert found and found.score == pytest.approx(88)


def test_the_rule_names_every_grade():
    assert all(grade.word in RULE for grade in ScoreGrade)
