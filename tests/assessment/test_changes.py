from __future__ import annotations

import pandas as pd
import pytest

from trackers.assessment.changes import Turn, turned_since


def judged(verdict: str, severity: str | None = None, region: str = "210000", year: int = 2025) -> pd.DataFrame:
    row = {"indicator": "a", "region": region, "target_year": year, "verdict": verdict, "severity": severity}
    return pd.DataFrame([row | {"word": verdict, "sign": "*"}])


@pytest.mark.parametrize(
    ("before", "now", "turn"),
    [
        (("on_track", None), ("ahead", None), Turn.BETTER),
        (("lagging", "severe"), ("lagging", "mild"), Turn.BETTER),
        (("regressing", None), ("lagging", "severe"), Turn.BETTER),
        (("ahead", None), ("achieved", None), Turn.BETTER),
        (("lagging", "mild"), ("lagging", "severe"), Turn.WORSE),
        (("on_track", None), ("missed", None), Turn.WORSE),
        (("achieved", None), ("regressing", None), Turn.WORSE),
        (("on_track", None), ("stale", None), Turn.LOST),
        (("no_data", None), ("missed", None), Turn.GAINED),
    ],
)
def test_a_series_turns_by_what_its_verdicts_are_worth(before, now, turn):
    found = turned_since(judged(*before), judged(*now))
    assert found["turn"].tolist() == [turn] and found["word_before"].tolist() == [before[0]]


@pytest.mark.parametrize(("before", "now"), [("regressing", "missed"), ("no_data", "stale"), ("on_track", "on_track")])
def test_verdicts_of_the_same_worth_are_no_turn(before, now):
    assert turned_since(judged(before), judged(now)).empty


def test_a_series_that_only_one_judgement_has_did_not_turn():
    assert turned_since(judged("on_track", region="210100"), judged("ahead", region="210200")).empty


def test_a_series_held_to_the_target_of_another_year_did_not_turn():
    assert turned_since(judged("achieved", year=2020), judged("lagging", "severe", year=2025)).empty


def test_nothing_turned_since_a_day_without_rows():
    assert turned_since(judged("ahead").iloc[:0], judged("ahead")).empty


def test_series_are_found_again_where_both_judgements_have_them_in_another_order():
    both = pd.concat([judged("lagging", region="210100"), judged("ahead", region="210200")], ignore_index=True)
    now = pd.concat([judged("ahead", region="210200"), judged("on_track", region="210100")], ignore_index=True)
    found = turned_since(both, now)
    assert list(found["region"]) == ["210100"] and list(found["turn"]) == [Turn.BETTER]
