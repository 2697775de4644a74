from __future__ import annotations

from datetime import timedelta

import pytest

from tests.orders import AT, CITY, COUNTY, DUE, OTHER, PLAN, TODAY, issued, lagging_store
from tests.people import add_person, grant
from tests.samples import OPERATOR
from trackers.actions.supervision import accept_answer, answer_order, close_order, return_answer
from trackers.queries.rights import rights_of
from trackers.queries.tasks import TaskKind
from trackers.queries.todo import todo
from trackers.queries.todo_orders import order_tasks

LATE = DUE + timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    with lagging_store(tmp_path) as store:
        yield store


def person(store, login, role, region, below=False):
    return add_person(store, login, grant(role, region, below=below))


def told(store, by, on=TODAY):
    return [(t.kind.value, t.region, t.number) for t in order_tasks(store, rights_of(store, by), by=by, on=on)]


def test_an_order_waits_for_its_region_then_for_those_above_until_it_is_accepted(store):
    reporter, reviewer = person(store, "haizhou", "reporter", COUNTY), person(store, "fuxin", "reviewer", CITY)
    order = issued(store, by=reviewer)
    assert (told(store, reporter), told(store, reviewer)) == ([("answer", COUNTY, 1)], [])
    answer_order(store, order.id, "加紧", until=DUE, by=reporter, at=AT)
    assert (told(store, reporter), told(store, reviewer)) == ([], [("decide", COUNTY, 1)])
    return_answer(store, order.id, comment="不全", by=reviewer, at=AT)
    assert (told(store, reporter), told(store, reviewer)) == ([("answer", COUNTY, 1)], [])
    answer_order(store, order.id, "加紧", until=DUE, by=reporter, at=AT)
    accept_answer(store, order.id, by=reviewer, at=AT)
    assert told(store, reporter, LATE) == told(store, reviewer, LATE) == []


@pytest.mark.parametrize(("days", "kind"), [(-1, "answer"), (0, "answer"), (1, "order_overdue")])
def test_the_day_after_its_due_date_an_order_is_overdue(store, days, kind):
    issued(store)
    reporter = person(store, "haizhou", "reporter", COUNTY)
    assert told(store, reporter, DUE + timedelta(days=days)) == [(kind, COUNTY, 1)]


@pytest.fixture
def provincial(tmp_path):
    """The plan is the province's: it has a level above the city, which sends orders to counties."""
    with lagging_store(tmp_path / "province", plan=PLAN.model_copy(update={"region": "210000"})) as store:
        yield store


def test_an_overdue_order_rises_to_those_who_supervise_and_to_the_level_above_them(provincial):
    store, order = provincial, issued(provincial)
    above = {
        "fuxin": person(store, "fuxin", "reviewer", CITY), "evaluator": person(store, "evaluator", "evaluator", CITY, True),
        "province": person(store, "province", "reviewer", "210000"),
    }  # fmt: skip
    assert [told(store, each) for each in above.values()] == [[], [], []]
    overdue = {name: told(store, each, LATE) for name, each in above.items()}
    assert overdue == {
        "fuxin": [("order_overdue", COUNTY, 1)], "evaluator": [("order_overdue", COUNTY, 1)],
        "province": [("order_overdue", CITY, 1)],
    }  # fmt: skip
    (task,) = order_tasks(store, rights_of(store, above["province"]), by=above["province"], on=LATE)
    assert "海州" not in task.why and task.deadline == DUE, "which county it is they may not see"
    assert told(store, person(store, "xinqiu", "reporter", OTHER), LATE) == []
    close_order(store, order.id, reason="撤销", by=OPERATOR, at=AT)
    assert told(store, above["fuxin"], LATE) == []


def test_orders_of_a_region_stand_together_and_before_figures(store):
    issued(store)
    city = issued(store, indicator="own", region=CITY, due=TODAY)
    both = person(store, "both", "reporter", CITY, below=True)
    tasks = [task for task in todo(store, by=both, on=LATE) if task.page == "supervision"]
    assert [(task.kind, task.region, task.number) for task in tasks] == [
        (TaskKind.ORDER_OVERDUE, CITY, 1), (TaskKind.ORDER_OVERDUE, COUNTY, 1),
    ]  # fmt: skip
    assert todo(store, by=both, on=LATE)[0] == tasks[0] and tasks[0].deadline == city.due == TODAY


def test_nobody_is_asked_to_decide_over_an_answer_of_their_own(store):
    both = add_person(store, "both", grant("reporter", CITY), grant("reviewer", CITY))
    order = issued(store, indicator="own", region=CITY)
    answer_order(store, order.id, "加紧", until=DUE, by=both, at=AT)
    assert told(store, both) == []
