from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.supervision import board_chart
from dashboard.viewmodels import supervision as shown
from dashboard.viewmodels.review import fingerprint
from tests.files import PDF
from tests.orders import AT, CITY, COUNTY, DUE, OTHER, PLAN, TODAY, catch_up, issued, lagging_store
from tests.people import add_person, grant
from tests.samples import OPERATOR, tree
from trackers.actions.supervision import answer_order, close_order
from trackers.model.supervision import OrderState, StepKind
from trackers.queries.rights import rights_of
from trackers.queries.supervision import board, order_story, orders

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NASTY = "<img src=x onerror=alert(1)> **粗** :red[红]"
NOW = datetime.now(UTC)
SOON = (NOW + timedelta(days=30)).date()


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


@pytest.fixture
def open_page(store, enter):
    def opened(page: str, who: str, **asked: str) -> AppTest:
        enter(store.path, who)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        app.run()
        app = app.switch_page(f"views/{page}.py").run()
        assert not app.exception, app.exception
        return app

    return opened


def said(app: AppTest) -> str:
    return "\n".join(each.value for each in [*app.markdown, *app.caption, *app.success, *app.error, *app.info])


def tick(app: AppTest, *places: tuple[str, str], rows: list[tuple[str, str]]) -> AppTest:
    key = f"behind-{fingerprint(rows)}"
    app.session_state[key] = {"selection": {"rows": [rows.index(each) for each in places], "columns": [], "cells": []}}
    return app.run()


def test_the_list_tells_each_order_in_words(store, reporter):
    city, county = issued(store, indicator="own", region=CITY, due=TODAY), issued(store)
    rows = orders(store, by=OPERATOR, on=TODAY + timedelta(days=2))
    table = shown.table(rows)
    assert table["编号"].tolist() == [city.number, county.number]
    assert table["状态"].tolist() == ["▼ 已逾期，待答复", "○ 待答复"] and table["还有"].tolist() == ["逾期2天", "15天"]
    assert table["差额"].tolist()[1] == "9.5项" and table["责任单位"].tolist() == ["规划未写明", "市市场监管局、市财政局"]
    assert shown.group_labels(rows) == {"overdue": "▼ 已逾期 1", "waiting": "○ 待答复 1"}
    assert shown.narrowed(rows, ["overdue"])["id"].tolist() == [city.id]
    assert shown.narrowed(rows, [], COUNTY)["id"].tolist() == [county.id]
    assert shown.narrowed(rows, ["closed"]).empty and list(shown.table(rows.head(0)).columns) == shown.COLUMNS
    assert shown.days_text(rows.to_dict("records")[1] | {"days": 0}) == "今天到期"


def test_the_story_of_an_order_is_told_step_by_step(store, reporter):
    order = issued(store)
    answer_order(store, order.id, "增设项目", until=date(2024, 9, 30), by=reporter, at=AT)
    story = close_order(store, order.id, reason="另行安排", by=OPERATOR, at=AT)
    first, answer, end = shown.steps(story)
    assert first == "2024-06-03 09:00　命令行操作员 test 发出督办：请说明原因"
    assert answer == "2024-06-03 09:00　haizhou 答复：增设项目（完成时限2024年9月30日）" and end.endswith("结案：另行安排")


def test_what_a_person_may_do_is_said_by_the_state_and_their_rights(store, reporter, reviewer):
    order = issued(store)
    may = {each.login: shown.may_do(order_story(store, order.id, by=each), rights_of(store, each), PLAN)
           for each in (reporter, reviewer)}  # fmt: skip
    assert may == {"haizhou": [StepKind.ANSWERED], "fuxin": [StepKind.CLOSED]}
    answer_order(store, order.id, "加紧", until=DUE, by=reporter, at=AT)
    story = order_story(store, order.id, by=reviewer)
    assert shown.may_do(story, rights_of(store, reviewer), PLAN) == [StepKind.ACCEPTED, StepKind.RETURNED, StepKind.CLOSED]
    assert shown.may_do(story, rights_of(store, reporter), PLAN) == []


def test_the_board_is_drawn_with_every_count_and_no_markup(store):
    issued(store)
    found = board(store, by=OPERATOR, on=TODAY).assign(region_name="<b>海州</b>")
    figure = board_chart(found)
    assert [list(bar.x) for bar in figure.data] == [[0], [1], [0], [0]]
    assert figure.data[0].y[0] == "&lt;b&gt;海州&lt;/b&gt;" and figure.data[1].customdata[0][0] == COUNTY


def test_facts_say_that_figures_are_demonstrations(tmp_path):
    with lagging_store(tmp_path, demo=True) as store:
        order = issued(store)
        assert "演示数据" in shown.facts(order, PLAN, tree())["现值"]


def test_a_region_answers_on_the_page_with_a_file(store, open_page, reporter, reviewer):
    order = issued(store, by=reviewer, at=NOW, due=SOON)
    app = open_page("supervision", "haizhou")
    assert app.dataframe[0].value["状态"].tolist() == ["○ 待答复"]
    assert "请说明原因" in str(app.table[0].value) and "请说明原因" in said(app)
    assert not [button for button in app.button if button.key == f"order-closed-{order.id}"]
    app.text_area[0].set_value(NASTY)
    app.button(key=f"order-answered-{order.id}").click().run()
    assert "没有选完成时限" in said(app)
    app.date_input[-1].set_value(SOON)
    app.file_uploader[0].set_value(("进度.pdf", PDF, "application/pdf"))
    app.button(key=f"order-answered-{order.id}").click().run()
    assert "已提交答复" in said(app) and "**粗**" not in said(app).replace("\\*", "")
    story = order_story(store, order.id, by=reporter)
    assert story.order.state is OrderState.ANSWERED and story.answer.said == NASTY
    assert [file.name for file in story.answer.files] == ["进度.pdf"]


def test_those_above_send_back_accept_and_close_on_the_page(store, open_page, reporter, reviewer):
    order = issued(store, by=reviewer, at=NOW, due=SOON)
    answer_order(store, order.id, "加紧", until=SOON, by=reporter, at=NOW)
    app = open_page("supervision", "fuxin", order=order.number)
    app.button(key=f"order-returned-{order.id}").click().run()
    assert "没有写审定意见" in said(app)
    app.text_area[0].set_value("没有时间表")
    app.button(key=f"order-returned-{order.id}").click().run()
    assert "已退回答复" in said(app)
    answer_order(store, order.id, "九月底前", until=SOON, by=reporter, at=NOW)
    app.run()
    app.button(key=f"order-accepted-{order.id}").click().run()
    assert "已认可答复" in said(app)
    app.text_area[0].set_value("另行安排")
    app.button(key=f"order-closed-{order.id}").click().run()
    assert "已结案" in said(app)
    assert order_story(store, order.id, by=reviewer).order.state is OrderState.CLOSED


def test_what_has_turned_is_offered_to_be_closed(store, open_page, reporter, reviewer, monkeypatch):
    order = issued(store, by=reviewer)
    monkeypatch.setattr("dashboard.session.today", lambda: TODAY)
    assert "可以结案" not in said(open_page("supervision", "fuxin"))
    catch_up(store)
    assert "可以结案" not in said(open_page("supervision", "haizhou")), "not theirs to close"
    app = open_page("supervision", "fuxin")
    assert "可以结案（1 件）" in said(app) and "快于预期" in said(app)
    assert app.button(key="close-turned")
    assert order_story(store, order.id, by=reviewer).order.state.is_open


def test_the_page_says_so_where_there_is_no_order(store, open_page, reviewer):
    app = open_page("supervision", "fuxin")
    assert "这份规划还没有督办单" in said(app)
    app.toggle(key="every").set_value(True).run()
    assert not app.exception and "还没有督办单" in said(app)


def test_a_neighbour_sees_no_order_of_another_region(store, open_page):
    issued(store)
    add_person(store, "xinqiu", grant("reporter", OTHER))
    assert "这份规划还没有督办单" in said(open_page("supervision", "xinqiu"))


def test_ticked_rows_get_their_orders_at_once_and_then_show_them(store, open_page, reviewer):
    app = open_page("warnings", "fuxin", plan="样例", day="2024-06-02")
    rows = [("done", COUNTY), ("own", CITY)]
    assert "勾选" in said(app) and app.dataframe[0].value["督办"].tolist() == ["", ""]
    tick(app, *rows, rows=rows)
    assert "发督办（2 件）" in said(app) and "差9.5项" in said(app).replace("\\", "")
    app.button(key="issue").click().run()
    assert not app.exception and "已发出 2 件督办" in said(app)
    found = orders(store, by=reviewer, on=TODAY)
    assert sorted(zip(found["indicator"], found["region"], strict=True)) == rows and set(found["level"]) == {"order"}
    assert "前书面答复" in found["asked"][0] and set(found["day"]) == {date(2024, 6, 2)}
    assert app.dataframe[0].value["督办"].tolist() == ["已督办 · 待答复"] * 2
    tick(app, rows[0], rows=rows)
    assert "有 1 行已有未结案的督办单" in said(app).replace("\\", "")
    app = open_page("region", "fuxin", plan="样例", day="2024-06-02", region="海州区")
    assert "已督办 · 待答复" in app.dataframe[0].value["督办"].tolist()


def test_who_supervises_nothing_can_tick_nothing(store, open_page, reporter):
    app = open_page("warnings", "haizhou", plan="样例", day="2024-06-02")
    assert len(app.dataframe[0].value) == 1 and "勾选" not in said(app)


def test_tasks_of_orders_lead_to_them(store, open_page, reporter, reviewer):
    issued(store, by=reviewer, at=NOW, due=SOON)
    app = open_page("todo", "haizhou")
    assert "待答复督办" in str([each.value for each in app.subheader]) and "1 件督办待答复" in said(app)
    app.button(key="answer-0").click().run()
    assert not app.exception and app.title[0].value == "督办"
