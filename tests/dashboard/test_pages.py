from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.samples import AT, OPERATOR, REGIONS
from trackers.actions.plans import load_regions
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
TITLES = {"overview": "总览", "region": "区域", "indicator": "指标", "warnings": "滞后预警", "report": "报告"}
PLANS = ["阜新", "辽宁", "内蒙古", "国家2013—2020年", "长三角2025年（报道）", "阜阳", "长三角"]


@pytest.fixture
def open_page(enter):
    def opened(database: Path, page: str = "overview", **asked: str) -> AppTest:
        enter(database)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        app.run()
        there = any(title.value == "待办" for title in app.title)  # the page a person with duties sees first
        stay = not page or (page == "overview" and not there)
        return app if stay else app.switch_page(f"views/{page}.py").run()

    return opened


def said(app: AppTest) -> str:
    """Everything the page says in words."""
    parts = [*app.markdown, *app.caption, *app.warning, *app.error, *app.title]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


@pytest.mark.parametrize("page", TITLES)
def test_every_page_of_a_filled_database_runs_and_says_it_is_a_demonstration(open_page, demo_database, page):
    app = open_page(demo_database, page, plan="辽宁", day="2024-05-20")
    assert not app.exception and not app.error
    assert app.title[0].value == TITLES[page]
    assert "演示数据" in app.warning[0].value


@pytest.mark.parametrize("page", TITLES)
def test_every_page_of_an_unfilled_database_runs_without_the_mark_of_a_demonstration(open_page, unfilled_database, page):
    app = open_page(unfilled_database, page, plan="阜新")
    assert not app.exception and not app.error and not app.warning
    assert app.title[0].value == TITLES[page]


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_opens_on_its_own_day(open_page, demo_database, plan):
    app = open_page(demo_database, plan=plan)
    assert not app.exception and not app.error
    assert app.selectbox(key="plan").value and app.date_input(key="day").value.year >= 2020


def levels_below() -> None:
    import streamlit as st

    from dashboard import components

    st.text(components.level_choice({"province": "省级", "county": "县级"}))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("county", "county"), ("县级", "county"), ("省级", "province"), ("village", "province"), (None, "province")],
)
def test_an_address_names_a_level_of_regions_by_its_word_or_its_name(asked, shown):
    app = AppTest.from_function(levels_below)
    if asked:
        app.query_params["level"] = asked
    app.run()
    assert not app.exception and app.text[0].value == shown
    app.segmented_control(key="level").set_value("county").run()
    assert app.text[0].value == "county" and "县级" in app.query_params["level"]


@pytest.mark.parametrize("plan", ["长三角", "长三角2025年（报道）"])
def test_a_plan_names_another_as_people_call_it(open_page, demo_database, plan):
    assert "changsanjiao" not in said(open_page(demo_database, "plan", plan=plan))


def test_a_database_without_plans_says_what_to_do(open_page, tmp_path):
    with open_store(tmp_path / "tracker.db", create=True) as store:
        load_regions(store, REGIONS, by=OPERATOR, at=AT)
    app = open_page(tmp_path / "tracker.db")
    assert not app.exception
    assert "还没有规划" in said(app)


def test_a_database_that_is_missing_is_told_in_a_sentence(open_page, tmp_path):
    app = open_page(tmp_path / "nothing.db")
    assert not app.exception
    assert "没有数据库文件" in said(app)


def test_a_plan_that_does_not_exist_is_told_with_the_nearest(open_page, demo_database):
    app = open_page(demo_database, plan="辽寧")
    assert not app.exception
    assert "没有名为“辽寧”的规划" in said(app)


def test_a_plan_may_be_asked_for_by_its_id(open_page, demo_database):
    app = open_page(demo_database, plan="fuxin-2013")
    assert app.selectbox(key="plan").value == "fuxin-2013"
    assert app.query_params["plan"] == "阜新", "an address by id must still say its plan when it is reloaded"


def test_an_address_names_plan_day_region_and_indicator(open_page, demo_database):
    app = open_page(demo_database, "region", plan="阜新", day="2018-06-30", region="海州区", indicator="计量检定校准项目总数")
    assert str(app.date_input(key="day").value) == "2018-06-30"
    assert app.selectbox(key="region").value == "210902"


def test_an_address_of_a_region_that_may_not_be_chosen_is_told_without_naming_it(open_page, demo_database):
    app = open_page(demo_database, "region", plan="阜新", day="2018-06-30", region="火星")
    told = [each.value for each in app.warning if "不在您可以选的范围内" in each.value]
    assert len(told) == 1 and "下面是“阜新市”" in told[0] and "火星" not in told[0]
    app.selectbox(key="region").set_value("210902").run()
    assert not any("不在您可以选的范围内" in each.value for each in app.warning), "told once"
    allowed = open_page(demo_database, "region", plan="阜新", day="2018-06-30", region="海州区")
    assert not any("不在您可以选的范围内" in each.value for each in allowed.warning)


def test_another_plan_opens_on_its_own_day_with_its_own_region(open_page, demo_database):
    app = open_page(demo_database, "region", plan="阜新", region="海州区")
    app.selectbox(key="plan").select("liaoning-2021").run()
    assert not app.exception
    assert app.selectbox(key="region").value == "210000"
    app.selectbox(key="plan").select("fuxin-2013").run()
    assert str(app.date_input(key="day").value) == "2020-12-31"


def test_a_day_can_be_chosen_by_name(open_page, demo_database):
    app = open_page(demo_database, plan="阜新", day="2016-01-01")
    app.button(key="day-2020年末").click().run()
    assert str(app.date_input(key="day").value) == "2020-12-31"


def test_a_card_leads_to_its_list(open_page, demo_database):
    app = open_page(demo_database, plan="辽宁", day="2024-05-20")
    card = next(metric for metric in app.metric if "滞后于预期" in metric.label)
    app.button(key="list-lagging").click().run()
    rows = app.dataframe[0].value
    assert f"{len(rows)}项" == card.value and all("滞后" in label[0] for label in rows["判定"])


def test_published_figures_are_shown_with_why_they_are_not_judged(open_page, real_database):
    app = open_page(real_database, "indicator", plan="辽宁", day="2024-05-20", indicator="社会公用计量标准", part="目标与来源")
    app.selectbox(key="indicator").select("public-standards").run()
    table = next(each.value for each in app.dataframe if "为何不判断" in each.value)
    assert set(table["是否判断"]) == {"不参与判断"} and table["网址"].str.startswith("http").all()


def test_lagging_rows_can_be_narrowed(open_page, demo_database):
    app = open_page(demo_database, "warnings", plan="辽宁", day="2024-05-20")
    app.toggle(key="own").set_value(True).run()
    assert not app.exception
    assert set(app.dataframe[0].value["地区"]) == {"辽宁省"}


def test_a_plan_in_words_says_so_and_leads_on(open_page, demo_database):
    app = open_page(demo_database, plan="阜阳")
    assert "没有数量指标" in said(app)


def test_the_address_always_says_what_is_shown_so_that_it_can_be_sent(open_page, demo_database):
    app = open_page(demo_database, "region", plan="阜新", day="2018-06-30", region="海州区")
    told = [app.query_params[name] for name in ("plan", "day", "region")]
    assert [each[0] if isinstance(each, list) else each for each in told] == ["阜新", "2018-06-30", "海州区"]


def test_a_day_outside_the_plans_time_opens_the_plans_own_day(open_page, demo_database):
    app = open_page(demo_database, plan="阜新", day="1999-01-01")
    assert not app.exception
    assert str(app.date_input(key="day").value) == "2020-12-31"
