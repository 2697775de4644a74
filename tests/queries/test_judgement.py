from __future__ import annotations

import pandas as pd
import pytest

from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, day, figure, new_store, record, sample_plan
from tests.waiting import wait
from trackers.actions.review import approve
from trackers.queries.assess import assess
from trackers.queries.judgement import Judgement, carried_on
from trackers.queries.versions import versions

DAY = day("2016-12-31")


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        record(store, figure("summed", "210902", "2016Q4", 5), figure("mean", "210902", "2016Q4", 7))
        yield store


def judgement(store, before: Judgement | None = None) -> tuple[Judgement, list[str | None]]:
    """The judgement carried on, and what was judged for it."""
    plan, asked = sample_plan(), []

    def judge(indicator: str | None) -> pd.DataFrame:
        asked.append(indicator)
        return assess(store, plan, DAY, by=OPERATOR, indicator=indicator)

    return carried_on(store, plan, judge, before), asked


def test_where_nothing_changed_nothing_is_judged_again(store):
    first, asked = judgement(store)
    assert asked == [None]
    again, asked = judgement(store, first)
    assert asked == []
    assert again.frame is first.frame


def test_only_the_indicator_whose_approved_figures_changed_is_judged_again_and_the_whole_is_the_same(store):
    first, _ = judgement(store)
    record(store, figure("summed", "210903", "2016Q4", 6))
    carried, asked = judgement(store, first)
    assert asked == ["summed"]
    whole, _ = judgement(store)
    pd.testing.assert_frame_equal(carried.frame, whole.frame)
    assert carried.figures == whole.figures
    assert not carried.frame.equals(first.frame)


def test_where_many_indicators_changed_all_are_judged_at_once(store):
    first, _ = judgement(store)
    record(store, figure("summed", "210903", "2016Q4", 6), figure("mean", "210903", "2016Q4", 6))
    carried, asked = judgement(store, first)
    assert asked == [None]
    assert carried.figures != first.figures


def test_where_the_plan_or_the_regions_changed_all_are_judged_at_once(store):
    first, _ = judgement(store)
    with store.writing():
        store.connection.execute("UPDATE held SET version = 'another' WHERE what = 'plans'")
    assert judgement(store, first)[1] == [None]


def test_what_waits_for_its_review_changes_no_judgement_but_what_lists_it(store):
    before = versions(store)
    keys = wait(store, figure("summed", "210903", "2016Q4", 6), by=add_person(store, "li", grant("reporter", "210903")))
    waiting = versions(store)
    assert waiting.all != before.all
    assert (waiting.approved, waiting.of_plan(sample_plan().id)) == (before.approved, before.of_plan(sample_plan().id))
    approve(store, keys, by=add_person(store, "wang", grant("reviewer", "210900")), at=AT)
    approved = versions(store)
    assert approved.approved != before.approved
    assert approved.of_plan(sample_plan().id) != before.of_plan(sample_plan().id)


def test_a_figure_of_one_plan_changes_no_judgement_of_another(store):
    before = versions(store)
    record(store, figure("summed", "210903", "2016Q4", 6))
    assert versions(store).of_plan("another") == before.of_plan("another")


def test_a_figure_of_one_indicator_changes_nothing_drawn_of_another(store):
    before = versions(store)
    record(store, figure("summed", "210903", "2016Q4", 6))
    after, plan = versions(store), sample_plan().id
    assert after.of_indicator(plan, "mean") == before.of_indicator(plan, "mean")
    assert after.of_indicator(plan, "summed") != before.of_indicator(plan, "summed")


def test_a_change_of_the_plan_changes_what_is_drawn_of_each_indicator(store):
    before = versions(store)
    with store.writing():
        store.connection.execute("UPDATE held SET version = 'another' WHERE what = 'plans'")
    assert versions(store).of_indicator(sample_plan().id, "mean") != before.of_indicator(sample_plan().id, "mean")
