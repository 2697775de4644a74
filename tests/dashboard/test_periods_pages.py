"""The pages 待办 and 填报期, run as the shell runs them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.session import today
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, figure, indicator, new_store, sample_plan
from tests.waiting import wait
from trackers.actions.periods import close_period, open_periods
from trackers.actions.review import give_back
from trackers.model.period import Period
from trackers.model.plan import Level
from trackers.queries.periods import entry_closed
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NOW = today()
PLAN = sample_plan(
    start=NOW.year - 3, end=NOW.year + 2, milestones=[NOW.year + 2], short="样例*规划",
    indicators=[
        indicator("own"),
        indicator("summed", aggregation="sum", level="county"),
        indicator("rate", aggregation="ratio", measure="rate", unit="%", level="county", frequency="year"),
    ],
)  # fmt: skip
OTHER = sample_plan(id="other-2013", short="另一份", region="210000")
YEAR = Period.parse(str(NOW.year - 1))
OLD = Period.parse(str(NOW.year - 2))


@pytest.fixture
def database(tmp_path):
    with new_store(tmp_path, PLAN) as store:
        days = {"opens": NOW, "deadline": NOW + timedelta(days=60), "by": OPERATOR, "at": AT}
        open_periods(store, PLAN.id, Level.COUNTY, OLD, OLD, **days)
    return tmp_path / "tracker.db"


@pytest.fixture
def open_page(enter, database):
    def opened(page: str, *grants, who: str = "somebody", part: str = "") -> AppTest:
        enter(database, who, *grants)
        app = AppTest.from_file(str(APP), default_timeout=60).run().switch_page(f"views/{page}.py").run()
        return app.segmented_control(key="part").set_value(part).run() if part else app

    return opened


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.warning, *app.error, *app.success, *app.title, *app.subheader, *app.info]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def test_a_reporter_is_told_what_to_enter_and_led_to_its_sheet(open_page):
    app = open_page("todo", grant("reporter", "210902"))
    assert not app.exception and not app.error
    assert f"海州区　{OLD.words}" in said(app) and "2 个数没有报" in said(app)
    assert "样例*规划" in said(app), "the text of a plan is shown as it is"
    [go] = [button for button in app.button if button.key == "enter-0"]
    app = go.click().run()
    assert not app.exception and app.title[0].value == "填报"
    assert app.selectbox(key="region-0").value == "海州区" and app.selectbox(key="period").value == OLD.words


def test_a_city_with_counties_below_is_led_to_its_own_sheet(open_page, database):
    with open_store(database) as store:
        days = {"opens": NOW, "deadline": NOW + timedelta(days=60), "by": OPERATOR, "at": AT}
        quarter = Period.parse(f"{NOW.year - 1}Q3")
        open_periods(store, PLAN.id, Level.CITY, quarter, quarter, **days)
    app = open_page("todo", grant("reporter", "210900", below=True))
    places = [place for place, text in enumerate(app.markdown) if "阜新市" in str(text.value) and "没有报" in str(text.value)]
    assert places
    tasks = [str(text.value) for text in app.markdown if "没有报" in str(text.value) and "开放至" in str(text.value)]
    at = next(place for place, text in enumerate(tasks) if "阜新市" in text)
    app = app.button(key=f"enter-{at}").click().run()
    assert app.title[0].value == "填报" and app.selectbox(key="region-0").value == "阜新市（本级）"
    assert app.selectbox(key="period").value == quarter.words


def test_what_was_returned_is_told_with_the_comment_shown_as_it_is(open_page, database):
    with open_store(database) as store:
        reporter = add_person(store, "haizhou", grant("reporter", "210902"))
        keys = wait(store, figure("rate", "210902", str(YEAR), 50, numerator=1, denominator=2), by=reporter)
        give_back(store, keys, comment="<img src=x onerror=alert(1)> **改**", by=OPERATOR, at=AT)
    app = open_page("todo", who="haizhou")
    assert "↩ 待修改（1 项）" in said(app)
    assert "退回意见：<img src=x onerror=alert(1)> **改**" in said(app)
    assert not any("<img" in str(text.value) and "\\<img" not in str(text.value) for text in app.markdown)


def test_a_reviewer_is_led_to_the_review(open_page, database):
    with open_store(database) as store:
        wait(store, figure("summed", "210902", f"{YEAR}Q4", 1), by=add_person(store, "haizhou", grant("reporter", "210902")))
    app = open_page("todo", grant("reviewer", "210900"))
    assert "1 个下级报来的数待审核" in said(app)
    app = app.button(key="review-0").click().run()
    assert not app.exception and app.title[0].value == "审核"


def test_where_nothing_waits_the_page_says_so(open_page):
    app = open_page("todo", grant("reviewer", "210900"))
    assert not app.exception and "现在没有等您办的事" in said(app)


@pytest.mark.parametrize("part", ["windows", "missing", "leave", "set"])
def test_every_part_of_the_periods_opens_for_an_administrator(open_page, part):
    app = open_page("periods", grant("administrator", "210900", below=True), part=part)
    assert not app.exception and not app.error and app.title[0].value == "填报期"


@pytest.mark.parametrize("part", ["windows", "missing", "leave"])
def test_a_leader_reads_and_finds_no_form(open_page, part):
    app = open_page("periods", grant("leader", "210900", below=True), part=part)
    assert not app.exception and not app.error
    assert not [button for button in app.button if button.key in ("open-periods", "close-period", "leave-give")]
    assert "set" not in app.segmented_control(key="part").options and len(app.segmented_control(key="part").options) == 3


def test_what_is_open_and_what_is_not_certain_is_said(open_page):
    app = open_page("periods", grant("leader", "210900", below=True))
    assert f"：{OLD.words}第四季度、{OLD.words}" in said(app) and "县级开放到" in said(app)
    table = app.dataframe[0].value
    assert {"● 开放中", "■ 已截止", "○ 未开始"} <= set(table["状态"])
    far = table[table["填报期"] == f"{NOW.year + 1}年第一季度"]
    assert far.empty or all("（暂定）" in text for text in far["截止日"])


def test_those_who_have_not_reported_are_named_with_their_rates(open_page):
    app = open_page("periods", grant("leader", "210900", below=True), part="missing")
    app = app.selectbox(key="period").set_value(str(OLD)).run()
    assert [metric.value for metric in app.metric] == ["7个数", "0.0%", "0.0%", "1个数"]
    table = app.dataframe[0].value
    assert "阜新市（含下级）" in set(table["地区"])
    assert table[table["地区"] == "海州区"]["缺报的指标"].tolist() == ["指标summed、指标rate"]


def test_a_person_who_sees_one_county_gets_that_county_alone(open_page):
    app = open_page("periods", grant("reporter", "210902"), part="missing")
    assert set(app.dataframe[0].value["地区"]) == {"海州区"}


def test_an_administrator_closes_and_opens_a_period(open_page, database):
    app = open_page("periods", grant("administrator", "210900", below=True), part="set")
    app.segmented_control(key="set-level").set_value("county").run()
    app.selectbox(key="close-0-period").set_value(str(OLD))
    app.text_input(key="close-0-reason").set_value("已汇总")
    app = press(app, "关闭")
    assert "已关闭县级的填报期" in app.success[0].value
    with open_store(database) as store:
        assert "已汇总" in entry_closed(store, PLAN, "210902", OLD, NOW)
    app.selectbox(key="open-1-county-year-from").set_value(str(OLD))
    app.selectbox(key="open-1-county-year-to").set_value(str(OLD))
    app = press(app, "开放")
    assert not app.error and "已开放县级的填报期" in app.success[0].value
    with open_store(database) as store:
        assert entry_closed(store, PLAN, "210902", OLD, NOW) == ""


def test_a_refused_form_says_why_and_keeps_what_was_typed(open_page):
    app = open_page("periods", grant("administrator", "210900", below=True), part="set")
    app = press(app, "关闭")
    assert "没有写关闭的原因" in app.error[0].value


def test_a_rule_that_is_no_number_is_refused_and_a_number_is_kept(open_page):
    app = open_page("periods", grant("administrator", "210900", below=True), part="set")
    app.text_input(key="rule-0-city-days").set_value("十")
    assert "不是整数" in press(app, "保存规则").error[0].value
    app.text_input(key="rule-0-city-days").set_value("10")
    assert "第 10 个工作日截止" in press(app, "保存规则").success[0].value


def test_a_reviewer_gives_leave(open_page, database):
    with open_store(database) as store:
        close_period(store, PLAN.id, Level.COUNTY, YEAR, reason="已汇总", by=OPERATOR, at=AT)
    app = open_page("periods", grant("reviewer", "210900"), part="leave")
    app.selectbox(key="leave-0-region").set_value("210902")
    app.selectbox(key="leave-0-period").set_value(str(YEAR))
    app.text_input(key="leave-0-reason").set_value("=cmd|' /C calc'!A0")
    app = press(app, "准许补报")
    assert not app.error and "已准许海州区补报" in app.success[0].value
    assert app.dataframe[0].value["理由"].tolist() == ["=cmd|' /C calc'!A0"] * 2
    with open_store(database) as store:
        assert entry_closed(store, PLAN, "210902", YEAR, NOW) == ""


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()
