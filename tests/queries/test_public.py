from __future__ import annotations

import pytest

from tests.people import add_person
from tests.publication import EVEN_LATER, published_store, secret_store
from tests.samples import OPERATOR
from trackers.actions.evaluations import publish, reopen, withdraw
from trackers.model.finding import Subject, Voice
from trackers.queries.check import faults
from trackers.queries.public import address_of, any_public, public_key, public_keys, published_evaluation

TIMES = {"by": OPERATOR, "at": EVEN_LATER}


@pytest.fixture
def store(tmp_path):
    with published_store(tmp_path)[0] as store:
        yield store


def test_what_is_not_published_is_not_there_for_the_public(tmp_path):
    store, about = secret_store(tmp_path)
    with store:
        assert public_keys(store) == [] and public_key(store, about.id) is None and not any_public(store)
        assert public_key(store, 99) is None


def test_what_is_published_is_there_with_what_was_frozen_and_the_evaluators_findings(store):
    (key,) = public_keys(store)
    assert public_key(store, 1) == key and any_public(store) and address_of(1) == "/public/evaluation/1"
    found = published_evaluation(store, key)
    assert found and found.frozen.digest == key.digest and found.publishing.at == EVEN_LATER
    assert [(each.subject, each.region, each.voice) for each in found.findings] == [
        (subject, "210900", Voice.EVALUATOR) for subject in (Subject.INDICATOR, Subject.GOAL, Subject.TASK)
    ]


def test_what_is_withdrawn_is_gone_at_once_and_comes_back_as_another_publication(store):
    (key,) = public_keys(store)
    withdraw(store, 1, reason="有误", **TIMES)
    assert public_keys(store) == [] and public_key(store, 1) is None and published_evaluation(store, key) is None
    publish(store, 1, **TIMES)
    (again,) = public_keys(store)
    assert again != key and again.digest == key.digest and published_evaluation(store, again)


def test_what_is_opened_again_is_gone(store):
    withdraw(store, 1, reason="有误", **TIMES)
    reopen(store, 1, reason="更正", **TIMES)
    assert public_key(store, 1) is None


def test_frozen_bytes_that_were_changed_are_not_served_and_the_check_says_so(store):
    (key,) = public_keys(store)
    store.connection.execute("DROP TRIGGER evaluation_frozen_is_never_changed")
    store.connection.execute("UPDATE evaluation_frozen SET document = replace(document, '40', '90')")
    assert public_keys(store) == [] and public_key(store, 1) is None and published_evaluation(store, key) is None
    assert any("第 1 号评估的冻结数据与摘要不符" in fault for fault in faults(store))


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE finding SET grade = 'achieved' WHERE code = 'own'",
        "INSERT INTO finding SELECT 99, evaluation_id, subject, code, region_id, voice, 'achieved', computed, reason, cause, "
        "explained, suggestion, evidence, delivered, at, by FROM finding WHERE code = 'own'",
    ],
)
def test_findings_that_are_not_those_that_were_published_are_not_served_and_the_check_says_so(store, changed: str):
    (key,) = public_keys(store)
    store.connection.execute("DROP TRIGGER finding_is_never_changed")
    store.connection.execute(changed)
    assert published_evaluation(store, key) is None
    assert any("第 1 号评估" in fault for fault in faults(store))


def test_a_publication_that_was_written_past_the_actions_is_not_served(tmp_path):
    store, about = secret_store(tmp_path)
    with store:
        step = "INSERT INTO evaluation_step VALUES (1, 3, 'published', '', NULL, ?, 'x')"
        store.connection.execute(step, (EVEN_LATER.isoformat(),))
        key = public_key(store, about.id)
        assert key is not None and published_evaluation(store, key) is None
        assert any("第 1 号评估" in fault for fault in faults(store))


def test_names_of_people_may_change_without_harm(store):
    add_person(store, "秘名")
    (key,) = public_keys(store)
    assert published_evaluation(store, key)
