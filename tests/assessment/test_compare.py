from __future__ import annotations

import numpy as np

from trackers.assessment.compare import at_least, below, divide, everywhere, first_of, meets


def one(*figures):
    return [np.array([figure], dtype=float) for figure in figures]


def test_what_binary_rounding_leaves_below_a_limit_is_at_the_limit():
    a, b = one(0.1 + 0.2, 0.3)
    assert at_least(a, b)[0] and at_least(b, a)[0]
    assert not below(a, b)[0] and not below(b, a)[0]


def test_a_reported_figure_just_below_is_below():
    a, b = one(119.9999999, 120)
    assert below(a, b)[0] and not at_least(a, b)[0]


def test_an_absent_figure_is_neither_below_nor_at_least():
    a, b = one(np.nan, 1)
    assert not below(a, b)[0] and not at_least(a, b)[0]


def test_the_direction_decides_what_met_means():
    more, less = np.array([1.0]), np.array([-1.0])
    assert meets(more, *one(12, 10))[0] and not meets(less, *one(12, 10))[0]
    assert meets(less, *one(8, 10))[0] and meets(less, *one(10, 10))[0]


def test_dividing_by_nought_gives_nothing():
    assert np.isnan(divide(*one(1, 0))[0]) and np.isnan(divide(*one(0, 0))[0])
    assert not np.signbit(divide(*one(0, -5))[0])


def test_the_first_case_that_applies_is_taken():
    yes, no = np.array([True, True, False]), np.array([True, False, False])
    assert list(first_of([(no, "a"), (yes, None)])) == ["a", None, None]


def test_words_are_told_apart_and_put_in_each_others_place():
    some = np.array([True, False, False])
    words = first_of([(some, "a"), (~some, "b")])
    assert words.among("a", "c").tolist() == [True, False, False]
    assert list(words.where(some, everywhere("c", some))) == ["a", "c", "c"]
