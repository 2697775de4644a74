from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from trackers.assessment.regions import OFF_COURSE, ON_COURSE, Course, courses, of_regions
from trackers.assessment.verdict import Verdict

NAN = float("nan")


def rows(**regions: str) -> pd.DataFrame:
    """Rows of regions, each named by its verdicts: `lagging:severe on_track`; those of no data have no value."""
    lines = [(region, *said.partition(":")[::2]) for region, told in regions.items() for said in told.split()]
    return pd.DataFrame(
        {
            "region": [region for region, _, _ in lines],
            "verdict": [verdict for _, verdict, _ in lines],
            "severity": pd.Series([severity or None for _, _, severity in lines], dtype=object),
            "value": [NAN if verdict == "no_data" else 1.0 for _, verdict, _ in lines],
        }
    )


@pytest.mark.parametrize(
    ("told", "verdict", "severity"),
    [
        ("on_track regressing lagging:severe missed", "regressing", None),
        ("achieved lagging:mild lagging:severe", "lagging", "severe"),
        ("achieved lagging:mild ahead", "lagging", "mild"),
        ("achieved ahead", "ahead", None),
        ("no_data no_data on_track", "on_track", None),  # what is missing is no verdict on progress
        ("no_data undetermined stale", "stale", None),
        ("no_data unverified_target", "unverified_target", None),
        ("no_data no_data", "no_data", None),
    ],
)
def test_the_worst_verdict_on_progress_stands_for_the_region(told, verdict, severity):
    (found,) = of_regions(rows(a=told)).to_dict("records")
    assert found["verdict"] == verdict and found["severity"] == severity


def test_only_what_is_judged_counts_towards_the_share_on_course():
    (found,) = of_regions(rows(a="achieved ahead on_track lagging:mild starting stale no_data")).to_dict("records")
    assert (found["on_course"], found["judged"], found["share"]) == (3, 4, 0.75)
    assert (found["reported"], found["expected"], found["course"]) == (6, 7, Course.HALF)


def test_a_region_without_figures_has_no_share_and_is_never_at_nought():
    found = of_regions(rows(silent="no_data no_data", waiting="no_data stale", bad="missed")).loc
    assert np.isnan(found["silent", "share"]) and found["silent", "course"] == Course.SILENT
    assert np.isnan(found["waiting", "share"]) and found["waiting", "course"] == Course.UNJUDGED
    assert found["bad", "share"] == 0 and found["bad", "course"] == Course.FEW


def test_regions_stand_in_the_order_in_which_they_are_met():
    assert list(of_regions(rows(b="ahead", a="ahead")).index) == ["b", "a"]


@pytest.mark.parametrize(
    ("share", "course"),
    [(1.0, "all"), (0.999, "most"), (0.8, "most"), (0.799, "half"), (0.5, "half"), (0.499, "few"), (0.0, "few"), (4 / 5, "most")],
)
def test_a_share_at_a_limit_is_the_better_one(share, course):
    assert courses(np.array([share]), np.array([1])) == [course]


def test_every_verdict_has_a_place_and_those_on_course_and_off_it_are_apart():
    assert len(of_regions(rows(a=" ".join(Verdict)))) == 1
    assert not set(ON_COURSE) & set(OFF_COURSE)


def test_words_and_signs_of_the_share_tell_the_kinds_apart():
    assert len({each.sign for each in Course}) == len({each.word for each in Course}) == len(Course)
    assert all(each.sign.encode("gbk") for each in Course)
