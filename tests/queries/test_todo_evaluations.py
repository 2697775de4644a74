from __future__ import annotations

from datetime import timedelta

import pytest

from tests.evaluated import (
    AT,
    CITY,
    COUNTY,
    CUTOFF,
    LATER,
    OTHER,
    draft,
    evaluated_store,
    frozen_evaluation,
    opened,
)
from tests.people import add_person, grant
from tests.samples import OPERATOR
from trackers.actions.evaluations import publish
from trackers.actions.findings import write_finding
from trackers.model.finding import Subject, Voice
from trackers.queries.todo import todo

ON = LATER.date()


@pytest.fixture
def store(tmp_path):
    with evaluated_store(tmp_path) as store:
        yield store


def told(store, by, on=ON):
    found = [task for task in todo(store, by=by, on=on) if task.kind == "self_assess"]
    return [(task.region, task.number, task.query["evaluation"]) for task in found]


def test_a_region_is_told_of_its_self_assessment_until_it_wrote_one(store):
    haizhou = add_person(store, "haizhou", grant("reporter", COUNTY))
    assert told(store, haizhou) == []
    about = opened(store)
    assert told(store, haizhou) == [(COUNTY, 1, "1")]
    write_finding(store, about.id, draft(voice=Voice.EVALUATOR), by=OPERATOR, at=AT)
    write_finding(store, about.id, draft(voice=Voice.SELF, region=OTHER), by=OPERATOR, at=AT)
    assert told(store, haizhou) == [(COUNTY, 1, "1")], "others spoke"
    write_finding(store, about.id, draft(voice=Voice.SELF), by=haizhou, at=AT)
    assert told(store, haizhou) == []


def test_it_waits_from_the_cut_off_day_on_until_the_evaluation_is_published(store):
    haizhou = add_person(store, "haizhou", grant("reporter", COUNTY))
    about = frozen_evaluation(store)
    assert told(store, haizhou, CUTOFF - timedelta(days=1)) == []
    assert told(store, haizhou, CUTOFF) == [(COUNTY, 1, "1")]
    publish(store, about.id, by=OPERATOR, at=LATER)
    assert told(store, haizhou) == []


def test_regions_of_one_person_stand_together_with_the_plans_own_for_its_goals(store):
    city = add_person(store, "city", grant("reporter", CITY, below=True))
    about = opened(store)
    ((region, number, _),) = told(store, city)
    assert region == CITY and number == 4
    goal = {"subject": Subject.GOAL, "code": "g1", "grade": "partly", "evidence": "台账"}
    write_finding(store, about.id, draft(voice=Voice.SELF, region=CITY, **goal), by=city, at=AT)
    ((region, left, _),) = told(store, city)
    assert region != CITY and left == number - 1


def test_it_waits_for_nobody_who_enters_no_figures(store):
    opened(store)
    for role in ("reviewer", "evaluator", "leader", "third_party"):
        assert told(store, add_person(store, role.replace("_", "-"), grant(role, CITY, below=True))) == []
