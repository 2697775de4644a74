from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from tests.adjusted import adjust, change
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, day, figure, new_store, record, sample_plan, tree
from tests.waiting import wait
from trackers.actions.adjustments import propose_changes
from trackers.exchange.entry_template import entry_sheet
from trackers.model.adjustment import Kind
from trackers.model.period import Period
from trackers.queries.adjustments import adjustments, plan_as_of
from trackers.queries.assess import assess, trend
from trackers.queries.plans import region_tree
from trackers.queries.review import pending
from trackers.queries.table import table_of
from trackers.queries.what_if import what_if

PLAN = sample_plan()


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        record(store, figure("own", "210900", "2014Q4", 30), figure("own", "210900", "2016Q4", 50))
        counties = [("210902", 4.0), ("210903", 5.0), ("210922", 6.0)]
        record(store, *(figure("summed", code, "2016Q4", value) for code, value in counties))
        yield store


def judged(store, as_of, id="own", region="210900", **more):
    frame = assess(store, PLAN, day(as_of), by=OPERATOR, **more)
    return frame[(frame["indicator"] == id) & (frame["region"] == region)].iloc[0]


def test_a_judgement_before_the_effective_day_is_unchanged_to_the_last_digit(store):
    days = ["2014-12-31", "2016-12-31", "2017-03-31"]
    before = [assess(store, PLAN, day(each), by=OPERATOR) for each in days]
    adjust(store)
    for each, old in zip(days, before, strict=True):
        pd.testing.assert_frame_equal(assess(store, PLAN, day(each), by=OPERATOR), old, check_exact=True)


def test_from_the_effective_day_on_the_new_target_judges(store):
    adjust(store)
    last, first = judged(store, "2017-03-31"), judged(store, "2017-04-01")
    assert (last["target_text"], first["target_text"]) == ("≥100项", "≥120项")
    assert first["attainment"] == 50 / 120 and first["completion"] == pytest.approx(50 / 120)


def test_known_at_judges_by_what_was_approved_by_then(store):
    adjust(store, at=AT + timedelta(days=2))
    assert judged(store, "2018-12-31", known_at=AT + timedelta(days=1))["target"] == 100
    assert judged(store, "2018-12-31", known_at=AT + timedelta(days=2))["target"] == 120
    assert judged(store, "2018-12-31")["target"] == 120


def test_a_plan_that_is_changed_already_is_judged_by_the_targets_of_the_day(store):
    adjust(store)
    adjust(store, change(value=130.0), effective="2018-01-01")
    late = plan_as_of(store, PLAN, date.max)
    assert plan_as_of(store, late, date.max) == late
    assert assess(store, late, day("2017-06-01"), by=OPERATOR)["target"].iloc[0] == 120
    target = late.indicator("own").targets[0]
    assert target.remark.startswith("原为≥100项；原为≥120项（批准调整：") and target.value == 130


def test_a_confirmed_target_is_judged_on_every_day(store):
    assert judged(store, "2016-12-31", "lost")["verdict"] == "unverified_target"
    adjust(store, change("lost", 60.0, "confirmation"))
    assert judged(store, "2013-12-31", "lost")["verdict"] == "no_data"


def test_a_region_is_held_to_its_share_from_its_day_on(store):
    wanted = {"kind": "regional", "region": "210902", "effective": day("2016-01-01")}
    assert judged(store, "2016-12-31", "summed", "210902")["reason"] == "no_regional_target"
    adjust(store, change("summed", 10.0, **wanted))
    assert judged(store, "2016-12-31", "summed", "210902")["target"] == 10
    assert judged(store, "2015-12-31", "summed", "210902")["reason"] != "lagging"


def test_an_annual_target_bends_what_is_expected(store):
    straight = judged(store, "2016-12-31")["expected"]
    adjust(store, change("own", 20.0, "annual", year=2016, effective=day("2014-01-01")))
    assert judged(store, "2016-12-31")["expected"] == 20 != straight
    assert judged(store, "2013-12-31")["expected"] == pytest.approx(100 / 8, abs=0.1)


def test_the_trend_the_queue_and_the_sheet_go_by_the_targets_of_their_day(store):
    adjust(store)
    assert len(trend(store, PLAN, "own", "210900", day("2018-12-31"), by=OPERATOR)) == 2
    reporter = add_person(store, "fuxin", grant("reporter", "210900"))
    wait(store, figure("own", "210900", "2018Q4", 60), by=reporter)
    assert pending(store, by=OPERATOR, on=date(2024, 1, 1))["target_text"].tolist() == ["≥120项"]
    for period, aim in (("2016Q4", "≥100项（2020年）"), ("2018Q4", "≥120项（2020年）")):
        sheet = entry_sheet(PLAN, tree()["210900"], Period.parse(period), tree(), store, by=reporter)
        assert aim in {cell.value for row in load_workbook(BytesIO(sheet)).active for cell in row}


def test_a_proposed_target_shows_every_regions_verdict_now_and_with_it(store):
    shares = {"kind": "regional", "effective": day("2016-01-01")}
    for region, value in (("210902", 6.0), ("210903", 20.0)):
        adjust(store, change("summed", value, region=region, **shares))
    found = what_if(store, PLAN, change("summed", 16.0), day("2016-12-31"), by=OPERATOR).set_index("region")
    assert found.loc["210900", ["target_text", "target_text_then"]].tolist() == ["30项", "16项"]
    assert (found.loc["210900", "word"], found.loc["210900", "word_then"]) == ("基本符合预期", "快于预期")
    assert found["moves"].to_dict() == {"210900": True, "210902": False, "210903": False, "210922": False}
    assert adjustments(store, by=OPERATOR, plan="none") == []


def test_a_proposed_share_shows_in_its_own_region_alone(store):
    wanted = change("summed", 40.0, "regional", region="210922", effective=day("2019-01-01"))
    found = what_if(store, PLAN, wanted, day("2016-12-31"), by=OPERATOR).set_index("region")
    assert found.loc["210922", "word"] == "无法判定" and "滞后于预期" in found.loc["210922", "word_then"]
    assert found["moves"].sum() == 1


def test_somebody_sees_only_their_own_regions_in_it(store):
    county = add_person(store, "county", grant("reporter", "210902"))
    assert what_if(store, PLAN, change("summed", 16.0), day("2016-12-31"), by=county)["region"].tolist() == ["210902"]


def test_a_proposal_is_kept_with_its_kind(store):
    propose_changes(store, [change()], by=OPERATOR, at=AT)
    (told,) = adjustments(store, by=OPERATOR)
    assert (told.change.kind, told.by_name, told.word) == (Kind.TARGET, "cli:test", "已提出，待审查")


def test_a_plan_with_changed_targets_is_laid_out_once(store):
    adjust(store)
    one, again = (table_of(plan_as_of(store, PLAN, date.max), region_tree(store), day("2019-12-31")) for _ in range(2))
    assert one is again
    before = table_of(plan_as_of(store, PLAN, date.min), region_tree(store), day("2019-12-31"))
    assert before is not one
