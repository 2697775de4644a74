from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from tests.evaluated import AT, CITY, COUNTY, LATER, OTHER, draft, evaluated_store, frozen_evaluation, opened
from tests.people import add_person, grant
from tests.samples import OPERATOR, figure, record
from trackers.actions.evaluations import assign, publish, withdraw
from trackers.actions.findings import (
    choose_checks,
    comment_finding,
    draw_checks,
    drawn_by,
    record_check,
    write_finding,
)
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.finding import Cause, Delivered, GoalGrade, Subject, Voice
from trackers.queries.evaluations import findings, spot_checks

DONE = date(2024, 6, 1)  # the day in Beijing


@pytest.fixture
def store(tmp_path):
    with evaluated_store(tmp_path) as store:
        yield store


@pytest.fixture
def people(store):
    return {
        Voice.SELF: add_person(store, "haizhou", grant("reporter", COUNTY)),
        Voice.EVALUATOR: add_person(store, "evaluator", grant("evaluator", CITY, below=True)),
        Voice.THIRD_PARTY: add_person(store, "beside", grant("third_party", CITY)),
    }


@pytest.fixture
def about(store, people):
    return assign(store, frozen_evaluation(store).id, "beside", by=OPERATOR, at=LATER)


def write(store, about, by=OPERATOR, at=LATER, **fields):
    return write_finding(store, about.id, draft(**fields), by=by, at=at)


def test_each_voice_writes_its_own_and_none_overwrites_another(store, about, people):
    for voice, who in people.items():
        write(store, about, by=who, voice=voice, explained=voice.word)
    found = findings(store, about.id, by=OPERATOR)
    assert [(each.voice, each.explained, each.counts) for each in found] == [(v, v.word, True) for v in Voice]


def test_nobody_speaks_in_the_voice_of_another(store, about, people):
    for voice, who in people.items():
        for other in set(Voice) - {voice}:
            with pytest.raises(ForbiddenError):
                write(store, about, by=who, voice=other)
    with pytest.raises(ForbiddenError):
        write(store, about, by=people[Voice.SELF], voice=Voice.SELF, region=OTHER)


def test_a_third_party_writes_only_where_it_was_assigned(store, people):
    other = opened(store, date(2018, 12, 31))
    with pytest.raises(ForbiddenError):
        write(store, other, by=people[Voice.THIRD_PARTY], voice=Voice.THIRD_PARTY)


def test_the_latest_counts_and_the_earlier_one_stays(store, about):
    write(store, about, explained="经费不够")
    write(store, about, explained="设备陈旧", cause=Cause.EQUIPMENT, at=LATER + timedelta(hours=1))
    found = findings(store, about.id, by=OPERATOR)
    assert [(each.explained, each.counts) for each in found] == [("经费不够", False), ("设备陈旧", True)]
    for change in ("UPDATE finding SET reason = 'x'", "DELETE FROM finding"):
        with pytest.raises(Exception, match="append-only"):
            store.connection.execute(change)


def test_another_grade_than_the_computed_one_needs_a_reason(store, about):
    computed = write(store, about).computed
    assert computed == "undetermined"  # of a stock with its first report alone
    with pytest.raises(RefusedError, match="与计算的判定“无法判定”不同，请写明理由"):
        write(store, about, grade="on_track")
    told = write(store, about, grade="on_track", reason="年内已补建")
    assert told.differs and not write(store, about, grade="undetermined").differs


@pytest.mark.parametrize(
    "fields",
    [
        {"grade": "splendid", "reason": "好"}, {"grade": "stale", "reason": "x"}, {"explained": ""}, {"explained": "x" * 501},
        {"explained": "x\x1b"}, {"code": "none"}, {"region": CITY, "code": "nothing"}, {"code": "own"},
        {"subject": Subject.GOAL, "code": "g1", "region": CITY, "grade": "mostly"},
        {"subject": Subject.GOAL, "code": "g1", "region": CITY, "evidence": "文件"},
        {"subject": Subject.GOAL, "code": "g1", "region": CITY, "grade": "done", "evidence": "文件"},
        {"subject": Subject.GOAL, "code": "g2", "region": CITY, "grade": "mostly", "evidence": "文件"},
        {"subject": Subject.TASK, "code": "t1", "region": CITY},
        {"subject": Subject.TASK, "code": "t1", "region": "210000", "grade": "done"},
        {"subject": Subject.TASK, "code": "t1", "region": CITY, "grade": "done", "delivered": (Delivered(3, DONE),)},
        {"subject": Subject.TASK, "code": "t1", "region": CITY, "grade": "done", "delivered": (Delivered(0, DONE),)},
        {"subject": Subject.TASK, "code": "t1", "region": CITY, "grade": "done", "delivered": (Delivered(1, DONE),) * 2},
        {"subject": Subject.TASK, "code": "t1", "region": CITY, "grade": "done",
         "delivered": (Delivered(1, DONE + timedelta(days=1)),)},
    ],
)  # fmt: skip
def test_what_is_lacking_or_out_of_place_is_refused_and_nothing_is_written(store, about, fields):
    with pytest.raises(RefusedError, match="没有写入"):
        write(store, about, **fields)
    assert findings(store, about.id, by=OPERATOR) == []


def test_a_goal_is_rated_on_the_written_scale_with_evidence(store, about):
    told = write(store, about, subject=Subject.GOAL, code="g1", region=CITY, grade="mostly", evidence="体系文件汇编")
    assert GoalGrade(told.grade).word == "大部分实现" and all(each.meaning for each in GoalGrade)


def test_a_task_has_its_deliverables_ticked_and_dated(store, about):
    given = (Delivered(2, DONE),)
    told = write(store, about, subject=Subject.TASK, code="t1", region=CITY, grade="under_way", delivered=given)
    assert told.delivered == given
    with pytest.raises(ValidationError, match="只有重点任务"):
        draft(delivered=given)


def test_findings_are_written_while_it_is_open_and_not_after_it_is_published(store, people):
    write(store, opened(store, date(2018, 12, 31)))
    about = publish(store, frozen_evaluation(store).id, by=OPERATOR, at=LATER)
    with pytest.raises(RefusedError, match="已经公布"):
        write(store, about)
    withdraw(store, about.id, reason="有误", by=OPERATOR, at=LATER)
    finding = write(store, about)
    publish(store, about.id, by=OPERATOR, at=LATER)
    with pytest.raises(RefusedError, match="已经公布"):
        comment_finding(store, finding.id, "同意", by=OPERATOR, at=LATER)
    with pytest.raises(RefusedError, match="已经公布"):
        draw_checks(store, about.id, 1, by=OPERATOR, at=LATER)


def test_comments_thread_under_a_finding(store, about, people):
    finding = write(store, about)
    for who in people.values():
        comment_finding(store, finding.id, f"{who.login}看过", by=who, at=LATER)
    (told,) = findings(store, about.id, by=OPERATOR)
    assert [each.text for each in told.comments] == ["haizhou看过", "evaluator看过", "beside看过"]
    with pytest.raises(ForbiddenError):
        comment_finding(store, finding.id, "看过", by=add_person(store, "leader", grant("leader", CITY, below=True)), at=LATER)
    with pytest.raises(RefusedError, match="空"):
        comment_finding(store, finding.id, " ", by=OPERATOR, at=LATER)
    with pytest.raises(UnknownNameError):
        comment_finding(store, 99, "看过", by=OPERATOR, at=LATER)


def test_a_region_sees_what_is_said_of_it_and_nothing_of_others(store, about, people):
    write(store, about), write(store, about, region=OTHER)
    assert [each.region for each in findings(store, about.id, by=people[Voice.SELF])] == [COUNTY]
    assert len(findings(store, about.id, by=people[Voice.THIRD_PARTY])) == 2


def test_a_seed_draws_the_same_figures_each_time_in_whatever_order_they_come():
    places = [("a", str(number), "2016") for number in range(20)]
    first = drawn_by("x", places, 5)
    assert drawn_by("x", places[::-1], 5) == first and drawn_by("x", places, 4) == first[:4]
    assert drawn_by("y", places, 5) != first and len(set(first)) == 5


def test_a_draw_keeps_its_seed_and_can_be_repeated(store, about):
    first = draw_checks(store, about.id, 3, by=OPERATOR, at=LATER)
    assert first[0].seed
    again = draw_checks(store, about.id, 3, seed=first[0].seed, by=OPERATOR, at=LATER)
    assert [(e.indicator, e.region, e.period) for e in again] == [(e.indicator, e.region, e.period) for e in first]


@pytest.mark.parametrize(("number", "taken"), [(0, False), (1, True), (7, True), (8, False)])
def test_as_many_are_drawn_as_there_are_at_most(store, about, number, taken):
    if taken:
        assert len(draw_checks(store, about.id, number, by=OPERATOR, at=LATER)) == number
    else:
        with pytest.raises(RefusedError, match="这次评估有 7 个数"):
            draw_checks(store, about.id, number, by=OPERATOR, at=LATER)


def test_what_is_found_on_the_spot_stands_beside_what_was_reported(store, about, people):
    record(store, figure("own", CITY, "2016Q4", 44), at=LATER + timedelta(hours=1))
    (taken,) = choose_checks(store, about.id, [("own", CITY, "2016Q4")], by=people[Voice.THIRD_PARTY], at=LATER)
    assert (taken.reported, taken.checked, taken.difference, taken.seed) == (40, None, None, None)
    for value in (38, 39):
        record_check(store, taken.id, value, "台账第三页", by=people[Voice.EVALUATOR], at=LATER)
    (found,) = spot_checks(store, about.id, by=OPERATOR)
    assert (found.reported, found.checked, found.difference, len(found.results)) == (40, 39, 1, 2)


@pytest.mark.parametrize("places", [[], [("own", CITY, "2017Q4")], [("own", COUNTY, "2016Q4")]])
def test_only_what_the_evaluation_uses_is_chosen(store, about, places):
    with pytest.raises(RefusedError, match="没有用到"):
        choose_checks(store, about.id, places, by=OPERATOR, at=LATER)


@pytest.mark.parametrize(("value", "evidence"), [(float("nan"), "台账"), (float("inf"), "台账"), (3, ""), (3, "x" * 501)])
def test_a_check_without_a_number_or_evidence_is_refused(store, about, value, evidence):
    (taken,) = choose_checks(store, about.id, [("own", CITY, "2016Q4")], by=OPERATOR, at=LATER)
    with pytest.raises(RefusedError, match="没有写入"):
        record_check(store, taken.id, value, evidence, by=OPERATOR, at=LATER)


def test_those_who_neither_evaluate_nor_were_assigned_check_nothing(store, about, people):
    (taken,) = choose_checks(store, about.id, [("own", CITY, "2016Q4")], by=OPERATOR, at=LATER)
    for who in (people[Voice.SELF], add_person(store, "reviewer", grant("reviewer", CITY, below=True))):
        with pytest.raises(ForbiddenError):
            draw_checks(store, about.id, 1, by=who, at=LATER)
        with pytest.raises(ForbiddenError):
            record_check(store, taken.id, 3, "台账", by=who, at=AT)


