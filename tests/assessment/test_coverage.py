from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackers.assessment.coverage import LeftOut, Share, coverage


def share(key: str, target: float | None, *regions: str, year: int = 2020) -> Share:
    return Share(key, frozenset(regions or {key}), target, year)


def test_targets_of_different_places_add_up_and_leave_a_rest():
    found = coverage(100, 2020, [share("a", 30), share("b", 50)], additive=True)
    assert (found.total, found.share, found.rest) == (80, 0.8, 20)
    assert found.counted == ("a", "b") and found.left_out == {}


def test_more_than_the_superior_target_leaves_less_than_nothing():
    found = coverage(100, 2020, [share("a", 130)], additive=True)
    assert (found.share, found.rest) == (1.3, -30)


def test_tenths_that_make_up_the_target_leave_nothing():
    found = coverage(0.3, 2020, [share("a", 0.1), share("b", 0.2)], additive=True)
    assert (found.total, found.share, found.rest) == (0.3, 1, 0)


def test_a_place_within_another_is_not_counted_twice_in_whichever_order_they_come():
    city, county = share("city", 30, "210900", "210902"), share("county", 10, "210902")
    for shares in ([city, county], [county, city]):
        found = coverage(100, 2020, shares, additive=True)
        assert (found.total, found.counted, found.left_out) == (30, ("city",), {"county": LeftOut.INSIDE})


def test_a_place_within_one_whose_target_is_not_known_is_counted():
    shares = [share("city", None, "210900", "210902"), share("county", 10, "210902")]
    found = coverage(100, 2020, shares, additive=True)
    assert (found.total, found.left_out) == (10, {"city": LeftOut.UNVERIFIED})


def test_the_same_place_and_places_that_have_a_part_in_common_count_once():
    shares = [share("a", 30, "1", "2"), share("b", 30, "1", "2"), share("c", 5, "2", "3")]
    found = coverage(100, 2020, shares, additive=True)
    assert found.counted == ("a",) and found.left_out == {"b": LeftOut.SAME_REGION, "c": LeftOut.OVERLAPPING}


def test_rates_are_never_added_up():
    found = coverage(95, 2020, [share("a", 90), share("b", 95)], additive=False)
    assert (found.total, found.share, found.rest, found.counted) == (None, None, None, ())
    assert set(found.left_out.values()) == {LeftOut.RATE}


def test_a_target_of_another_year_is_left_out():
    assert coverage(100, 2020, [share("a", 30, year=2025)], additive=True).left_out == {"a": LeftOut.OTHER_YEAR}


@pytest.mark.parametrize(("target", "rest"), [(None, None), (0, -30)])
def test_where_the_superior_target_is_not_known_or_nought_there_is_no_share(target, rest):
    found = coverage(target, 2020, [share("a", 30)], additive=True)
    assert (found.total, found.share, found.rest) == (30, None, rest)


def test_without_lower_plans_there_is_nothing_to_add_up():
    assert coverage(100, 2020, [], additive=True).total is None


@given(st.lists(st.tuples(st.frozensets(st.sampled_from("abcdef"), min_size=1), st.floats(0, 1e6) | st.none()), max_size=8))
def test_no_place_is_ever_counted_twice_and_every_plan_is_accounted_for(told):
    shares = [Share(str(n), regions, target, 2020) for n, (regions, target) in enumerate(told)]
    found = coverage(100, 2020, shares, additive=True)
    counted = [each for each in shares if each.key in found.counted]
    assert sum(len(each.regions) for each in counted) == len(frozenset().union(*(each.regions for each in counted)))
    assert set(found.counted) | set(found.left_out) == {each.key for each in shares}
    assert not set(found.counted) & set(found.left_out)


def test_why_something_is_left_out_is_said_in_words():
    assert all(each.word for each in LeftOut)
