from __future__ import annotations

from datetime import timedelta

import pytest

from tests.adjusted import approval, change
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store
from trackers.actions.adjustments import approve_change, examine_change, propose_changes
from trackers.queries.rights import rights_of
from trackers.queries.todo import todo
from trackers.queries.todo_adjustments import adjustment_tasks

CITY = "210900"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def people(store):
    roles = ("evaluator", "reviewer", "administrator", "leader")
    return {role: add_person(store, role, grant(role, CITY, below=True)) for role in roles}


def told(store, people):
    waiting = {
        role: [(t.kind.value, t.region, t.number) for t in adjustment_tasks(store, rights_of(store, who), by=who)]
        for role, who in people.items()
    }
    return {role: tasks for role, tasks in waiting.items() if tasks}


def test_a_proposal_waits_for_its_examination_then_for_its_approval_to_be_registered(store, people):
    (id,) = propose_changes(store, [change()], by=people["evaluator"], at=AT)
    assert told(store, people) == {"reviewer": [("examine", CITY, 1)]}
    examine_change(store, id, passes=True, by=people["reviewer"], at=AT)
    assert told(store, people) == {"administrator": [("register", CITY, 1)]}
    approve_change(store, id, approval(), by=people["administrator"], at=AT)
    assert told(store, people) == {}


def test_what_stands_once_it_was_examined_waits_for_nobody(store, people):
    wanted = change("own", 60, "annual", year=2018, effective="2018-01-01")
    (id,) = propose_changes(store, [wanted], by=people["evaluator"], at=AT)
    examine_change(store, id, passes=True, by=people["reviewer"], at=AT)
    assert told(store, people) == {}


def test_nobody_is_asked_about_a_proposal_of_their_own(store, people):
    propose_changes(store, [change()], by=people["reviewer"], at=AT)
    assert told(store, people) == {}
    assert [task.kind.value for task in adjustment_tasks(store, rights_of(store, OPERATOR), by=OPERATOR)] == ["examine"]


def test_those_of_a_plan_stand_together_with_the_oldest_and_lead_to_their_page(store, people):
    propose_changes(store, [change()], by=people["evaluator"], at=AT + timedelta(days=1))
    propose_changes(store, [change("mean", 40)], by=people["evaluator"], at=AT)
    (task,) = todo(store, by=people["reviewer"], on=AT.date())
    assert (task.number, task.page, task.query) == (2, "adjustments", {"plan": "sample-2013"})
    assert task.why == "最早的是evaluator 2024-06-01 16:00 提出的，请审查。"
