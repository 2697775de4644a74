from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.viewmodels import history as stories
from dashboard.viewmodels import review
from tests.people import add_person, grant
from tests.samples import AT, figure, new_store, ratio, record, sample_plan, tree
from tests.waiting import wait
from trackers.actions.plans import load_plans
from trackers.actions.review import Decided, approve, give_back
from trackers.model.account import operator
from trackers.queries.review import ReportKey, history, pending

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
DAY, ROOT, LATER = date(2017, 1, 1), operator("root"), AT + timedelta(days=1)
NASTY = "=cmd|'/c calc'!A1 <img src=x onerror=alert(1)> **粗** :red[红] [链](http://e.x)"


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def reporter(store):
    return add_person(store, "haizhou", grant("reporter", "210902"))


@pytest.fixture
def reviewer(store):
    return add_person(store, "fuxin", grant("reviewer", "210900", below=True))


@pytest.fixture
def open_page(store, reviewer, enter):
    def opened(page: str = "review", **asked: str) -> AppTest:
        enter(store.path, reviewer.login)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page(f"views/{page}.py").run()

    return opened


def queue(store, by=ROOT):
    return pending(store, by=by, on=DAY)


def told(store, region="210902", indicator="mean"):
    return stories.story(history(store, "sample-2013", indicator, region, by=ROOT), "项")


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.warning, *app.error, *app.info, *app.success, *app.title, *app.subheader]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def by_label(app: AppTest, label: str):
    return next(each for each in app.button if each.label == label)


def test_regions_that_wait_are_offered_with_how_many(store, reporter):
    wait(store, figure("mean", "210902", "2016Q4", 1), figure("mean", "210902", "2015Q4", 1), by=reporter)
    wait(store, figure("mean", "210903", "2016Q4", 1), by=reporter)
    labels = review.region_labels(queue(store), tree())
    assert labels == {"all": "全部地区（3）", "210902": "海州区（2）", "210903": "新邱区（1）"}
    assert len(review.narrowed(queue(store), region="210902")) == 2
    assert review.narrowed(queue(store), plan="another").empty


@pytest.mark.parametrize(
    ("before", "now", "text"),
    [
        (30.0, 36.0, "+6项（+20.0%）"), (30.0, 27.0, "-3项（-10.0%）"), (30.0, 30.0, "0项（0.0%）"), (0.0, 5.0, "+5项"),
        (None, 5.0, "—"),
    ],
)  # fmt: skip
def test_a_change_is_written_with_its_sign_and_share(store, reporter, before, now, text):
    if before is not None:
        record(store, figure("mean", "210902", "2015Q4", before))
    wait(store, figure("mean", "210902", "2016Q4", now), by=reporter)
    assert review.table(queue(store)).loc[0, "变化"] == text


def test_a_rate_is_shown_by_its_parts_and_changes_by_points(store, reporter):
    record(store, ratio("210902", "2015", 80, 100))
    wait(store, ratio("210902", "2016", 17, 19), by=reporter)
    line = review.table(queue(store)).iloc[0]
    assert (line["填报值"], line["上次值"], line["变化"]) == ("17/19（89.47%）", "80%（2015）", "+9.5个百分点")


def test_a_figure_is_shown_with_every_digit_that_was_reported(store, reporter):
    wait(store, figure("mean", "210902", "2016Q4", 12.345678), by=reporter)
    assert review.table(queue(store)).loc[0, "填报值"] == "12.345678项"


def test_a_correction_is_named_beside_what_it_corrects(store, reporter):
    record(store, figure("mean", "210902", "2016Q4", 36))
    wait(store, figure("mean", "210902", "2016Q4", 33), by=reporter)
    line = review.table(queue(store), every_plan=True).iloc[0]
    assert (line["类别"], line["上次值"], line["规划"]) == ("更正", "36项（本期，已审核）", "样例")
    assert review.facts(queue(store).iloc[0])["要更正的现行值"] == "36项"


def test_what_is_looked_at_is_the_first_where_the_chosen_one_waits_no_longer(store, reporter):
    keys = wait(store, figure("mean", "210902", "2016Q4", 1), figure("mean", "210902", "2015Q4", 2), by=reporter)
    first = review.keys(queue(store))[0]
    assert review.key_of(review.chosen(queue(store), keys[0])) == keys[0]
    for gone in (None, ReportKey(9, 9, 9)):
        assert review.key_of(review.chosen(queue(store), gone)) == first


def test_a_table_of_other_figures_has_another_name():
    keys = [ReportKey(1, 2, 1), ReportKey(1, 3, 1)]
    assert review.fingerprint(keys) == review.fingerprint(list(keys))
    assert review.fingerprint(keys) != review.fingerprint(keys[::-1])
    assert review.fingerprint(keys) != review.fingerprint([ReportKey(1, 2, 2), keys[1]])


def test_a_decision_is_told_in_a_sentence():
    assert review.done(Decided(review=1, outcome="approved", number=3)).startswith("已通过 3 个数")
    assert review.done(Decided(review=1, outcome="returned", number=1)).startswith("已退回 1 个数")
    assert [review.button("approved", 1), review.button("returned", 12)] == ["通过这个数", "退回选中的 12 个数"]


def test_the_history_tells_the_story_of_a_figure_in_order(store, reporter, reviewer):
    first = wait(store, figure("mean", "210902", "2016Q4", 2, note="初报"), by=reporter, doubts=["比上期下降"])
    give_back(store, first, comment="少了一个零", by=reviewer, at=AT + timedelta(hours=1))
    again = wait(store, figure("mean", "210902", "2016Q4", 20), by=reporter, at=AT + timedelta(hours=2))
    approve(store, again, by=reviewer, at=AT + timedelta(hours=3))
    wait(store, figure("mean", "210902", "2016Q4", 21, reason="补报"), by=reporter, at=LATER)
    (chapter,) = told(store)
    assert (chapter.period, chapter.standing) == ("2016Q4", "现行数值 20项")
    assert chapter.lines == [
        "2024-06-01 16:00　haizhou 填报 2项；提醒：比上期下降；说明：初报",
        "2024-06-01 17:00　fuxin 退回 2项：少了一个零",
        "2024-06-01 18:00　haizhou 修改后重新填报 20项",
        "2024-06-01 19:00　fuxin 通过 20项",
        "2024-06-02 16:00　haizhou 更正为 21项；理由：补报",
        "正在等待审核",
    ]


def test_a_replaced_figure_and_one_taken_in_are_told_as_such(store, reporter):
    record(store, figure("mean", "210902", "2015Q4", 9))
    wait(store, figure("mean", "210902", "2016Q4", 1), by=reporter)
    wait(store, figure("mean", "210902", "2016Q4", 2), by=reporter)
    newest, oldest = told(store)
    assert newest.standing == "还没有审核通过的数"
    assert newest.lines[1:] == ["这一次没有审核，已被后一次填报取代", "2024-06-01 16:00　haizhou 改报 2项", "正在等待审核"]
    assert "命令行操作员 test 填报（导入文件：figures.csv） 9项；直接入库，未经复核" in oldest.lines[0]


def test_a_figure_approved_by_a_review_is_not_called_unreviewed(store, reporter, reviewer):
    approve(store, wait(store, figure("mean", "210902", "2016Q4", 2), by=reporter), by=reviewer, at=LATER)
    assert "未经复核" not in "".join(told(store)[0].lines)


def test_an_empty_queue_says_so(open_page):
    app = open_page()
    assert not app.exception and "现在没有等您审核的数" in said(app)


def test_the_page_shows_the_figure_beside_the_last_with_warnings_and_reasons(open_page, store, reporter):
    record(store, figure("mean", "210902", "2015Q4", 30))
    wait(store, figure("mean", "210902", "2016Q4", 60, reason="新增检定站"), by=reporter, doubts=["比上期增长一倍"])
    app = open_page()
    assert not app.exception and not app.error
    assert app.dataframe[0].value.loc[0, "上次值"] == "30项（2015Q4）"
    assert "比上期增长一倍" in said(app) and "新增检定站" in said(app)
    assert app.subheader[0].value.startswith("指标mean")
    assert "这个数" in by_label(app, "通过这个数").label


def test_an_approval_is_told_and_shows_at_once(open_page, store, reporter):
    wait(store, figure("mean", "210902", "2016Q4", 60), figure("mean", "210902", "2015Q4", 30), by=reporter)
    app = open_page()
    by_label(app, "通过这个数").click().run()
    assert not app.exception and not app.error
    assert "已通过 1 个数" in said(app) and len(app.dataframe[0].value) == 1
    by_label(app, "通过这个数").click().run()
    assert "现在没有等您审核的数" in said(app)


def test_a_return_without_a_comment_is_refused_and_with_one_is_done(open_page, store, reporter):
    (key,) = wait(store, figure("mean", "210902", "2016Q4", 60), by=reporter)
    app = open_page()
    by_label(app, "退回这个数").click().run()
    assert "没有写退回意见" in said(app) and not app.exception
    app.text_area(key=f"comment-{'-'.join(map(str, key))}").input(NASTY)
    by_label(app, "退回这个数").click().run()
    assert "已退回 1 个数" in said(app)
    assert history(store, "sample-2013", "mean", "210902", by=ROOT)["comment"].tolist() == [NASTY]


def test_many_that_are_ticked_are_decided_at_once(open_page, store, reporter):
    wait(store, *(figure("mean", "210902", f"{year}Q4", year) for year in (2014, 2015, 2016)), by=reporter)
    app = open_page()
    first, second, third = review.keys(queue(store))
    ticks = f"queue-{review.fingerprint([first, second, third])}"
    app.session_state[ticks] = {"selection": {"rows": [2, 0], "columns": [], "cells": []}}
    app.run()
    assert "已勾选 2 个数" in said(app)
    app.text_area(key="comment-many").input("请附文件")
    by_label(app, "退回选中的 2 个数").click().run()
    assert not app.exception and "已退回 2 个数" in said(app)
    assert review.keys(queue(store)) == [second]


def test_the_region_stays_chosen_and_the_numbers_beside_the_names_are_those_of_now(open_page, store, reporter):
    wait(store, *(figure("mean", "210902", f"{year}Q4", year) for year in (2014, 2015)), by=reporter)
    wait(store, figure("mean", "210903", "2016Q4", 3), by=reporter)
    app = open_page()
    box = next(each for each in app.selectbox if each.label == "地区")
    assert box.options == ["全部地区（3）", "海州区（2）", "新邱区（1）"]
    box.set_value("210902").run()
    by_label(app, "通过这个数").click().run()
    box = next(each for each in app.selectbox if each.label == "地区")
    assert (box.value, box.options) == ("210902", ["全部地区（2）", "海州区（1）", "新邱区（1）"])
    by_label(app, "通过这个数").click().run()
    assert next(each for each in app.selectbox if each.label == "地区").value == "all" and not app.exception


def test_a_newer_figure_that_came_in_between_is_told_and_nothing_is_decided(open_page, store, reporter):
    wait(store, figure("mean", "210902", "2016Q4", 60), by=reporter)
    app = open_page()
    wait(store, figure("mean", "210902", "2016Q4", 61), by=reporter)
    by_label(app, "通过这个数").click().run()
    assert "已有更新的填报" in said(app) and not app.exception
    assert history(store, "sample-2013", "mean", "210902", by=ROOT)["state"].tolist() == ["superseded", "submitted"]


def test_one_who_lost_the_right_meanwhile_decides_nothing(open_page, store, reporter):
    wait(store, figure("mean", "210902", "2016Q4", 60), by=reporter)
    app = open_page()
    with store.writing():
        store.connection.execute("UPDATE account_grant SET role = 'leader' WHERE role = 'reviewer'")
    by_label(app, "通过这个数").click().run()
    assert not app.exception
    assert history(store, "sample-2013", "mean", "210902", by=ROOT)["state"].tolist() == ["submitted"]


def test_text_that_people_typed_is_shown_as_text(open_page, store, reporter, reviewer):
    mean = figure("mean", "210902", "2016Q4", 60, note=NASTY, reason=NASTY, evidence=NASTY)
    give_back(store, wait(store, mean, by=reporter), comment=NASTY, by=reviewer, at=AT)
    wait(store, mean, by=reporter, doubts=[NASTY])
    app = open_page()
    shown = [str(each.value) for each in [*app.markdown, *app.warning, *app.info]]
    holding = [text for text in shown if "onerror" in text]
    assert len(holding) == 2 and all("\\<img" in text and "\\*\\*粗" in text and "\\[链\\]" in text for text in holding)


def test_the_indicators_page_tells_the_history_of_a_region(open_page, store, reporter, reviewer):
    approve(store, wait(store, figure("mean", "210902", "2016Q4", 60), by=reporter), comment="同意", by=reviewer, at=AT)
    app = open_page("indicator", plan="样例", day="2017-01-01", indicator="指标mean", part="明细")
    assert not app.exception
    assert "fuxin 通过 60项：同意" in said(app)


def test_somebody_else_is_not_offered_the_page(store, enter):
    add_person(store, "leader", grant("leader", "210900", below=True))
    enter(store.path, "leader")
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    with pytest.raises(ValueError, match="navigation page"):
        app.switch_page("views/review.py")


def test_others_plans_are_a_switch_away(open_page, store, reporter):
    other = sample_plan(id="other", short="另一个", title="另一个规划")
    load_plans(store, [other], by=ROOT, at=AT)
    wait(store, figure("mean", "210902", "2016Q4", 60), by=reporter, plan="other")
    app = open_page(plan="样例")
    assert "其他规划还有 1 个" in said(app)
    app.toggle(key="every").set_value(True).run()
    assert app.dataframe[0].value.loc[0, "规划"] == "另一个"
