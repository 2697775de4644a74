from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.evaluated import (
    AT,
    CITY,
    COUNTY,
    LATER,
    draft,
    evaluated_store,
    frozen_evaluation,
    opened,
)
from tests.people import add_person, grant
from tests.samples import OPERATOR
from trackers.actions.evaluations import assign, freeze, publish, reopen
from trackers.actions.findings import comment_finding, record_check, write_finding
from trackers.model.evaluation import EvaluationState
from trackers.model.finding import Subject, Voice
from trackers.queries.evaluations import evaluation, evaluations, findings, spot_checks
from trackers.reports.compared_files import comparison_file
from trackers.reports.make import Form, make_evaluation_report

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NASTY = "=cmd|'/c calc'!A1 <img src=x onerror=alert(1)> **粗** :red[红] [链](http://e.x)"


@pytest.fixture
def store(tmp_path):
    with evaluated_store(tmp_path) as store:
        yield store


@pytest.fixture
def open_page(store, enter):
    def page(role: str = "evaluator", region: str = CITY, part: str = "rows", **asked: str) -> AppTest:
        login = f"{role}-{region}"
        if not store.rows("account", login=login):
            add_person(store, login, grant(role, region, below=role != "third_party"))
        enter(store.path, login)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        app.session_state["see"] = part
        app.run()
        if role == "third_party":
            return app
        return app.switch_page("views/evaluation.py").run()

    return page


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.warning, *app.error, *app.info, *app.success, *app.title, *app.subheader]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def sound(app: AppTest) -> None:
    assert not app.exception and not app.error, said(app)


def test_without_an_evaluation_the_page_says_so_and_one_is_opened(store, open_page):
    app = open_page()
    sound(app)
    assert "这份规划还没有评估" in said(app)
    next(each for each in app.date_input if each.label == "截止日").set_value(date(2016, 12, 31)).run()
    press(app, "开评")
    sound(app)
    assert "已开中期评估" in said(app)
    assert [each.cutoff for each in evaluations(store, by=OPERATOR)] == [date(2016, 12, 31)]


def test_the_rows_show_the_computed_verdict_and_each_voice_side_by_side(store, open_page):
    add_person(store, "beside", grant("third_party", CITY))
    about = assign(store, frozen_evaluation(store).id, "beside", by=OPERATOR, at=AT)
    for voice in Voice:
        write_finding(store, about.id, draft(voice=voice, explained=f"{voice.word}说"), by=OPERATOR, at=LATER)
    app = open_page()
    sound(app)
    frame = next(each.value for each in app.dataframe if "判定" in each.value)
    line = frame[(frame["指标"] == "指标mean") & (frame["地区"] == "海州区")].iloc[0]
    assert [line[voice.word] for voice in Voice] == [f"同意计算的判定；{voice.word}说" for voice in Voice]
    assert about.digest in said(app) and "不计考核得分" in said(app)


def test_what_is_missing_is_shown_with_a_way_to_mend_it_and_it_is_frozen_for_a_reason(store, open_page):
    about = opened(store)
    app = open_page(part="steps")
    sound(app)
    assert "彰武县还缺 1 个" in said(app) and "去“填报期”" in [each.label for each in app.button]
    press(app, "冻结")
    assert "确需现在冻结的，请写明理由" in said(app)
    next(each for each in app.text_area if "仍要冻结" in each.label).input("县里没有报").run()
    press(app, "冻结")
    sound(app)
    assert evaluation(store, about.id, by=OPERATOR).state is EvaluationState.FROZEN
    assert "理由：县里没有报" in said(app)


def test_the_way_to_mend_leads_to_the_page_at_the_plan(store, open_page):
    opened(store)
    app = press(open_page(part="steps"), "去“填报期”")
    assert not app.exception and "填报期" in said(app)


def public_links(app: AppTest) -> list[str]:
    return [each.proto.url for each in app.get("link_button")]


def test_one_who_publishes_publishes_and_takes_back(store, open_page):
    about = frozen_evaluation(store)
    app = press(open_page("administrator", part="steps"), "公布")
    sound(app)
    assert evaluation(store, about.id, by=OPERATOR).state is EvaluationState.PUBLISHED
    assert public_links(app) == ["/public/evaluation/1"]
    next(each for each in app.text_area if "为什么撤回" in each.label).input("有误").run()
    sound(press(app, "撤回公布"))
    assert evaluation(store, about.id, by=OPERATOR).state is EvaluationState.WITHDRAWN
    assert public_links(app) == []


def test_a_finding_is_written_and_stands_beside_the_others(store, open_page):
    about = frozen_evaluation(store)
    app = open_page("reporter", COUNTY, part="findings")
    sound(app)
    assert "计算的判定：" in said(app)
    next(each for each in app.text_area if each.label == "原因说明").input(NASTY).run()
    press(app, "提交意见")
    sound(app)
    (finding,) = findings(store, about.id, by=OPERATOR)
    assert (finding.voice, finding.region, finding.explained) == (Voice.SELF, COUNTY, NASTY)
    shown = [str(each.value) for each in app.markdown if "onerror" in str(each.value)]
    assert shown and all("\\<img" in text and "\\*\\*粗" in text for text in shown)


def test_a_grade_that_differs_needs_a_reason_on_the_page_too(store, open_page):
    about = frozen_evaluation(store)
    app = open_page(part="findings")
    next(each for each in app.selectbox if each.label == "评定").set_value("missed").run()
    press(app, "提交意见")
    assert "请写明理由" in said(app) and findings(store, about.id, by=OPERATOR) == []
    next(each for each in app.text_area if each.label == "与计算的判定不同的理由").input("现场核实").run()
    sound(press(app, "提交意见"))
    assert "（计算的判定是“滞后于预期”）" in said(app)


def test_goals_and_tasks_are_found_on_by_their_scales(store, open_page):
    about = frozen_evaluation(store)
    app = open_page(part="findings")
    app.selectbox(key="of-subject").set_value("goal").run()
    assert "大部分实现：" in said(app)
    next(each for each in app.selectbox if each.label == "评定").set_value("mostly").run()
    next(each for each in app.text_area if each.label.startswith("依据")).input("体系文件").run()
    sound(press(app, "提交意见"))
    app.selectbox(key="of-subject").set_value("task").run()
    next(each for each in app.selectbox if each.label == "评定").set_value("under_way").run()
    next(each for each in app.date_input if each.label.startswith("成果 2")).set_value(date(2016, 8, 1)).run()
    sound(press(app, "提交意见"))
    kept = findings(store, about.id, by=OPERATOR)
    assert [(each.subject, each.grade) for each in kept] == [(Subject.GOAL, "mostly"), (Subject.TASK, "under_way")]
    assert "已交成果：实施方案（2016年8月1日）" in said(app)


def test_earlier_findings_and_comments_are_shown(store, open_page):
    about = frozen_evaluation(store)
    finding = write_finding(store, about.id, draft(code="own", region=CITY, explained="先写的"), by=OPERATOR, at=LATER)
    comment_finding(store, finding.id, NASTY, by=OPERATOR, at=LATER)
    write_finding(store, about.id, draft(code="own", region=CITY, explained="后写的"), by=OPERATOR, at=LATER)
    app = open_page(part="findings")
    sound(app)
    assert all(text in said(app) for text in ("先写的", "后写的", "已被后写的取代"))
    next(each for each in app.text_area if each.label == "评论").input("同意").run()
    sound(press(app, "发表"))
    assert findings(store, about.id, by=OPERATOR)[-1].comments[0].text == "同意"


def test_figures_are_drawn_and_what_was_found_stands_beside_them(store, open_page):
    about = frozen_evaluation(store)
    app = open_page(part="checks")
    sound(app)
    next(each for each in app.text_input if each.label == "抽几个数").input("0").run()
    press(app, "抽取")
    assert "应在 1 到 7 之间" in said(app)
    app = open_page(part="checks")
    next(each for each in app.multiselect).select(("own", CITY, "2016Q4")).run()
    sound(press(app, "选取"))
    (taken,) = spot_checks(store, about.id, by=OPERATOR)
    next(each for each in app.text_input if each.label == "核实的数值（项）").input("三十八").run()
    press(app, "登记")
    assert "读到“三十八”" in said(app)
    next(each for each in app.text_input if each.label == "核实的数值（项）").input("３８").run()
    next(each for each in app.text_area if each.label.startswith("核实依据")).input("台账").run()
    sound(press(app, "登记"))
    assert spot_checks(store, about.id, by=OPERATOR)[0].checked == 38
    frame = next(each.value for each in app.dataframe if "核实值" in each.value)
    assert frame.iloc[0][["填报值", "核实值", "相差"]].tolist() == ["40项", "38项", "2项"]
    record_check(store, taken.id, 41, "再看", by=OPERATOR, at=LATER)
    assert spot_checks(store, about.id, by=OPERATOR)[0].difference == -1


def test_a_third_party_sees_this_page_with_its_evaluations_and_nothing_else(store, open_page):
    about, other = frozen_evaluation(store), opened(store, date(2018, 12, 31))
    app = open_page("third_party")
    sound(app)
    assert "现在没有您能看的评估" in said(app)
    assign(store, about.id, f"third_party-{CITY}", by=OPERATOR, at=LATER)
    app = open_page("third_party", part="findings")
    sound(app)
    (table,) = [each.value for each in app.dataframe if "冻结数据的摘要" in each.value]
    assert table["编号"].tolist() == [about.id] and other.id != about.id
    next(each for each in app.text_area if each.label == "原因说明").input("独立核查").run()
    sound(press(app, "提交意见"))
    assert findings(store, about.id, by=OPERATOR)[0].voice is Voice.THIRD_PARTY
    with pytest.raises(ValueError, match="navigation page"):
        app.switch_page("views/overview.py")


def test_frozen_data_that_were_changed_are_told_in_the_place_of_the_figures(store, open_page):
    frozen_evaluation(store)
    run = store.connection.execute
    run("DROP TRIGGER evaluation_frozen_is_never_changed")
    run("UPDATE evaluation_frozen SET document = replace(document, '40.0', '41.0')")
    app = open_page()
    assert not app.exception and "冻结数据与摘要不符" in said(app) and "冻结" in said(app)
    assert not [each for each in app.dataframe if "判定" in each.value]


def test_after_publication_no_form_is_offered(store, open_page):
    about = frozen_evaluation(store)
    publish(store, about.id, by=OPERATOR, at=LATER)
    app = open_page(part="findings")
    sound(app)
    assert "提交意见" not in [each.label for each in app.button]


def test_what_is_open_again_is_judged_as_it_is_now(store, open_page):
    about = frozen_evaluation(store)
    reopen(store, about.id, reason="更正", by=OPERATOR, at=LATER + timedelta(hours=1))
    app = open_page()
    sound(app)
    assert "还没有冻结：以下按现在的数据判定" in said(app)


def test_what_was_just_opened_is_shown_with_what_is_to_be_done(store, open_page):
    opened(store, kind="final")
    app = open_page()
    next(each for each in app.date_input if each.label == "截止日").set_value(date(2016, 12, 31)).run()
    press(app, "开评")
    sound(app)
    assert app.session_state["evaluation"] == "2" and "冻结以前还缺" in said(app)
    assert "规划没有要求中期评估" in said(app)


def test_it_is_given_to_a_third_party_by_name(store, open_page):
    about = opened(store)
    app = open_page(part="steps")
    assert "没有可以再指定的第三方评估员" in said(app)
    add_person(store, "beside", grant("third_party", CITY))
    app.run()
    next(each for each in app.selectbox if each.label == "第三方评估员").select("beside").run()
    press(app, "指定")
    sound(app)
    assert evaluation(store, about.id, by=OPERATOR).assigned == ("beside",)


def test_it_is_taken_back_from_a_third_party(store, open_page):
    about = opened(store)
    add_person(store, "beside", grant("third_party", CITY))
    assign(store, about.id, "beside", by=OPERATOR, at=AT)
    app = open_page(part="steps")
    press(app, "撤回指定")
    sound(app)
    assert evaluation(store, about.id, by=OPERATOR).assigned == ()
    assert "第 1 号评估已不再由beside（beside）评估" in said(app) and "已指定的第三方评估员：没有" in said(app)
    assert "撤回指定" not in [each.label for each in app.button]


def test_what_lags_is_a_press_away_from_an_order_for_those_who_supervise(store, open_page):
    frozen_evaluation(store)
    app = press(open_page(), "督办滞后的项（去“滞后预警”）")
    assert "滞后预警" in [each.value for each in app.title] and "截至2016年12月31日" in said(app)
    assert "督办滞后的项（去“滞后预警”）" not in [each.label for each in open_page("reporter", COUNTY).button]


# 报告: files of what is frozen.


@pytest.fixture
def offered(monkeypatch):
    """The reports that the page offers to download: the words on the button, the bytes. Tables go along on every page."""
    found: list[tuple[str, bytes]] = []

    def button(label, data, *_, **__) -> None:
        if label != "下载 xlsx":
            found.append((label, data() if callable(data) else data))

    monkeypatch.setattr(st, "download_button", button)
    return found


def choose(app: AppTest, label: str, value: object) -> AppTest:
    return next(each for each in app.selectbox if each.label == label).set_value(value).run()


def test_who_sees_the_whole_evaluation_takes_its_report_along_in_each_format(store, open_page, offered):
    about = frozen_evaluation(store)
    app = open_page(part="report")
    sound(app)
    assert next(each for each in app.selectbox if each.label == "写什么").options == ["评估报告", "地区报告", "领导简报"]
    for format, start in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!DOCTYPE")):
        sound(choose(app, "文件格式", format))
        label, made = offered[-1]
        assert label == "下载评估报告" and made.lower().startswith(start.lower())
        assert made == make_evaluation_report(store, about.id, format, by=OPERATOR)
    choose(app, "写什么", "brief")
    assert offered[-1] == ("下载领导简报", make_evaluation_report(store, about.id, "docx", form=Form.BRIEF, by=OPERATOR))


def test_an_open_evaluation_has_no_report_yet(store, open_page, offered):
    opened(store)
    app = open_page(part="report")
    sound(app)
    assert "这次评估还没有冻结" in said(app) and not offered


def test_a_reporter_takes_the_report_of_their_own_region_alone(store, open_page, offered):
    about = frozen_evaluation(store)
    app = open_page("reporter", COUNTY, part="report")
    sound(app)
    assert next(each for each in app.selectbox if each.label == "写什么").options == ["地区报告"]
    assert next(each for each in app.selectbox if each.label == "哪个地区").options == ["海州区"]
    made = make_evaluation_report(store, about.id, "docx", form=Form.REGION, region=COUNTY, by=OPERATOR)
    assert offered[-1] == ("下载地区报告", made) and "与另一次评估比较" not in said(app)


def test_a_logo_that_is_no_picture_and_a_wrong_template_are_told_before_anything_is_offered(store, open_page, offered):
    frozen_evaluation(store)
    app = open_page(part="report")
    upload = next(each for each in app.file_uploader if each.label.startswith("标志"))
    upload.upload("logo.png", b"no picture", "image/png").run()
    assert "标志 logo.png 不是图片" in said(app) and len(offered) == 1
    app = open_page(part="report")
    upload = next(each for each in app.file_uploader if each.label.startswith("模板"))
    upload.upload("own.docx", b"no document", "application/octet-stream").run()
    assert "模板 own.docx 不是 Word 文档" in said(app) and len(offered) == 2


def test_two_evaluations_stand_beside_each_other(store, open_page, offered):
    frozen_evaluation(store)
    later = opened(store, date(2017, 12, 31), "annual")
    freeze(store, later.id, despite="缺", by=OPERATOR, at=LATER)
    app = open_page(part="report", evaluation=str(later.id))
    sound(app)
    choose(app, "哪一次", 1)
    sound(app)
    assert "自2016年12月31日至2017年12月31日" in said(app)
    frame = next(each.value for each in app.dataframe if "当时的值" in each.value)
    own = frame[frame["指标"] == "指标own"].iloc[0]
    assert (own["当时的值"], own["现在的值"]) == ("40项", "60项")
    assert offered[-1] == ("下载比较", comparison_file(store, 1, later.id, "docx", by=OPERATOR))
