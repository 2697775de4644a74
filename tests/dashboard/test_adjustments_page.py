from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.trend import trend_chart
from dashboard.viewmodels import adjustments as model
from tests.adjusted import NUMBER, adjust, change
from tests.dashboard.frames import row
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, day, figure, new_store, record, sample_plan, tree
from trackers.actions.adjustments import examine_change, propose_changes
from trackers.actions.plans import load_plans
from trackers.model.adjustment import Kind, State
from trackers.queries.adjustments import adjustments, in_force
from trackers.queries.rights import rights_of
from trackers.queries.what_if import what_if

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NASTY = "<img src=x onerror=alert(1)> **粗** [链](http://e.x)"
PLAN = sample_plan()


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path) as store:
        record(store, figure("own", "210900", "2014Q4", 30), figure("own", "210900", "2016Q4", 50))
        yield store


@pytest.fixture
def people(store):
    roles = {"first": "reviewer", "second": "reviewer", "office": "administrator", "leader": "leader"}
    return {login: add_person(store, login, grant(role, "210900", below=True)) for login, role in roles.items()}


@pytest.fixture
def open_page(store, people, enter):
    def opened(who: str = "first", page: str = "adjustments", **asked: str) -> AppTest:
        enter(store.path, who)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in {"plan": "样例", "day": "2016-12-31", **asked}.items():
            app.query_params[name] = value
        app.run()
        return app.switch_page(f"views/{page}.py").run()

    return opened


def propose(store, by, **more):
    return propose_changes(store, [change(**more)], by=by, at=AT)[0]


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.warning, *app.error, *app.info, *app.success, *app.title, *app.table]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def by_label(app: AppTest, label: str):
    return next(each for each in app.button if each.label == label)


def labels(app: AppTest) -> set[str]:
    return {each.label for each in app.button}


def part(app: AppTest, name: str) -> AppTest:
    app.session_state["adjust"] = name
    return app.run()


def last(store):
    return adjustments(store, by=OPERATOR)[0]


def test_a_change_is_told_in_words(store, people):
    propose(store, people["first"])
    one = adjust(store, change("summed", 40.0, reason="任务增加"))
    assert model.label(PLAN, tree(), one) == "2　目标值调整：指标summed，2020年，30项 → 40项"
    assert model.facts(PLAN, tree(), one)["批准文件"] == f"{NUMBER}，2017年3月1日"
    assert model.since(one) == "2017年4月1日起"
    assert model.story(one)[-1].endswith(f"登记批准（{NUMBER}，自2017年4月1日起），由提出人办理")
    lost = adjust(store, change("lost", 60.0, "confirmation"))
    assert (model.before_text(PLAN, lost.change), model.since(lost)) == ("待核实", "从规划开始起")
    share = adjust(store, change("summed", 9.0, "regional", region="210922", effective=day("2016-01-01")))
    table = model.table([share], PLAN, tree())
    assert table.loc[0, ["地区", "原值", "新值", "文号", "状态"]].tolist() == ["彰武县", "没有", "9项", "—", "已审查，已生效"]
    waiting, force, closed = model.split(adjustments(store, by=OPERATOR))
    assert ([each.id for each in waiting], [each.id for each in force], closed) == ([1], [4, 3, 2], [])


def test_a_form_offers_what_there_is_to_change():
    assert list(model.kinds(PLAN)) == ["target", "annual", "regional", "confirmation"]
    assert "confirmation" not in model.kinds(PLAN.model_copy(update={"indicators": PLAN.indicators[:2]}))
    assert list(model.indicators(PLAN, Kind.CONFIRMATION)) == ["lost"]
    own = PLAN.indicator("own")
    assert model.years(PLAN, own, Kind.TARGET) == [2020] and model.years(PLAN, own, Kind.CONFIRMATION) == []
    assert model.years(PLAN, own, Kind.ANNUAL) == list(range(2013, 2020))
    assert set(model.region_choices(PLAN, tree(), date(2016, 1, 1))) == {"210902", "210903", "210922"}


def test_what_is_offered_depends_on_who_asks_and_where_it_stands(store, people):
    propose(store, people["first"])
    one = last(store)
    told = {login: model.may_do(one, PLAN, rights_of(store, who), who) for login, who in people.items()}
    assert told == {"first": {"withdraw"}, "second": {"examine"}, "office": set(), "leader": set()}
    examine_change(store, one.id, passes=True, by=people["second"], at=AT)
    told = {login: model.may_do(last(store), PLAN, rights_of(store, who), who) for login, who in people.items()}
    assert told == {"first": {"withdraw"}, "second": set(), "office": {"approve"}, "leader": set()}


def test_what_it_would_do_is_shown_with_what_moves_first(store):
    found = what_if(store, PLAN, change(value=60.0), day("2016-12-31"), by=OPERATOR)
    table = model.what_if_table(found)
    assert table.loc[0, ["变化", "现目标", "新目标"]].tolist() == ["判定改变", "≥100项", "≥60项"]
    assert model.what_if_sentence(found, date(2016, 12, 31)) == "截至2016年12月31日，调整后 1/1 个判定会改变。"


def test_a_page_without_any_change_says_so(open_page):
    app = open_page()
    assert not app.exception and "现在没有办理中的调整" in said(app)


def test_somebody_proposes_sees_what_it_would_do_and_cannot_examine_it(open_page, store):
    app = part(open_page(), "new")
    app.text_input(key="new-0-value").input("60项").run()
    assert not app.exception and "调整后 1/1 个判定会改变" in said(app) and "现在：≥100项" in said(app)
    app.text_area(key="new-0-reason").input("任务减少").run()
    by_label(app, "提出").click().run()
    assert not app.exception and "已提出：指标own，2020年，等待审查" in said(app)
    assert (last(store).change.value, last(store).change.reason, last(store).by) == (60, "任务减少", "first")
    part(app, "open")
    assert "这是您提出的" in said(app) and labels(app) >= {"撤回这一项"} and not labels(app) & {"审查通过", "登记批准"}
    by_label(app, "撤回这一项").click().run()
    assert last(store).state is State.WITHDRAWN
    assert "已撤回" in said(app)


def test_a_value_that_is_no_number_is_refused_in_a_sentence(open_page, store):
    app = part(open_page(), "new")
    app.text_input(key="new-0-value").input("约60").run()
    assert not app.exception and "确切的数" in said(app) and adjustments(store, by=OPERATOR) == []


def test_another_examines_it_and_the_office_registers_the_approval(open_page, store, people):
    propose(store, people["first"])
    app = open_page("second")
    by_label(app, "审查通过").click().run()
    assert not app.exception and "已审查通过" in said(app)
    app = open_page("office")
    key = "adjust-1-0"
    by_label(app, "登记批准").click().run()
    assert "请写明批准日期和生效日期" in said(app)
    app.text_input(key=f"{key}-number").input(NUMBER)
    app.date_input(key=f"{key}-day").set_value(date(2017, 3, 1))
    app.date_input(key=f"{key}-since").set_value(date(2017, 4, 1))
    by_label(app, "登记批准").click().run()
    assert not app.exception and "自2017年4月1日起生效" in said(app)
    assert last(store).approval.number == NUMBER
    part(app, "force")
    assert NUMBER in said(app)


def test_one_is_sent_back_with_a_comment_only(open_page, store, people):
    propose(store, people["first"], reason=NASTY)
    app = open_page("second")
    by_label(app, "退回").click().run()
    assert "没有写退回意见" in said(app)
    app.text_area(key="adjust-1-0-comment").input(NASTY)
    by_label(app, "退回").click().run()
    assert not app.exception and last(store).steps[-1].comment == NASTY
    part(app, "closed")
    shown = [str(each.value) for each in [*app.markdown, *app.table] if "onerror" in str(each.value)]
    assert shown and all("\\<img" in text for text in shown)


def test_an_unverified_target_is_confirmed_on_the_page(open_page, store):
    app = part(open_page(), "new")
    app.selectbox(key="new-0-kind").select("confirmation").run()
    app.text_input(key="new-0-value").input("65").run()
    app.text_input(key="new-0-reference").input("原件第3页").run()
    by_label(app, "提出").click().run()
    assert "“□0”不合" in said(app) and not app.exception
    app.text_input(key="new-0-value").input("60").run()
    by_label(app, "提出").click().run()
    assert last(store).change.kind is Kind.CONFIRMATION and not app.exception


def test_pages_go_by_the_targets_of_their_day(open_page, store):
    adjust(store)
    for on, aim in (("2016-12-31", "≥100项"), ("2018-12-31", "≥120项")):
        app = open_page("leader", "plan", day=on)
        table = next(each.value for each in app.dataframe if "可信程度" in each.value)
        assert not app.exception and table.set_index("指标").loc["指标own", "目标"] == f"{aim}（2020年）"


def test_a_plan_loaded_anew_with_another_value_is_told(open_page, store):
    adjust(store)
    targets = [PLAN.indicators[0].targets[0].model_copy(update={"value": 85.0})]
    own = PLAN.indicators[0].model_copy(update={"targets": targets})
    load_plans(store, [PLAN.model_copy(update={"indicators": [own, *PLAN.indicators[1:]]})], by=OPERATOR, at=AT)
    assert "现在的规划文件里是 85项；已生效的 120项 仍然有效" in said(open_page())


def test_others_are_not_offered_the_page(open_page):
    with pytest.raises(ValueError, match="navigation page"):
        open_page("leader")


def test_the_plans_page_shows_the_old_target_and_the_new_with_its_document(open_page, store):
    adjust(store)
    adjust(store, change("summed", 9.0, "regional", region="210922", effective=day("2016-01-01"), reference="分解方案"))
    for on, now in (("2016-12-31", "截至日还未生效"), ("2018-12-31", "有效")):
        app = open_page("leader", "plan", day=on)
        (told,) = [each.value for each in app.dataframe if "原目标" in each.value]
        line = told.set_index("类别").loc["目标值调整"]
        assert line[["原目标", "新目标", "截至日"]].tolist() == ["≥100项", "≥120项", now]
        assert line["依据"] == f"{NUMBER}，2017年3月1日" and line["生效"] == "2017年4月1日起"
        assert "比规划目标30项少21项" in said(app) and not app.exception


def test_a_plan_without_changes_shows_none(open_page):
    app = open_page("leader", "plan")
    assert not app.exception and "调整" not in said(app)


def test_the_target_of_a_series_steps_on_the_days_it_changed(store):
    adjust(store)
    adjust(store, change(value=130.0), effective="2018-01-01")
    own = {"indicator": "own", "target_year": 2020, "region": "210900"}
    changes = in_force(store, PLAN.id)
    told = model.target_steps(PLAN, changes, own, day("2018-12-31"))
    assert told == [(PLAN.first_day, 100, ""), (day("2017-04-01"), 120, NUMBER), (day("2018-01-01"), 130, NUMBER)]
    assert len(model.target_steps(PLAN, changes, own, day("2017-12-31"))) == 2
    assert model.target_steps(PLAN, changes, own, day("2017-03-31")) == []
    assert model.target_steps(PLAN, changes, own | {"indicator": "mean"}, day("2018-12-31")) == []


def test_the_trend_marks_the_change_and_its_line_steps(open_page, store):
    adjust(store)
    app = open_page("leader", "indicator", day="2018-12-31", indicator="指标own")
    assert not app.exception
    steps = model.target_steps(PLAN, in_force(store, PLAN.id), {"indicator": "own", "target_year": 2020, "region": "210900"},
                               day("2018-12-31"))  # fmt: skip
    points = pd.DataFrame({"day": [day("2016-12-31")], "value": [50.0], "period": ["2016Q4"], "demo": False, "complete": True})
    points = points.assign(revision=1)
    told = row("own", region="210900", target=120.0, target_text="≥120项", target_day=day("2020-12-31"))
    figure = trend_chart(points, told, day("2018-12-31"), [], steps)
    assert "目标调整" in [note.text for note in figure.layout.annotations]
    (line,) = [trace for trace in figure.data if trace.name == "目标 ≥120项"]
    assert (list(line.y), line.line.shape) == ([100, 120, 120], "hv")
    note = next(note for note in figure.layout.annotations if note.text == "目标调整")
    assert note.hovertext == f"2017年4月1日起，目标由 100 调整为 120项（{NUMBER}）"


def test_a_proposal_stands_in_what_waits_for_another_and_leads_here(store, people, open_page):
    propose(store, people["first"])
    app = open_page("second", "todo")
    assert "1 项调整待审查" in said(app)
    by_label(app, "去指标调整").click().run()
    assert app.title[0].value == "指标调整" and "审查通过" in labels(app)
    assert "项调整待审查" not in said(open_page("first", "todo"))
