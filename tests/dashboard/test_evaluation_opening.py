from __future__ import annotations

from datetime import date

import pytest

from dashboard.viewmodels.evaluation_opening import (
    address,
    next_step,
    ordered_day,
    ordered_line,
    third_party_names,
)
from tests.evaluated import CITY, CUTOFF, PLACE, evaluated_store, frozen_evaluation, opened
from tests.people import add_person, grant
from tests.samples import OPERATOR, sample_plan
from trackers.actions.accounts import disable_account
from trackers.actions.evaluations import assign, publish
from trackers.errors import ForbiddenError
from trackers.model.evaluation import Missing, MissingKind, StepKind
from trackers.model.plan import EvaluationKind
from trackers.queries.accounts import third_parties
from trackers.queries.plans import plan_by_id

ORDERS = [
    {"kind": "midterm", "year": 2016, "published": True, "approval": "市政府", "source": PLACE},
    {"kind": "final", "by": ["市质监局"], "third_party": True, "source": PLACE},
]  # fmt: skip
MIDTERM, FINAL, ANNUAL = EvaluationKind


@pytest.fixture
def store(tmp_path):
    with evaluated_store(tmp_path) as store:
        yield store


def test_the_day_and_the_words_are_those_of_the_document():
    plan = sample_plan(evaluations=ORDERS, units=["市质监局"])
    assert ordered_day(plan, MIDTERM) == CUTOFF == date(2016, 12, 31)
    assert ordered_line(plan, MIDTERM) == "规划要求开展中期评估：2016年，结果公布，指标调整由市政府批准。"
    assert ordered_day(plan, FINAL) is None
    assert ordered_line(plan, FINAL) == "规划要求开展总结评估：没有写年份，由市质监局组织，引入第三方评估。"
    assert (ordered_day(plan, ANNUAL), "没有要求年度评估" in ordered_line(plan, ANNUAL)) == (None, True)


def test_it_can_be_given_to_those_third_parties_that_it_was_not_given_to(store):
    for login in ("beside", "other", "gone"):
        add_person(store, login, grant("third_party", CITY))
    add_person(store, "evaluator", grant("evaluator", CITY))
    disable_account(store, "gone", by=OPERATOR, at=opened(store).steps[0].at)
    plan = plan_by_id(store, "sample-2013")
    found = third_parties(store, plan, by=OPERATOR)
    assert [each.login for each in found] == ["beside", "other"]
    about = assign(store, 1, "beside", by=OPERATOR, at=opened_at(store))
    assert third_party_names(found, about) == {"other": "other（other）"}


def opened_at(store):
    return opened(store, date(2017, 12, 31)).steps[0].at


def test_nobody_but_who_evaluates_is_told_the_third_parties(store):
    reporter = add_person(store, "reporter", grant("reporter", CITY))
    with pytest.raises(ForbiddenError):
        third_parties(store, plan_by_id(store, "sample-2013"), by=reporter)


def test_what_comes_next_depends_on_where_it_stands_and_on_who_looks(store):
    about = opened(store)
    assert "在“办理”里补齐缺项，然后冻结" in next_step(about, [StepKind.FROZEN], supervises=True)
    assert "由评估员补齐缺项" in next_step(about, [], supervises=True)


def test_once_frozen_the_next_is_findings_and_then_publishing(store):
    about = frozen_evaluation(store)
    assert next_step(about, [StepKind.REOPENED], supervises=True).endswith("由管理员公布。")
    assert next_step(about, [StepKind.PUBLISHED], supervises=True).endswith("在“办理”里公布。")
    assert "督办" in next_step(about, [], supervises=True) and "督办" not in next_step(about, [], supervises=False)
    published = publish(store, about.id, by=OPERATOR, at=about.steps[-1].at)
    assert next_step(published, [], supervises=True) == "已经公布，不再写评估意见。"


def test_figures_that_lack_lead_to_the_list_of_whom_to_remind():
    lacking = Missing(MissingKind.UNREPORTED, 2, "", "periods", {"plan": "p", "day": "2016-12-31", "period": "2016"})
    assert address(lacking) == {"plan": "p", "day": "2016-12-31", "period": "2016年", "part": "催报名单"}
    waiting = lacking._replace(kind=MissingKind.WAITING, page="review", query={"plan": "p"})
    assert address(waiting) == {"plan": "p"}
