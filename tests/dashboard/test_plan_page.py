from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.viewmodels import plan as document
from dashboard.viewmodels import plan_indicators
from tests.samples import indicator, sample_plan, target, tree
from trackers.model.published import PublishedFigure

APP = str(Path(__file__).parents[2] / "dashboard" / "app.py")
SOURCE = {"section": "二（一）", "start": 10, "end": 12}
TASKS = [
    {"id": "1-1", "number": "（一）", "group": "甲组", "name": "建设标准", "units": ["科技局", "市监局"],
     "deliverables": ["标准装置"], "source": SOURCE},
    {"id": "1-2", "number": "2", "group": "乙组", "name": "培养人才", "units": ["市监局"], "source": SOURCE},
]  # fmt: skip


def texts(facts) -> dict[str, str]:
    return {fact.label: fact.text for fact in facts}


def names(groups) -> dict[str, list[str]]:
    return {group: [line.name for line in lines] for group, lines in groups.items()}


def test_what_a_document_does_not_say_is_called_unsaid():
    told = texts(document.facts(sample_plan(), tree(), []))
    assert (told["印发机关"], told["文号"], told["印发日期"]) == ("未说明",) * 3
    assert told["规划期"] == "2013—2020年"


def test_remarks_stand_beside_the_number_and_the_first_year():
    plan = sample_plan(number="阜政发〔2015〕", number_remark="号数残损", start_remark="推定")
    told = texts(document.facts(plan, tree(), []))
    assert (told["文号"], told["规划期"]) == ("阜政发〔2015〕（号数残损）", "2013—2020年（推定）")


@pytest.mark.parametrize(("held", "leads_to"), [([], ""), (["guofa-2013"], "guofa-2013")])
def test_the_plan_carried_out_is_a_link_only_where_it_is_held(held, leads_to):
    plan = sample_plan(carries_out=[{"title": "国家规划", "number": "国发〔2013〕10号", "plan": "guofa-2013"}])
    (superior,) = [fact for fact in document.facts(plan, tree(), held) if fact.label == "落实的上级文件"]
    assert (superior.text, superior.plan) == ("国家规划（国发〔2013〕10号）", leads_to)


def test_a_plan_known_from_a_second_source_says_so():
    plan = sample_plan(second_source_only=True, reference="https://example.org/a")
    assert document.Fact("仅见于另一来源", "https://example.org/a", "https://example.org/a") in document.facts(plan, tree(), [])


def test_tasks_are_found_by_words_in_any_part_and_by_unit():
    plan = sample_plan(tasks=TASKS)
    assert names(document.task_groups(plan)) == {"甲组": ["（一）建设标准"], "乙组": ["2. 培养人才"]}
    assert names(document.task_groups(plan, "标准 科技局")) == {"甲组": ["（一）建设标准"]}
    assert names(document.task_groups(plan, unit="科技局")) == {"甲组": ["（一）建设标准"]}
    assert document.task_groups(plan, "培养", "科技局") == {}
    assert document.task_units(plan) == ["科技局", "市监局"]


def test_a_task_has_its_units_deliverables_and_place():
    (line,) = document.task_groups(sample_plan(tasks=TASKS))["甲组"]
    assert texts(line.parts) == {"责任单位": "科技局、市监局", "交付内容": "标准装置"}
    assert line.place == "二（一），[10, 12)"


def test_safeguards_name_what_each_unit_is_to_do():
    safeguards = [
        {"id": "s1", "number": "（一）", "name": "组织", "source": SOURCE},
        {"id": "s2", "number": "（二）", "name": "分工", "units": ["甲局", "乙局"], "duties": {"甲局": "牵头"}, "source": SOURCE},
    ]
    first, second = document.safeguard_lines(sample_plan(safeguards=safeguards))
    assert texts(first.parts) == {"责任单位": "未说明"}
    assert texts(second.parts) == {"甲局": "牵头", "乙局": "职责未说明"}


def test_evaluations_tell_who_when_and_how():
    order = {"kind": "midterm", "year": 2016, "by": ["市监局"], "third_party": True, "approval": "市政府", "source": SOURCE}
    (line,) = document.evaluation_lines(sample_plan(evaluations=[order]))
    told = texts(line.parts)
    assert line.name == "中期评估"
    assert told == {"年份": "2016年", "组织单位": "市监局", "第三方评估": "要求", "调整的批准": "市政府"}


def test_goals_stand_under_their_year_and_have_no_number():
    goals = [
        {"id": "b", "name": "体系完善", "year": 2035, "source": SOURCE},
        {"id": "a", "name": "初步建立", "year": 2025, "source": SOURCE},
    ]
    assert names(document.goals_by_year(sample_plan(goals=goals))) == {2025: ["初步建立"], 2035: ["体系完善"]}


def test_a_damaged_target_shows_its_shape_place_second_source_and_inferred_year():
    damaged = {
        "year": 2020, "comparator": ">=", "value": 3600, "confidence": "corroborated", "shape": "□600", "source": SOURCE,
        "reference": "https://example.org/b", "year_inferred": True, "remark": "按上下文",
    }  # fmt: skip
    plan = sample_plan(source_file="a.txt", indicators=[indicator("own", targets=[damaged])])
    (sheet,) = plan_indicators.sheets(plan, tree(), [])
    assert sheet.aim == "≥3600项（2020年，年份推定）"
    assert texts(sheet.targets[0]) == {
        "目标": "≥3600项，2020年，年份推定", "可信程度": "残损，另有来源印证", "残损形": "□600",
        "原文": "a.txt，二（一），[10, 12)", "另一来源": "https://example.org/b", "备注": "按上下文",
    }  # fmt: skip


def test_a_target_that_is_not_verified_has_no_value():
    (sheet,) = plan_indicators.sheets(sample_plan(indicators=[indicator("lost", targets=[target(None)])]), tree(), [])
    assert (sheet.aim, sheet.sureness) == ("待核实（□0）（2020年）", "待核实")


def test_an_official_baseline_and_shares_stand_with_their_references():
    full = indicator(
        "own", baseline={"value": 12, "date": "2012-12-31", "reference": "统计年报"}, nature="binding", weight=5,
        annual_targets=[{"year": 2016, "value": 50, "reference": "https://example.org/y"}],
        regional_targets=[{"region": "210902", "year": 2020, "value": 9, "reference": "分解表"}],
    )  # fmt: skip
    (sheet,) = plan_indicators.sheets(sample_plan(indicators=[full]), tree(), [])
    told = texts(sheet.facts)
    assert told["基期值"] == "12项（2012年12月31日；统计年报）"
    assert (told["性质"], told["权重"], told["口径"]) == ("约束性", "5", "未说明")
    assert (told["年度分解目标2016年"], told["区域分解目标海州区2020年"]) == ("50项（https://example.org/y）", "9项（分解表）")


def test_a_published_figure_that_is_not_judged_says_why():
    figure = PublishedFigure(
        plan="sample-2013", indicator="own", region="210900", period="2016", value=86, unit="项", name="新建",
        address="https://example.org/c", confidence="单一来源", judged=False, remark="口径不同",
    )  # fmt: skip
    sheet = plan_indicators.sheets(sample_plan(), tree(), [figure])[0]
    told = texts(sheet.published[0])
    assert told["公布数据"] == "阜新市 2016：86项，新建"
    assert (told["用途"], told["原因"]) == ("并列保存，不参与判断", "口径不同")


def test_the_table_has_a_row_an_indicator_and_the_words_of_its_aggregation():
    table = plan_indicators.table(sample_plan())
    assert list(table["指标"]) == ["指标own", "指标summed", "指标rate", "指标mean", "指标lost"]
    assert list(table["汇总方式"][:3]) == ["本级直报", "各地合计", "分子分母合计"]
    assert set(table["性质"]) == {"未说明"}


@pytest.fixture
def page(real_database, enter):
    def opened(plan: str) -> AppTest:
        enter(real_database)
        app = AppTest.from_file(APP, default_timeout=60)
        app.query_params["plan"] = plan
        app.run()
        app.switch_page("views/plan.py").run()
        assert not app.exception and not app.error
        return app

    return opened


def said(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown).replace("\\", "")


@pytest.mark.parametrize(
    ("plan", "indicators"),
    [("辽宁", 14), ("阜新", 15), ("阜阳", 0), ("内蒙古", 2), ("国家2013—2020年", 9), ("长三角", 0), ("长三角2025年（报道）", 3)],
)
def test_every_plan_can_be_read_on_the_page(page, plan, indicators):
    app = page(plan)
    assert app.tabs[0].label == f"指标 {indicators}"
    assert len(app.expander) == indicators


def test_the_page_tells_a_damaged_figure_with_shape_span_and_link(page):
    app = page("辽宁")
    assert "□600" in said(app) and "[1513, 1517)" in said(app)
    assert "](<http" in said(app)
    assert "残损" in app.warning[0].value


def test_an_inferred_year_is_called_so(page):
    assert "年份推定" in said(page("内蒙古"))


def test_a_plan_from_a_second_source_says_so_above_all_that_the_plan_says(page):
    told = said(page("长三角2025年（报道）"))
    assert told.index("仅见于另一来源") < told.index("**时间轴**")


def test_a_plan_without_indicators_says_so_and_shows_its_goals(page):
    app = page("阜阳")
    assert "没有可以计数的指标" in said(app) and "2035年目标" in said(app)


def test_tasks_can_be_searched_on_the_page(page):
    app = page("辽宁")
    app.text_input(key="task").input("诚信计量体系").run()
    assert "显示 1 项" in app.caption[-1].value
    app.text_input(key="task").input("没有这样的任务").run()
    assert "没有符合的任务" in app.info[-1].value


def test_the_plan_carried_out_opens_on_its_own_day(page):
    app = page("阜新")
    app.button(key="open-guofa-2013").click().run()
    assert not app.exception
    assert (app.session_state["plan"], str(app.session_state["day"])) == ("guofa-2013", "2020-12-31")
