from __future__ import annotations

import pandas as pd
import pytest

from trackers.assessment.peers import Likeness, peers

NAN = float("nan")
ABOVE = {"me": "city", "a": "city", "b": "city", "c": "city", "d": "city", "far": "other", "near": "other", "city": "top"}


def one(region: str, completion: float, verdict: str = "on_track", baseline: float = 50.0, level: str = "county") -> dict:
    return {
        "region": region, "region_level": level, "verdict": verdict, "completion": completion, "baseline": baseline,
        "target": 100.0,
    }  # fmt: skip


ME = one("me", 0.3, "lagging")


def found(*rows: dict, me: dict = ME) -> tuple[str, tuple[str, ...]]:
    told = peers(pd.DataFrame([me, *rows]), "me", ABOVE)
    return told.likeness.value, told.regions


def test_regions_of_the_same_superior_that_went_further_are_named_the_furthest_first():
    assert found(one("a", 0.5), one("b", 0.9, "achieved"), one("c", 0.7, "ahead")) == ("superior", ("b", "c", "a"))


def test_three_are_named_and_equal_ones_by_their_code():
    rows = [one("d", 0.6), one("c", 0.6), one("b", 0.6), one("a", 0.6)]
    assert found(*rows) == ("superior", ("a", "b", "c"))


@pytest.mark.parametrize(("completion", "named"), [(0.3, False), (0.3 + 1e-15, False), (0.301, True), (0.299, False)])
def test_who_went_no_further_does_not_do_better(completion, named):
    assert bool(found(one("a", completion))[1]) is named


@pytest.mark.parametrize("verdict", ["lagging", "regressing", "stale", "starting", "undetermined", "no_data"])
def test_who_is_not_on_course_is_no_example(verdict):
    assert found(one("a", 0.9, verdict)) == ("none", ())


def test_who_has_no_figure_is_never_named():
    assert found(one("a", NAN)) == ("none", ())


def test_regions_of_another_level_are_not_alike():
    assert found(one("city", 0.9, level="city")) == ("none", ())


@pytest.mark.parametrize(
    ("baseline", "named"), [(50.0, True), (55.0, True), (45.0, True), (55.1, False), (44.9, False), (NAN, False)]
)
def test_elsewhere_a_region_is_alike_when_it_started_from_nearly_the_same(baseline, named):
    likeness, regions = found(one("far", 0.9, baseline=baseline))
    assert (likeness, regions) == (("baseline", ("far",)) if named else ("none", ()))


def test_those_of_the_same_superior_come_before_those_elsewhere():
    assert found(one("far", 0.99), one("a", 0.5)) == ("superior", ("a",))


def test_a_region_whose_own_way_is_not_known_has_nobody_beside_it():
    assert found(one("a", 0.9), me=one("me", NAN, "lagging")) == ("none", ())
    assert peers(pd.DataFrame([one("a", 0.9)]), "me", ABOVE) == (Likeness.NONE, ())


def test_regions_at_the_top_have_no_superior_in_common():
    rows = pd.DataFrame([ME, one("a", 0.9, baseline=90.0)])
    assert peers(rows, "me", {"me": None, "a": None}) == (Likeness.NONE, ())


def test_each_rule_is_told():
    assert "同一上级" in Likeness.SUPERIOR.word and "10%" in Likeness.BASELINE.word and not Likeness.NONE.word
