from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from tests.adjusted import NUMBER, adjust, approval, change
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, day, new_store, sample_plan
from trackers.actions.adjustments import (
    approve_change,
    examine_change,
    propose_changes,
    reject_change,
    withdraw_change,
)
from trackers.actions.plans import load_plans
from trackers.errors import ForbiddenError, RefusedError, StoreError
from trackers.model.adjustment import State
from trackers.queries.adjustments import adjustment_faults, adjustments, drifted, plan_as_of
from trackers.queries.audit import detail_of
from trackers.queries.check import faults
from trackers.queries.versions import versions

LATER = AT + timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def people(store):
    roles = {"first": "reviewer", "second": "reviewer", "office": "administrator", "evaluator": "evaluator"}
    told = {login: add_person(store, login, grant(role, "210900")) for login, role in roles.items()}
    both = add_person(store, "both", grant("reviewer", "210900"), grant("administrator", "210900"))
    return told | {"both": both, "county": add_person(store, "county", grant("reviewer", "210902"))}


def last(store):
    row = store.rows("audit_last")[0]
    return store.connection.execute("SELECT action, detail FROM audit WHERE id = ?", (row["id"],)).fetchone()


def entry(store):
    action, detail = last(store)
    return action, detail_of({"detail": detail})


def propose(store, by, **more):
    return propose_changes(store, [change(**more)], by=by, at=AT)[0]


def value(store, on="2020-12-31", id="own"):
    return plan_as_of(store, sample_plan(), day(on)).indicator(id).targets[0].value


def test_a_proposal_is_examined_approved_and_in_force_from_its_day(store, people):
    id = propose(store, people["evaluator"])
    assert value(store) == 100
    examine_change(store, id, passes=True, comment="属实", by=people["first"], at=AT)
    assert value(store) == 100
    done = approve_change(store, id, approval(), by=people["office"], at=LATER)
    assert (done.state, done.change.old, done.approval.number) == (State.APPROVED, 100, NUMBER)
    assert [value(store, on) for on in ("2017-03-31", "2017-04-01")] == [100, 120]


def test_every_step_is_on_record_with_what_it_did(store, people):
    id = propose(store, people["evaluator"])
    action, told = entry(store)
    assert action == "propose_changes" and told["adjustments"][0]["before"] == 100 and told["adjustments"][0]["after"] == 120
    examine_change(store, id, passes=True, by=people["first"], at=AT)
    approve_change(store, id, approval(), by=people["office"], at=LATER)
    action, told = entry(store)
    assert (action, told["approval_number"], told["effective"]) == ("approve_change", NUMBER, "2017-04-01")
    assert faults(store) == []


def test_nobody_examines_or_approves_their_own_proposal(store, people):
    id = propose(store, people["both"])
    with pytest.raises(RefusedError, match="您自己提出的"):
        examine_change(store, id, passes=True, by=people["both"], at=AT)
    with pytest.raises(RefusedError, match="您自己提出的"):
        examine_change(store, id, passes=False, comment="不妥", by=people["both"], at=AT)
    examine_change(store, id, passes=True, by=people["first"], at=AT)
    with pytest.raises(RefusedError, match="您自己提出的"):
        approve_change(store, id, approval(), by=people["both"], at=AT)
    with pytest.raises(RefusedError, match="您自己提出的"):
        reject_change(store, id, comment="不同意", by=people["both"], at=AT)


def test_the_operator_tells_the_whole_story_and_it_is_on_record_as_such(store):
    adjust(store)
    action, told = entry(store)
    assert action == "approve_change" and told["own"] is True and value(store) == 120


def test_rights_are_asked_for_the_plans_region(store, people):
    with pytest.raises(ForbiddenError):
        propose(store, people["county"])
    id = propose(store, people["office"])
    with pytest.raises(ForbiddenError):
        examine_change(store, id, passes=True, by=people["evaluator"], at=AT)
    examine_change(store, id, passes=True, by=people["second"], at=AT)
    with pytest.raises(ForbiddenError):
        approve_change(store, id, approval(), by=people["first"], at=AT)
    assert entry(store)[1]["refused"]


def test_one_sent_back_says_why_and_is_proposed_anew(store, people):
    id = propose(store, people["evaluator"])
    with pytest.raises(RefusedError, match="没有写退回意见"):
        examine_change(store, id, passes=False, comment=" ", by=people["first"], at=AT)
    sent = examine_change(store, id, passes=False, comment="附件不全", by=people["first"], at=AT)
    assert (sent.state, sent.steps[-1].comment) == (State.SENT_BACK, "附件不全")
    with pytest.raises(RefusedError, match="已退回"):
        examine_change(store, id, passes=True, by=people["second"], at=AT)
    assert propose(store, people["evaluator"]) == id + 1


def test_a_target_is_changed_by_one_proposal_at_a_time(store, people):
    id = propose(store, people["evaluator"])
    with pytest.raises(RefusedError, match=f"第 {id} 项"):
        propose(store, people["first"], value=130.0)
    with pytest.raises(RefusedError, match="提了两遍"):
        propose_changes(store, [change("summed"), change("summed", 90.0)], by=people["first"], at=AT)
    withdraw_change(store, id, by=people["evaluator"], at=AT)
    propose(store, people["first"], value=130.0)


def test_only_the_one_who_proposed_withdraws_and_only_before_it_is_in_force(store, people):
    id = propose(store, people["evaluator"])
    with pytest.raises(RefusedError, match="本人撤回"):
        withdraw_change(store, id, by=people["first"], at=AT)
    examine_change(store, id, passes=True, by=people["first"], at=AT)
    assert withdraw_change(store, id, comment="另案处理", by=people["evaluator"], at=AT).state is State.WITHDRAWN
    done = adjust(store)
    with pytest.raises(RefusedError, match="已批准"):
        withdraw_change(store, done.id, by=OPERATOR, at=AT)


def test_what_the_government_did_not_approve_stays_without_effect(store, people):
    id = propose(store, people["evaluator"])
    with pytest.raises(RefusedError, match="状态是"):
        reject_change(store, id, comment="不同意", by=people["office"], at=AT)
    examine_change(store, id, passes=True, by=people["first"], at=AT)
    with pytest.raises(RefusedError, match="批准机关的意见"):
        reject_change(store, id, comment="", by=people["office"], at=AT)
    assert reject_change(store, id, comment="维持原目标", by=people["office"], at=AT).state is State.REJECTED
    assert value(store) == 100


def test_an_approval_without_its_number_or_of_tomorrow_is_refused(store, people):
    id = propose(store, people["evaluator"])
    examine_change(store, id, passes=True, by=people["first"], at=AT)
    for given, why in (({"number": " "}, "文号"), ({"day": "2024-06-02"}, "晚于今天"), ({"effective": "2021-01-01"}, "生效日期")):
        with pytest.raises(RefusedError, match=why):
            approve_change(store, id, approval(**given), by=people["office"], at=AT)


def test_annual_and_regional_targets_stand_when_a_second_person_has_examined_them(store, people):
    own = {"region": "210902", "effective": day("2014-01-01"), "reference": "分解方案"}
    id = propose(store, people["first"], indicator="summed", value=12.0, kind="regional", **own)
    with pytest.raises(RefusedError, match="您自己提出的"):
        examine_change(store, id, passes=True, by=people["first"], at=AT)
    assert plan_as_of(store, sample_plan(), day("2020-01-01")).indicator("summed").regional_targets == []
    done = examine_change(store, id, passes=True, by=people["second"], at=AT)
    assert done.decisive and not done.is_open
    (share,) = plan_as_of(store, sample_plan(), day("2014-01-01")).indicator("summed").regional_targets
    assert (share.region, share.value) == ("210902", 12)
    with pytest.raises(RefusedError, match="已生效"):
        approve_change(store, id, approval(), by=people["office"], at=AT)


def test_a_later_change_of_what_is_in_force_is_a_new_row_with_a_reason(store, people):
    first = {"indicator": "own", "value": 50.0, "kind": "annual", "year": 2016, "effective": day("2014-01-01")}
    adjust(store, change(**first, reason=""))
    again = first | {"value": 55.0, "effective": day("2015-01-01")}
    with pytest.raises(RefusedError, match="没有写理由"):
        propose(store, people["first"], **again, reason="")
    adjust(store, change(**again), at=LATER)
    told = [plan_as_of(store, sample_plan(), day(f"{year}-06-01")).indicator("own").annual_targets for year in (2014, 2015)]
    assert [each[0].value for each in told] == [50, 55]
    assert [each.change.old for each in adjustments(store, by=OPERATOR)] == [50, None]


def test_an_unverified_target_is_confirmed_by_value_and_reference_and_a_second_person(store, people):
    id = propose(store, people["first"], indicator="lost", value=60.0, kind="confirmation", reference="档案馆原件第3页")
    assert value(store, "2013-01-01", "lost") is None
    examine_change(store, id, passes=True, by=people["second"], at=AT)
    assert value(store, "2013-01-01", "lost") == 60
    with pytest.raises(RefusedError, match="不是待核实的"):
        propose(store, people["first"], indicator="lost", value=70.0, kind="confirmation")


def test_all_changes_of_a_sheet_are_proposed_or_none(store, people):
    wrong = [change(), change("summed", 30.0), change("nothing")]
    with pytest.raises(RefusedError, match="没有变化.*没有指标"):
        propose_changes(store, wrong, by=people["first"], at=AT)
    assert adjustments(store, by=OPERATOR) == []
    for none in ([], [change(), change().model_copy(update={"plan": "other"})]):
        with pytest.raises(RefusedError, match="一份规划"):
            propose_changes(store, none, by=OPERATOR, at=AT)


def test_a_plan_file_loaded_again_does_not_undo_a_change_and_the_record_says_so(store):
    adjust(store)
    anew = sample_plan()
    targets = [anew.indicators[0].targets[0].model_copy(update={"value": 85.0})]
    own = anew.indicators[0].model_copy(update={"targets": targets})
    load_plans(store, [anew.model_copy(update={"indicators": [own, *anew.indicators[1:]]})], by=OPERATOR, at=LATER)
    assert [value(store, on) for on in ("2017-03-31", "2017-04-01")] == [85, 120]
    (said,) = drifted(store, sample_plan())
    assert "调整时原值为 100项，现在的规划文件里是 85项；已生效的 120项 仍然有效" in said and NUMBER in said
    action, told = entry(store)
    assert action == "load_plan" and told["adjusted"] == [said]


def test_a_proposal_whose_old_value_was_loaded_anew_goes_no_further(store, people):
    id = propose(store, people["first"])
    anew = sample_plan()
    targets = [anew.indicators[0].targets[0].model_copy(update={"value": 85.0})]
    own = anew.indicators[0].model_copy(update={"targets": targets})
    load_plans(store, [anew.model_copy(update={"indicators": [own, *anew.indicators[1:]]})], by=OPERATOR, at=LATER)
    with pytest.raises(RefusedError, match="提出时原值为 100，现在是 85"):
        examine_change(store, id, passes=True, by=people["second"], at=LATER)
    examine_change(store, id, passes=False, comment="重新提出", by=people["second"], at=LATER)


def test_screens_see_a_change_at_once(store):
    seen = [versions(store).approved]
    (id,) = propose_changes(store, [change()], by=OPERATOR, at=AT)
    seen.append(versions(store).approved)
    examine_change(store, id, passes=True, by=OPERATOR, at=AT)
    seen.append(versions(store).approved)
    assert len(set(seen)) == 3


def test_a_change_that_is_refused_leaves_nothing_behind(store):
    before = value(store)
    with pytest.raises(RefusedError), store.writing():
        adjust(store)
        raise RefusedError("undone")
    assert value(store) == before and adjustments(store, by=OPERATOR) == []


def test_what_is_kept_is_never_changed_or_deleted_and_bending_it_is_found(store):
    adjust(store)
    for statement in ("UPDATE adjustment SET value = 1", "DELETE FROM adjustment", "DELETE FROM adjustment_step",
                      "UPDATE adjustment_step SET number = 'x'"):  # fmt: skip
        with pytest.raises((sqlite3.DatabaseError, StoreError)), store.writing():
            store.connection.execute(statement)
    with store.writing():
        store.connection.execute("DROP TRIGGER adjustment_is_never_changed")
        store.connection.execute("UPDATE adjustment SET value = 70")
    assert adjustment_faults(store) == ["指标调整的第 1 项调整与操作记录不一致"]


def test_others_see_what_is_in_force_and_no_proposals(store, people):
    adjust(store)
    propose(store, people["first"], indicator="summed", value=40.0)
    assert len(adjustments(store, by=people["second"])) == 2
    assert [each.change.indicator for each in adjustments(store, by=people["county"], plan="sample-2013")] == ["own"]
    assert adjustments(store, by=OPERATOR, plan="other") == []


def test_a_number_that_there_is_not_is_refused(store):
    with pytest.raises(RefusedError, match="没有编号为 9"):
        examine_change(store, 9, passes=True, by=OPERATOR, at=AT)
