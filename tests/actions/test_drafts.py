from __future__ import annotations

from datetime import timedelta

import pytest

from tests.files import PDF
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store, sample_plan
from trackers.actions.drafts import LONGEST, drop_draft, keep_draft
from trackers.actions.evidence import add_evidence
from trackers.errors import ForbiddenError, RefusedError
from trackers.model.period import Period
from trackers.queries.drafts import FILE, Draft, Sheet, draft_of, drafts_of, files_in

SHEET = Sheet("sample-2013", "210902", Period.parse("2016"))


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


def entries(store):
    return store.rows("audit_all")


@pytest.fixture
def reporter(store):
    return add_person(store, "haizhou", grant("reporter", "210902"))


def keep(store, cells, by, sheet=SHEET, at=AT):
    return keep_draft(store, sheet, cells, by=by, at=at)


def test_what_was_typed_is_there_again_as_it_was_typed(store, reporter):
    cells = {"summed": {"value": " 约９０ ", "note": "=cmd|' /C calc'!A0"}, "rate": {"numerator": "95"}}
    keep(store, cells, reporter)
    assert draft_of(store, SHEET, by=reporter) == Draft(cells, AT)


def test_two_windows_with_different_cells_do_each_other_no_harm(store, reporter):
    keep(store, {"summed": {"value": "1"}, "mean": {"value": "2"}}, reporter)
    keep(store, {"summed": {"note": "甲"}}, reporter)
    kept = keep(store, {"mean": {"value": "3"}, "rate": {"numerator": "9"}}, reporter)
    assert kept.cells == {"summed": {"value": "1", "note": "甲"}, "mean": {"value": "3"}, "rate": {"numerator": "9"}}


@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_text_takes_its_cell_away_and_the_last_one_the_draft(store, reporter, nothing):
    keep(store, {"summed": {"value": "1", "note": "甲"}}, reporter)
    assert keep(store, {"summed": {"note": nothing}}, reporter).cells == {"summed": {"value": "1"}}
    assert keep(store, {"summed": {"value": nothing}}, reporter) == Draft({}, None)
    assert drafts_of(store, by=reporter) == []


def test_a_draft_belongs_to_one_person_one_region_and_one_period(store, reporter):
    other = add_person(store, "second", grant("reporter", "210902"))
    keep(store, {"summed": {"value": "1"}}, reporter)
    assert draft_of(store, SHEET, by=other).cells == {}
    assert draft_of(store, SHEET._replace(period=Period.parse("2017")), by=reporter).cells == {}
    assert draft_of(store, SHEET._replace(region="210903"), by=reporter).cells == {}


def test_drafts_are_listed_the_last_first_with_their_cells_counted(store, reporter):
    later = SHEET._replace(period=Period.parse("2017"))
    keep(store, {"summed": {"value": "1", "note": "甲"}, "mean": {"value": "3"}}, reporter)
    keep(store, {"summed": {"value": "2"}}, reporter, later, AT + timedelta(minutes=1))
    assert [(draft.sheet, draft.cells) for draft in drafts_of(store, by=reporter)] == [(later, 1), (SHEET, 3)]


def test_a_dropped_draft_is_gone(store, reporter):
    keep(store, {"summed": {"value": "1"}}, reporter)
    drop_draft(store, SHEET, by=reporter, at=AT)
    assert draft_of(store, SHEET, by=reporter) == Draft({}, None)


def test_for_the_machines_operator_nothing_is_kept(store):
    assert keep(store, {"summed": {"value": "1"}}, OPERATOR) == Draft({}, None)
    assert draft_of(store, SHEET, by=OPERATOR) == Draft({}, None) and drafts_of(store, by=OPERATOR) == []
    drop_draft(store, SHEET, by=OPERATOR, at=AT)


@pytest.mark.parametrize(
    "sheet", [SHEET._replace(region="210903"), SHEET._replace(region="210900"), SHEET._replace(region="999999")]
)
def test_a_draft_for_another_region_is_refused_and_the_attempt_is_on_the_record(store, reporter, sheet):
    with pytest.raises(ForbiddenError):
        keep(store, {"summed": {"value": "1"}}, reporter, sheet)
    last = entries(store)[-1]
    assert (last["action"], last["by"]) == ("keep_draft", "haizhou") and "refused" in last["detail"]
    assert drafts_of(store, by=reporter) == []


def test_a_draft_for_another_plan_is_refused(store):
    other = add_person(store, "other", grant("reporter", "210902", plans=("another-plan",)))
    with pytest.raises(ForbiddenError):
        keep(store, {"summed": {"value": "1"}}, other)


def test_keeping_and_dropping_a_draft_leave_no_entry(store, reporter):
    before = len(entries(store))
    keep(store, {"summed": {"value": "1"}}, reporter)
    drop_draft(store, SHEET, by=reporter, at=AT)
    assert len(entries(store)) == before


def test_a_draft_beyond_all_measure_is_refused_and_the_one_before_stays(store, reporter):
    keep(store, {"summed": {"value": "1"}}, reporter)
    with pytest.raises(RefusedError, match="没有保存"):
        keep(store, {"summed": {"note": "字" * LONGEST}}, reporter)
    assert draft_of(store, SHEET, by=reporter).cells == {"summed": {"value": "1"}}


def test_evidence_is_kept_with_the_draft_by_everyone_who_added_it(store, reporter):
    second = add_person(store, "second", grant("reporter", "210902"))
    for by in (reporter, second):
        file = add_evidence(store, PDF, "年报.pdf", plan=sample_plan(), region="210902", by=by, at=AT)
        kept = keep(store, {"summed": {FILE + file.digest: file.name}}, by)
        assert files_in(kept.cells["summed"]) == (file,)


def test_nobody_comes_to_a_file_by_naming_it_in_a_draft(store, reporter):
    file = add_evidence(store, PDF, "年报.pdf", plan=sample_plan(), region="210902", by=reporter, at=AT)
    other = add_person(store, "other", grant("reporter", "210903"))
    with pytest.raises(RefusedError, match="不是您上传的"):
        keep(store, {"summed": {FILE + file.digest: file.name}}, other, SHEET._replace(region="210903"))


def test_a_draft_that_may_not_be_handed_in_any_more_is_not_listed(store):
    who = add_person(store, "moved", grant("reporter", "210902"))
    sheet = Sheet("sample-2013", "210902", Period.parse("2016"))
    keep_draft(store, sheet, {"summed": {"value": "5"}}, by=who, at=AT)
    assert len(drafts_of(store, by=who)) == 1
    with store.writing():
        store.connection.execute("UPDATE account_grant SET plans = '[\"other\"]'")
    assert drafts_of(store, by=who) == []
