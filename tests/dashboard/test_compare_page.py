from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.families import SUPERIOR, built, family_store, lower_plan
from tests.people import grant
from trackers.model.account import Grant

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture
def open_page(tmp_path, enter):
    def page(*grants: Grant, plan: str = "辽宁", plans=()) -> AppTest:
        family_store(tmp_path, *plans).close()
        enter(tmp_path / "tracker.db", "somebody" if grants else "everybody", *grants)
        app = AppTest.from_file(str(APP), default_timeout=60)
        app.query_params["plan"], app.query_params["day"] = plan, "2016-12-31"
        return app.switch_page("views/compare.py").run()

    return page


def said(app: AppTest) -> str:
    return "\n".join(each.value for each in [*app.markdown, *app.caption, *app.info]).replace("\\", "")


def test_plans_stand_beside_the_one_they_carry_out(open_page):
    app = open_page()
    assert not app.exception and not app.error and app.title[0].value == "规划对照"
    table = app.dataframe[0].value
    assert table["规划"].tolist() == ["上级　辽宁", "下级　阜新", "下级　沈阳", "下级　海州"]
    assert table["占上级目标"].tolist() == ["—", "30.0%", "50.0%", "10.0%"]
    assert table["现值"].tolist() == ["40项", "20项", "—", "—"]
    assert "占上级目标100项的80.0%，其余20项没有落到所列的规划" in said(app)
    assert "不合计：比率和平均数不能相加" in said(app) and "两份文件都写built" in said(app)


def test_from_below_the_same_is_shown(open_page):
    assert "占上级目标100项的80.0%" in said(open_page(plan="阜新"))


def test_figures_of_a_plan_one_may_not_see_are_not_shown(open_page):
    table = open_page(grant("leader", "210900"), plan="阜新").dataframe[0].value
    assert table["现值"].tolist() == ["—", "20项", "—", "—"] and table["判定"].tolist()[0] == "无权查看"
    assert table["目标"].tolist()[0] == "≥100项（2020年）"


def test_a_plan_with_nothing_to_compare_says_why(open_page):
    lonely = lower_plan("sample-2013", "210900", "阜新", built(30), superior="missing")
    plain = lonely.model_copy(update={"carries_out": [lonely.carries_out[0].model_copy(update={"plan": None})]})
    app = open_page(plan="阜新", plans=(SUPERIOR, plain))
    assert not app.exception and "它贯彻的《省规划》没有收录" in said(app) and not app.dataframe
