from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.orders import AT, CITY, DAY, DUE, PLAN, catch_up, issued, lagging_store
from tests.samples import OPERATOR
from trackers.actions.supervision import accept_answer, answer_order, close_order, return_answer
from trackers.model.plan import EvaluationKind
from trackers.queries.supervision import order_story
from trackers.reports.contents import evaluation_contents
from trackers.reports.docx import docx_report
from trackers.reports.supervised import NONE, order_sentence


@pytest.fixture
def store(tmp_path):
    with lagging_store(tmp_path) as store:
        yield store


def contents(store, day=DAY):
    return evaluation_contents(store, PLAN, EvaluationKind.MIDTERM, day, by=OPERATOR)


def answered(store, order, said="增设两个项目。"):
    answer_order(store, order.id, said, until=date(2024, 9, 30), by=OPERATOR, at=AT)


def test_without_orders_a_report_says_so_once(store):
    made = contents(store)
    assert made.problem_intro[0].endswith(NONE) and "督办" not in str(made.problems)


def test_an_order_is_told_with_what_it_rests_on_and_that_nobody_answered(store):
    said = order_sentence(order_story(store, issued(store).id, by=OPERATOR))
    assert said == (
        "督办单2024-0001（督办，2024年6月3日发出，时限2024年6月20日）：截至2024年6月2日滞后于预期（严重），差9.5项；"
        "要求：请说明原因；尚未答复。"
    )


def test_answers_and_what_became_of_them_are_told_in_order(store):
    order = issued(store)
    answered(store, order)
    return_answer(store, order.id, comment="没有\n时间表；", by=OPERATOR, at=AT)
    answered(store, order, "九月底前办结")
    accept_answer(store, order.id, by=OPERATOR, at=AT + timedelta(days=1))
    said = order_sentence(close_order(store, order.id, reason="另行安排", by=OPERATOR, at=AT + timedelta(days=2)))
    assert said.endswith(
        "；2024年6月3日答复：增设两个项目，完成时限2024年9月30日；2024年6月3日退回答复：没有 时间表；"
        "2024年6月3日答复：九月底前办结，完成时限2024年9月30日；2024年6月4日认可答复；2024年6月5日结案：另行安排。"
    )


def test_the_plans_own_problem_names_its_orders_and_other_regions_stand_in_the_introduction(store):
    county, city = issued(store), issued(store, indicator="own", region=CITY)
    answered(store, city)
    made = contents(store)
    own = next(problem for problem in made.problems if problem.row.indicator == "own")
    assert own.sentences[-1].startswith(f"督办单{city.number}") and "答复：增设两个项目" in own.sentences[-1]
    assert made.problem_intro[0].endswith("已登记督办2件：待答复1件，已答复、待审定1件。")
    assert made.problem_intro[-1].startswith(f"海州区完成项目：督办单{county.number}")


def test_the_same_orders_give_the_same_contents_and_a_further_step_another_digest(store):
    bare = contents(store)
    order = issued(store)
    made = contents(store)
    assert made == contents(store) and made.digest != bare.digest and docx_report(made) == docx_report(made)
    answered(store, order)
    assert contents(store).digest != made.digest


def test_an_order_that_rests_on_a_later_judgement_is_not_in_a_report_of_a_day_before(store):
    issued(store)
    before = contents(store, DAY - timedelta(days=1))
    assert before.problem_intro[0].endswith(NONE) and "督办单" not in str(before.problems)


def test_an_order_over_demonstration_figures_is_marked(tmp_path):
    with lagging_store(tmp_path, demo=True) as store:
        assert "演示数据" in order_sentence(order_story(store, issued(store).id, by=OPERATOR))


def test_a_closed_order_is_counted_though_its_row_lags_no_longer(store):
    order = issued(store)
    catch_up(store)
    close_order(store, order.id, by=OPERATOR, at=AT)
    made = contents(store)
    assert "已登记督办1件：已结案1件。" in made.problem_intro[0] and DUE and "督办单" not in str(made.problems)
