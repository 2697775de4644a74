from __future__ import annotations

import pytest

from tests.evaluated import AT, CITY, LATER, draft, evaluated_store, frozen_evaluation
from tests.people import add_person, grant
from tests.samples import OPERATOR
from trackers.actions.evaluations import assign, reopen, unassign
from trackers.actions.findings import choose_checks, comment_finding, record_check, write_finding
from trackers.queries.check import faults

TABLES = (
    "evaluation_step", "evaluation_assigned", "evaluation_assigned_later", "finding", "finding_comment", "spot_draw",
    "spot_check", "spot_result",
)  # fmt: skip
BENT = [
    "UPDATE evaluation SET cutoff = '2017-12-31'", "UPDATE evaluation_step SET reason = '改' WHERE number = 2",
    "DELETE FROM evaluation_assigned WHERE account_id NOT IN (SELECT account_id FROM evaluation_assigned_later)",
    "DELETE FROM evaluation_assigned_later", "UPDATE evaluation_assigned_later SET given = 1",
    "UPDATE finding SET suggestion = '改'", "UPDATE finding SET by = 'other'",
    "DELETE FROM finding_comment", "UPDATE spot_draw SET seed = 'x'", "UPDATE spot_result SET value = 39.5",
    "INSERT INTO finding_comment (finding_id, text, at, by) VALUES (1, '没有说过', '2024', 'other')",
]  # fmt: skip


@pytest.fixture
def store(tmp_path):
    """An evaluation in which everything was done once."""
    with evaluated_store(tmp_path) as store:
        about = frozen_evaluation(store)
        add_person(store, "beside", grant("third_party", CITY))
        add_person(store, "gone", grant("third_party", CITY))
        for login in ("beside", "gone"):
            assign(store, about.id, login, by=OPERATOR, at=AT)
        unassign(store, about.id, "gone", by=OPERATOR, at=AT)
        finding = write_finding(store, about.id, draft(), by=OPERATOR, at=LATER)
        comment_finding(store, finding.id, "看过", by=OPERATOR, at=LATER)
        (taken,) = choose_checks(store, about.id, [("own", CITY, "2016Q4")], by=OPERATOR, at=LATER)
        record_check(store, taken.id, 38, "台账", by=OPERATOR, at=LATER)
        reopen(store, about.id, reason="更正", by=OPERATOR, at=LATER)
        yield store


def test_an_evaluation_that_was_carried_out_by_actions_is_sound(store):
    assert faults(store) == []


def test_a_person_who_is_called_otherwise_changes_nothing(store):
    store.connection.execute("UPDATE account SET name = '改名'")
    assert faults(store) == []


@pytest.mark.parametrize("statement", BENT)
def test_whatever_is_bent_behind_the_actions_is_named(store, statement):
    for table in ("evaluation", *TABLES):
        for done in ("changed", "deleted"):
            store.connection.execute(f"DROP TRIGGER {table}_is_never_{done}")
    store.connection.execute(statement)
    assert "第 1 号评估的办理经过、意见或抽查与操作记录不一致" in faults(store)
