from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime, timedelta

import pytest

from tests.files import PDF
from tests.orders import (
    AT,
    CITY,
    COUNTY,
    DAY,
    DUE,
    OTHER,
    PLAN,
    TODAY,
    catch_up,
    draft,
    issued,
    lagging_store,
)
from tests.people import add_person, grant
from tests.samples import OPERATOR
from trackers.actions.evidence import add_evidence
from trackers.actions.supervision import (
    accept_answer,
    answer_order,
    close_order,
    close_turned,
    issue_orders,
    return_answer,
)
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.account import Actor
from trackers.model.report import EvidenceName
from trackers.model.supervision import LONGEST_ASKED, LONGEST_SAID, OrderState
from trackers.queries.evidence import open_evidence
from trackers.queries.supervision import order_story, orders

UNTIL = date(2024, 9, 30)


@pytest.fixture
def store(tmp_path):
    with lagging_store(tmp_path) as store:
        yield store


@pytest.fixture
def reporter(store):
    return add_person(store, "haizhou", grant("reporter", COUNTY))


@pytest.fixture
def reviewer(store):
    return add_person(store, "fuxin", grant("reviewer", CITY))


def answer(store, order, by, **more):
    return answer_order(store, order.id, "增设两个项目", until=UNTIL, by=by, at=AT, **more)


def last_entry(store):
    row = store.connection.execute("SELECT action, by, detail FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return row[0], row[1], json.loads(row[2])


def test_an_order_keeps_the_figures_as_they_were_told(store, reviewer):
    order = issued(store, by=reviewer)
    assert order.number == "2024-0001" and order.state is OrderState.ISSUED and order.by == "fuxin"
    assert (order.verdict, order.word, order.value, order.target, order.unit) == ("lagging", "滞后于预期（严重）", 5, 30, "项")
    assert order.expected == pytest.approx(14.53, abs=0.01) and order.shortfall == pytest.approx(9.53, abs=0.01)
    assert (order.target_text, order.observed, order.units) == ("≥30项", date(2024, 3, 31), ("市市场监管局", "市财政局"))
    catch_up(store)
    assert order_story(store, order.id, by=reviewer).order == order
    assert last_entry(store)[0] == "record_figures"


def test_every_step_stands_in_the_record_with_who_and_why(store, reviewer, reporter):
    order = issued(store, by=reviewer)
    action, by, detail = last_entry(store)
    assert (action, by) == ("issue_orders", "fuxin")
    assert "2024-0001（督办）" in detail["orders"][0] and "差9.5项" in detail["orders"][0] and "请说明原因" in detail["orders"][0]
    answer(store, order, reporter)
    action, by, detail = last_entry(store)
    assert (action, by, detail["before"], detail["after"]) == ("answer_order", "haizhou", "待答复", "已答复，待审定")
    assert (detail["said"], detail["until"]) == ("增设两个项目", "2024-09-30")


def test_an_order_goes_from_answer_over_a_return_to_a_closing(store, reviewer, reporter):
    order = issued(store, by=reviewer)
    answer(store, order, reporter)
    story = return_answer(store, order.id, comment="没有时间表", by=reviewer, at=AT)
    assert story.order.state is OrderState.RETURNED
    answer(store, order, reporter)
    assert accept_answer(store, order.id, by=reviewer, at=AT).order.state is OrderState.ACCEPTED
    story = close_order(store, order.id, reason="另行安排", by=reviewer, at=AT)
    assert story.order.state is OrderState.CLOSED
    assert [(s.number, s.kind.value, s.by) for s in story.steps] == [
        (1, "answered", "haizhou"), (2, "returned", "fuxin"), (3, "answered", "haizhou"), (4, "accepted", "fuxin"),
        (5, "closed", "fuxin"),
    ]  # fmt: skip
    assert not story.steps[-1].turned and story.steps[-1].said == "另行安排"


@pytest.mark.parametrize(
    ("who", "where", "below"),
    [("reporter", COUNTY, False), ("leader", CITY, True), ("reviewer", COUNTY, True), ("reviewer", "210000", False),
     ("administrator", CITY, True), ("third_party", CITY, True), ("evaluator", OTHER, True)],
)  # fmt: skip
def test_only_the_region_above_or_an_evaluator_issues_orders(store, who, where, below):
    with pytest.raises(ForbiddenError):
        issued(store, by=add_person(store, "other", grant(who, where, below=below)))
    assert orders(store, by=OPERATOR, on=TODAY).empty
    assert last_entry(store)[0] == "issue_orders" and "refused" in last_entry(store)[2]


def test_an_evaluator_and_a_reviewer_two_levels_above_may_issue(store):
    issued(store, by=add_person(store, "evaluator", grant("evaluator", CITY, below=True)))
    issued(store, indicator="own", region=CITY, by=add_person(store, "province", grant("reviewer", "210000", below=True)))


def test_nobody_answers_for_another_region(store, reviewer, reporter):
    order = issued(store, by=reviewer)
    others = [add_person(store, "xinqiu", grant("reporter", OTHER)), reviewer, Actor(login="nobody")]
    others.append(add_person(store, "chief", grant("administrator", "100000", below=True)))
    for each in others:
        with pytest.raises(ForbiddenError):
            answer(store, order, each)
    assert order_story(store, order.id, by=reporter).steps == ()


def test_a_region_neither_decides_over_its_answer_nor_closes(store, reviewer, reporter):
    order = issued(store, by=reviewer)
    answer(store, order, reporter)
    with pytest.raises(ForbiddenError):
        accept_answer(store, order.id, by=reporter, at=AT)
    with pytest.raises(ForbiddenError):
        return_answer(store, order.id, comment="重写", by=reporter, at=AT)
    with pytest.raises(ForbiddenError):
        close_order(store, order.id, reason="做完了", by=reporter, at=AT)


def test_nobody_decides_over_an_answer_of_their_own(store):
    both = add_person(store, "both", grant("reporter", CITY), grant("reviewer", CITY))
    order = issued(store, indicator="own", region=CITY, by=both)
    answer(store, order, both)
    with pytest.raises(RefusedError, match="您自己提交的"):
        accept_answer(store, order.id, by=both, at=AT)


def test_what_does_not_lag_gets_no_order_and_is_named(store):
    with pytest.raises(RefusedError, match="新邱区.*截至2024年6月2日是“快于预期”"):
        issue_orders(store, [draft(), draft(region=OTHER)], by=OPERATOR, at=AT)
    with pytest.raises(RefusedError, match="彰武县.*未填报"):
        issued(store, region="210922")
    with pytest.raises(RefusedError, match="没有这一项判定"):
        issued(store, indicator="own")
    assert orders(store, by=OPERATOR, on=TODAY).empty, "all or none"


def test_one_order_is_open_at_a_time_and_named_where_another_is_asked_for(store):
    first = issued(store)
    with pytest.raises(RefusedError, match=f"海州区.*未结案的督办单 {first.number}"):
        issue_orders(store, [draft(indicator="own", region=CITY), draft()], by=OPERATOR, at=AT)
    assert len(orders(store, by=OPERATOR, on=TODAY)) == 1
    close_order(store, first.id, reason="重新发", by=OPERATOR, at=AT)
    assert issued(store).id > first.id
    with pytest.raises(RefusedError, match="选了两次"):
        issue_orders(store, [draft(indicator="own", region=CITY)] * 2, by=OPERATOR, at=AT)
    with pytest.raises(RefusedError, match="没有选中"):
        issue_orders(store, [], by=OPERATOR, at=AT)


@pytest.mark.parametrize("due", [TODAY, TODAY + timedelta(days=1)])
def test_an_order_is_due_today_at_the_earliest(store, due):
    assert issued(store, due=due).due == due


def test_a_due_date_before_today_and_a_judgement_of_tomorrow_are_refused(store):
    with pytest.raises(RefusedError, match="早于今天"):
        issued(store, due=TODAY - timedelta(days=1))
    with pytest.raises(RefusedError, match="还没有到"):
        issued(store, day=TODAY + timedelta(days=1))
    late = AT.replace(hour=16)  # it is the next day in Beijing
    with pytest.raises(RefusedError, match="早于今天"):
        issued(store, due=TODAY, at=late)


@pytest.mark.parametrize("text", ["", " \n", "x\u202ey", "长" * (LONGEST_ASKED + 1)])
def test_what_is_asked_is_a_text_of_a_fitting_length(store, text):
    with pytest.raises(RefusedError, match="督办要求"):
        issued(store, asked=text)
    assert issued(store, asked="长" * LONGEST_ASKED)


@pytest.mark.parametrize("text", ["", " ", "x\x1by", "长" * (LONGEST_SAID + 1)])
def test_answers_returns_and_closings_say_something(store, reporter, text):
    order = issued(store)
    with pytest.raises(RefusedError):
        answer_order(store, order.id, text, until=UNTIL, by=reporter, at=AT)
    answer(store, order, reporter)
    with pytest.raises(RefusedError):
        return_answer(store, order.id, comment=text, by=OPERATOR, at=AT)
    with pytest.raises(RefusedError):
        close_order(store, order.id, reason=text, by=OPERATOR, at=AT)
    assert len(order_story(store, order.id, by=OPERATOR).steps) == 1


def test_measures_are_to_be_done_today_at_the_earliest(store, reporter):
    order = issued(store)
    with pytest.raises(RefusedError, match="早于今天"):
        answer_order(store, order.id, "已办", until=TODAY - timedelta(days=1), by=reporter, at=AT)
    answer_order(store, order.id, "已办", until=TODAY, by=reporter, at=AT)


def test_the_state_says_what_may_come_next(store, reporter):
    order = issued(store)
    with pytest.raises(RefusedError, match="待答复.*不能认可答复"):
        accept_answer(store, order.id, by=OPERATOR, at=AT)
    answer(store, order, reporter)
    with pytest.raises(RefusedError, match="不能答复"):
        answer(store, order, reporter)
    close_order(store, order.id, reason="不再督办", by=OPERATOR, at=AT)
    for act in (accept_answer, close_order):
        with pytest.raises(RefusedError, match="已结案"):
            act(store, order.id, by=OPERATOR, at=AT, **({"reason": "再结"} if act is close_order else {}))
    with pytest.raises(UnknownNameError):
        accept_answer(store, 99, by=OPERATOR, at=AT)


def test_an_answer_that_was_not_seen_is_not_decided_over(store, reporter):
    order = issued(store)
    answer(store, order, reporter)
    return_answer(store, order.id, comment="不全", by=OPERATOR, at=AT)
    answer(store, order, reporter)
    with pytest.raises(RefusedError, match="又有了新的进展"):
        accept_answer(store, order.id, after=1, by=OPERATOR, at=AT)
    accept_answer(store, order.id, after=3, by=OPERATOR, at=AT)


def test_evidence_comes_with_an_answer_and_opens_for_those_above(store, reporter, reviewer):
    order = issued(store, by=reviewer)
    file = add_evidence(store, PDF, "进度.pdf", plan=PLAN, region=COUNTY, by=reporter, at=AT)
    with pytest.raises(ForbiddenError):
        open_evidence(store, file.digest, by=reviewer)
    story = answer(store, order, reporter, files=[file])
    assert story.answer.files == (file,)
    assert open_evidence(store, file.digest, by=reviewer)[0] == PDF
    with pytest.raises(ForbiddenError):
        open_evidence(store, file.digest, by=add_person(store, "xinqiu", grant("reporter", OTHER)))


def test_nobody_comes_to_anothers_evidence_by_naming_it_in_an_answer(store, reporter):
    order = issued(store)
    neighbour = add_person(store, "xinqiu", grant("reporter", OTHER))
    file = add_evidence(store, PDF, "别人的.pdf", plan=PLAN, region=OTHER, by=neighbour, at=AT)
    for each in (file, EvidenceName("0" * 64, "没有.pdf")):
        with pytest.raises(ForbiddenError):
            answer(store, order, reporter, files=[each])
    assert order_story(store, order.id, by=reporter).steps == ()


def test_an_order_closes_without_a_reason_once_its_verdict_has_turned(store, reviewer):
    order = issued(store, by=reviewer)
    with pytest.raises(RefusedError, match="没有写结案理由"):
        close_order(store, order.id, by=reviewer, at=AT)
    catch_up(store)
    step = close_order(store, order.id, by=reviewer, at=AT).steps[-1]
    assert step.turned and step.said == "判定已转为“快于预期”（截至2024年6月3日，现值20项）。"


def test_those_that_turned_are_closed_together_and_only_ones_own(store, reviewer):
    first, second = issued(store), issued(store, indicator="own", region=CITY)
    assert close_turned(store, by=reviewer, at=AT) == []
    catch_up(store)
    stranger = add_person(store, "stranger", grant("reviewer", "210000"))
    assert close_turned(store, by=stranger, at=AT) == [], "the county is not theirs"
    assert close_turned(store, by=reviewer, at=AT) == [first.id]
    assert last_entry(store)[0] == "close_turned" and "快于预期" in last_entry(store)[2]["orders"][0]
    assert order_story(store, second.id, by=OPERATOR).order.state is OrderState.ISSUED
    with pytest.raises(ForbiddenError):
        close_turned(store, by=add_person(store, "haizhou2", grant("reporter", COUNTY)), at=AT)


def test_a_figure_that_became_stale_is_no_turn(store):
    order = issued(store)
    years_later = datetime(2026, 3, 1, tzinfo=AT.tzinfo)
    assert close_turned(store, by=OPERATOR, at=years_later) == []
    assert order_story(store, order.id, by=OPERATOR).order.state.is_open


def test_orders_and_steps_are_never_changed_or_deleted(store, reporter):
    order = issued(store)
    answer(store, order, reporter)
    for statement in (
        "UPDATE supervision_order SET asked = ''", "DELETE FROM supervision_order", "UPDATE supervision_step SET said = ''",
        "DELETE FROM supervision_step",
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.connection.execute(statement)


def test_what_an_order_rests_on_is_a_day_of_the_past_too(store):
    with pytest.raises(RefusedError, match="起步期|未填报"):
        issued(store, day=date(2022, 3, 1))
    assert issued(store, day=DAY - timedelta(days=1), due=DUE).day == date(2024, 6, 1)
