from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.evaluated import (
    AT,
    CITY,
    COUNTY,
    CUTOFF,
    LATER,
    OTHER,
    PLAN,
    draft,
    evaluated_store,
    frozen_evaluation,
    opened,
)
from tests.people import add_person, grant
from tests.samples import OPERATOR, figure, ratio, record
from tests.waiting import wait
from trackers.actions.evaluations import (
    assign,
    freeze,
    open_evaluation,
    publish,
    reopen,
    unassign,
    withdraw,
)
from trackers.actions.figures import HandIn, submit_figures
from trackers.actions.findings import comment_finding, write_finding
from trackers.actions.review import give_back
from trackers.assessment.policy import Policy
from trackers.errors import ForbiddenError, RefusedError, UnknownNameError
from trackers.model.evaluation import EvaluationState, Missing, MissingKind, StepKind
from trackers.model.finding import Voice
from trackers.model.plan import EvaluationKind
from trackers.queries.check import faults
from trackers.queries.evaluations import checklist, evaluation, evaluations, findings, policy_of
from trackers.queries.frozen import frozen
from trackers.queries.review import history

TODAY = date(2024, 6, 1)
FINAL = EvaluationKind.FINAL


@pytest.fixture
def store(tmp_path):
    with evaluated_store(tmp_path) as store:
        yield store


@pytest.fixture
def evaluator(store):
    return add_person(store, "evaluator", grant("evaluator", CITY))


def missing(store, id, kind) -> Missing | None:
    return next((each for each in checklist(store, id, by=OPERATOR, on=TODAY) if each.kind is kind), None)


def entries(store, action):
    rows = store.connection.execute("SELECT detail FROM audit WHERE action = ? ORDER BY id", (action,)).fetchall()
    return [row[0] for row in rows]


def test_an_evaluation_is_opened_with_its_day_and_policy_and_read_again(store, evaluator):
    policy = Policy(on_track=0.8)
    about = open_evaluation(store, PLAN.id, FINAL, CUTOFF, policy=policy, by=evaluator, at=AT)
    assert evaluation(store, about.id, by=OPERATOR) == about
    assert (about.name, about.state, policy_of(about)) == ("总结评估（截至2016年12月31日）", EvaluationState.OPEN, policy)
    assert [each.id for each in evaluations(store, by=evaluator, plan=PLAN.id)] == [about.id]


@pytest.mark.parametrize(("day", "opens"), [("2012-12-31", False), ("2013-01-01", True)])
def test_a_cut_off_day_lies_after_the_beginning_of_the_plan(store, day, opens):
    if opens:
        assert opened(store, date.fromisoformat(day)).id == 1
    else:
        with pytest.raises(RefusedError, match="不在规划期内"):
            opened(store, date.fromisoformat(day))


def test_the_same_evaluation_is_not_opened_twice(store):
    opened(store)
    with pytest.raises(RefusedError, match="已有第 1 号中期评估"):
        opened(store)
    assert opened(store, kind="annual").name == "年度评估（截至2016年12月31日）"


def test_the_checklist_says_what_is_missing_and_where_it_is_mended(store):
    about = opened(store)
    found = missing(store, about.id, MissingKind.UNREPORTED)
    assert found and (found.number, found.page) == (1, "periods")
    assert "彰武县还缺 1 个" in found.sentence and "2016 的数" in found.sentence
    assert found.query == {"plan": PLAN.id, "day": "2016-12-31", "period": "2016"}
    lost = missing(store, about.id, MissingKind.UNVERIFIED)
    assert lost and lost.sentence == "指标lost的目标值待核实，不作判断。"
    record(store, ratio("210922", "2016", 9, 10))
    assert missing(store, about.id, MissingKind.UNREPORTED) is None


def test_a_figure_of_an_earlier_period_alone_is_missing_for_the_cut_off_and_an_old_one_stale(store):
    about = opened(store, date(2017, 12, 31))
    found = missing(store, about.id, MissingKind.UNREPORTED)
    assert found and "2017Q4" in found.sentence and found.number == 7  # 3 means, 3 rates and one without a target
    about = opened(store, date(2018, 12, 31))
    stale = missing(store, about.id, MissingKind.STALE)
    assert stale and "已过期" in stale.sentence and stale.number == 5


def test_figures_that_wait_or_were_returned_are_on_the_checklist_until_the_cut_off_day(store):
    about = opened(store)
    reporter = add_person(store, "haizhou", grant("reporter", COUNTY))
    (first,) = wait(store, figure("mean", COUNTY, "2016Q4", 20, reason="更正"), by=reporter)
    wait(store, figure("mean", COUNTY, "2017Q1", 21), by=reporter)
    found = missing(store, about.id, MissingKind.WAITING)
    assert found and (found.number, found.page) == (1, "review")
    give_back(store, [first], comment="请核对", by=OPERATOR, at=AT)
    assert missing(store, about.id, MissingKind.WAITING) is None
    found = missing(store, about.id, MissingKind.RETURNED)
    assert found and found.number == 1


def test_the_checklist_counts_every_region_whoever_asks(store, evaluator):
    about = opened(store)
    assert checklist(store, about.id, by=evaluator, on=TODAY) == checklist(store, about.id, by=OPERATOR, on=TODAY)
    with pytest.raises(ForbiddenError):
        checklist(store, about.id, by=add_person(store, "leader", grant("leader", CITY, below=True)), on=TODAY)


def test_with_something_missing_it_is_frozen_for_a_reason_alone_which_is_kept(store):
    about = opened(store)
    for reason in ("", "   "):
        with pytest.raises(RefusedError, match="确需现在冻结的，请写明理由"):
            freeze(store, about.id, despite=reason, by=OPERATOR, at=LATER)
    done = freeze(store, about.id, despite="县里没有报", by=OPERATOR, at=LATER)
    assert done.freezing and done.freezing.reason == "县里没有报" and done.state is EvaluationState.FROZEN
    assert "彰武县还缺 1 个" in entries(store, "freeze_evaluation")[-1]


@pytest.mark.parametrize(("hour", "frozen_then"), [(15, False), (16, True)])  # midnight in Beijing is 16:00 in UTC
def test_it_is_frozen_on_the_cut_off_day_at_the_earliest(store, hour, frozen_then):
    about = opened(store, date(2024, 6, 2))
    at = AT.replace(hour=hour)
    if frozen_then:
        assert freeze(store, about.id, despite="缺数", by=OPERATOR, at=at).digest
    else:
        with pytest.raises(RefusedError, match="还没有到"):
            freeze(store, about.id, despite="缺数", by=OPERATOR, at=at)


def test_only_the_steps_that_the_state_names_may_follow(store):
    about = opened(store)
    steps = {
        StepKind.FROZEN: lambda: freeze(store, about.id, despite="缺数", by=OPERATOR, at=LATER),
        StepKind.REOPENED: lambda: reopen(store, about.id, reason="更正", by=OPERATOR, at=LATER),
        StepKind.PUBLISHED: lambda: publish(store, about.id, by=OPERATOR, at=LATER),
        StepKind.WITHDRAWN: lambda: withdraw(store, about.id, reason="有误", by=OPERATOR, at=LATER),
    }
    way = [StepKind.FROZEN, StepKind.REOPENED, StepKind.FROZEN, StepKind.PUBLISHED, StepKind.WITHDRAWN, StepKind.PUBLISHED]
    for step in [*way, StepKind.WITHDRAWN, StepKind.REOPENED]:
        state = evaluation(store, about.id, by=OPERATOR).state
        for kind in steps.keys() - state.next:
            with pytest.raises(RefusedError, match=f"现在是“{state.word}”，不能{kind.word}"):
                steps[kind]()
        steps[step]()
    kinds = [step.kind for step in evaluation(store, about.id, by=OPERATOR).steps]
    assert kinds == [StepKind.OPENED, *way, StepKind.WITHDRAWN, StepKind.REOPENED]


@pytest.mark.parametrize("reason", ["", " ", "x" * 501, "x\x1b"])
def test_it_is_opened_again_for_a_proper_reason_alone(store, reason):
    about = frozen_evaluation(store)
    with pytest.raises(RefusedError):
        reopen(store, about.id, reason=reason, by=OPERATOR, at=LATER)
    assert evaluation(store, about.id, by=OPERATOR).state is EvaluationState.FROZEN


def test_a_third_party_is_assigned_once_and_must_be_one_for_the_region(store):
    about = opened(store)
    add_person(store, "beside", grant("third_party", CITY))
    add_person(store, "far", grant("third_party", COUNTY))
    for _ in range(2):
        assert assign(store, about.id, " Beside ", by=OPERATOR, at=AT).assigned == ("beside",)
    assert len(entries(store, "assign_evaluation")) == 1
    with pytest.raises(RefusedError, match="不是“样例”所在地区的第三方评估员"):
        assign(store, about.id, "far", by=OPERATOR, at=AT)
    with pytest.raises(UnknownNameError):
        assign(store, about.id, "nobody", by=OPERATOR, at=AT)


def test_a_third_party_sees_the_evaluations_it_was_assigned_and_no_others(store):
    first, _ = opened(store), opened(store, date(2018, 12, 31))
    beside = add_person(store, "beside", grant("third_party", CITY))
    assert evaluations(store, by=beside) == []
    assign(store, first.id, "beside", by=OPERATOR, at=AT)
    assert [each.id for each in evaluations(store, by=beside)] == [first.id]


def test_a_third_party_from_whom_it_was_taken_back_sees_it_no_more_until_it_is_given_again(store):
    about, beside = frozen_evaluation(store), add_person(store, "beside", grant("third_party", CITY))
    assign(store, about.id, "beside", by=OPERATOR, at=AT)
    mine = write_finding(store, about.id, draft(voice=Voice.THIRD_PARTY), by=beside, at=LATER)
    assert unassign(store, about.id, " Beside ", by=OPERATOR, at=LATER).assigned == ()
    assert evaluations(store, by=beside) == []
    with pytest.raises(ForbiddenError):
        evaluation(store, about.id, by=beside)
    with pytest.raises(ForbiddenError):
        comment_finding(store, mine.id, "又", by=beside, at=LATER)
    assert [each.id for each in findings(store, about.id, by=OPERATOR)] == [mine.id]
    assert assign(store, about.id, "beside", by=OPERATOR, at=LATER).assigned == ("beside",)
    assert [each.id for each in evaluations(store, by=beside)] == [about.id]
    assert unassign(store, about.id, "beside", by=OPERATOR, at=LATER).assigned == ()
    assert len(entries(store, "unassign_evaluation")) == 2 and faults(store) == []


@pytest.mark.parametrize("login", ["beside", "nobody", ""])
def test_what_was_not_given_is_not_taken_back(store, login):
    about = opened(store)
    add_person(store, "beside", grant("third_party", CITY))
    with pytest.raises(RefusedError, match="没有可以撤回的。现在没有指定任何人"):
        unassign(store, about.id, login, by=OPERATOR, at=AT)


def test_it_is_taken_back_from_somebody_who_is_no_third_party_any_more(store):
    about = opened(store)
    add_person(store, "beside", grant("third_party", CITY))
    assign(store, about.id, "beside", by=OPERATOR, at=AT)
    store.connection.execute("DELETE FROM account_grant")
    assert unassign(store, about.id, "beside", by=OPERATOR, at=AT).assigned == ()


def test_a_locked_figure_can_be_corrected_for_a_reason_and_the_evaluation_keeps_its_own(store):
    about = frozen_evaluation(store)
    reporter = add_person(store, "haizhou", grant("reporter", COUNTY))
    given = figure("mean", COUNTY, "2016Q4", 20)
    with pytest.raises(RefusedError, match="更正已审核的"):
        submit_figures(store, PLAN.id, [given], HandIn(origin="page"), by=reporter, at=LATER)
    corrected = given.model_copy(update={"reason": "少计了一个"})
    submit_figures(store, PLAN.id, [corrected], HandIn(origin="page"), by=reporter, at=LATER + timedelta(days=1))
    told = history(store, PLAN.id, "mean", COUNTY, by=OPERATOR)
    assert told["state"].tolist() == ["locked", "submitted"]
    values = frozen(store, about.id, by=OPERATOR).figures.set_index(["indicator", "region"])["value"]
    assert values["mean", COUNTY] == 10 and values["mean", OTHER] == 11


def test_refused_steps_stand_in_the_record_and_change_nothing(store, evaluator):
    about = frozen_evaluation(store)
    with pytest.raises(ForbiddenError):
        publish(store, about.id, by=evaluator, at=LATER)
    assert "refused" in entries(store, "publish_evaluation")[-1]
    assert evaluation(store, about.id, by=OPERATOR).state is EvaluationState.FROZEN
