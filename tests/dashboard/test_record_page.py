from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.viewmodels import record as page
from dashboard.viewmodels.fit import MORE, fit
from dashboard.views._record_list import _file
from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, new_store, sample_plan, tree
from trackers.actions.audit import recorded
from trackers.errors import ForbiddenError, RefusedError
from trackers.model.account import Actor
from trackers.model.record_words import Names
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
NAMES = Names([sample_plan()], tree())
ATTACKS = ["<img src=x onerror=alert(1)>", "**粗** $x$ :red[a]", "=cmd|' /C calc'!A0", "@SUM(1)"]
MANY = page.PAGE + 5


def entered(store, by=OPERATOR, action="restore", subject="copy.db", minutes=0, **told):
    with recorded(store, action, subject, by=by, at=AT + timedelta(minutes=minutes)) as detail:
        detail.update(told)


@pytest.fixture
def database(tmp_path) -> Path:
    with new_store(tmp_path) as store:
        zhang = add_person(store, "zhang", grant("reporter", "210902"))
        add_person(store, "keeper", grant("administrator", "210900", below=True))
        entered(store, zhang, "submit_figures", "sample-2013", new=1, figures=[["own", "210900", "2016Q4", None, 40, ATTACKS[0]]])
        with pytest.raises(RefusedError), recorded(store, "submit_figures", "sample-2013", by=zhang, at=AT):
            raise RefusedError(f"没有提交：{ATTACKS[1]}")
        return store.path


@pytest.fixture
def open_page(enter, database):
    def opened(who: str = "everybody", *grants, **asked: str) -> AppTest:
        enter(database, who, *grants)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        return app.run().switch_page("views/record.py").run()

    return opened


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.success, *app.warning, *app.error, *app.title]
    return "\n".join(str(part.value).replace("\\", "") for part in parts)


def rows(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


def test_the_page_lists_entries_in_words_newest_first(open_page):
    app = open_page()
    assert not app.exception and app.title[0].value == "操作记录"
    listed = rows(app)
    assert listed["操作"].tolist()[:2] == ["提交填报", "提交填报"] and listed["编号"].is_monotonic_decreasing
    assert (listed["谁"][0], listed["对象"][0], listed["时间"][0]) == ("zhang", "样例", "2024-06-01 16:00")
    assert listed["内容"][0] == f"被拒绝：没有提交：{ATTACKS[1]}"


def test_what_is_asked_for_stands_in_the_address(open_page):
    assert rows(open_page(action="提交填报"))["编号"].tolist() == [4, 3]
    assert rows(open_page(refused="true"))["编号"].tolist() == [4]
    assert rows(open_page(who="ZHANG", words="onerror"))["编号"].tolist() == [3]
    app = open_page(about="样例")
    assert rows(app)["编号"].tolist() == [4, 3, 2]
    app.text_input(key="words").set_value("nothing of the kind").run()
    assert "没有符合条件的记录" in said(app)


def test_days_narrow_the_list(open_page):
    app = open_page()
    app.date_input(key="record-from").set_value(AT.date() + timedelta(days=1)).run()
    assert "没有符合条件的记录" in said(app)


def test_a_long_list_is_turned_over_and_back_and_begins_anew_with_another_search(open_page, database):
    with open_store(database) as store:
        for minutes in range(MANY):
            entered(store, minutes=minutes)
    app = open_page(action="取回备份")
    newest = rows(app)["编号"].tolist()
    assert len(newest) == page.PAGE and [b.key for b in app.button if b.key in ("older", "newer")] == ["older"]
    app.button(key="older").click().run()
    older = rows(app)["编号"].tolist()
    assert len(older) == MANY - page.PAGE and max(older) == min(newest) - 1
    assert [b.key for b in app.button if b.key in ("older", "newer")] == ["newer"]
    app.button(key="newer").click().run()
    assert rows(app)["编号"].tolist() == newest
    app.button(key="older").click().run()
    app.text_input(key="words").set_value("没有").run()
    app.text_input(key="words").set_value("").run()
    assert rows(app)["编号"].tolist() == newest


def test_the_chain_is_checked_when_asked_for_and_a_break_is_told(open_page, database):
    app = open_page()
    assert not app.success
    app.button(key="check-chain").click().run()
    assert "记录链完整：4 条" in app.success[0].value
    with open_store(database) as store:
        store.connection.execute("DROP TRIGGER audit_is_never_changed")
        store.connection.execute("UPDATE audit SET by = 'somebody' WHERE id = 3")
    app.button(key="check-chain").click().run()
    assert "断开" in app.error[0].value and "第 3 条处断开" in said(app)


def test_who_may_not_see_the_record_does_not_find_the_page(enter, database):
    enter(database, "reviewer", grant("reviewer", "100000", below=True))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    with pytest.raises(Exception, match=r"record\.py"):
        app.switch_page("views/record.py").run()
    with pytest.raises(ForbiddenError):
        _file(str(database), Actor(login="reviewer"), None, {})


def test_an_administrator_of_a_region_sees_theirs_alone(open_page):
    assert set(rows(open_page("keeper"))["谁"]) == {"zhang"}


def test_the_file_holds_everything_as_text(database):
    with open_store(database) as store:
        entered(store, reason=ATTACKS[2], comment=ATTACKS[3], subject=ATTACKS[2])
    book = openpyxl.load_workbook(io.BytesIO(_file(str(database), OPERATOR, None, {"words": "calc"})))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("=cmd") for cell in cells)
    assert any("审核意见：@SUM(1)" in str(cell.value) for cell in cells)


def entry(**fields):
    plain = {"id": 7, "at": "2024-06-01T08:00:00.000+00:00", "by": "zhang", "name": "张三", "action": "submit_figures",
             "subject": "sample-2013", "detail": "{}", "digest": "d"}  # fmt: skip
    return plain | fields


def test_one_entry_is_told_in_full():
    detail = '{"reason": "仪器更换", "figures": [["own", "210902", "2016Q4", null, 40, ""]], "where": "10.0.0.7"}'
    assert page.facts(entry(detail=detail), NAMES) == {
        "编号": "第 7 条", "时间": "2024-06-01 16:00（北京时间）", "谁": "张三（zhang）", "操作": "提交填报", "对象": "样例",
        "原因": "仪器更换", "第1个数": "辽宁省阜新市海州区 2016Q4 指标own：（无） → 40", "来自": "10.0.0.7", "本条摘要": "d",
    }  # fmt: skip


def test_of_many_figures_the_first_are_told_and_how_many_more_there_are():
    row = '["own", "210902", "2016Q4", null, 40, ""]'
    told = page.facts(entry(detail='{"figures": [' + ", ".join([row] * 32) + "]}"), NAMES)
    assert f"第{page.SEVERAL}个数" in told and f"第{page.SEVERAL + 1}个数" not in told
    assert told["其余"].startswith("另有 2 个数")


def test_a_long_entry_is_one_line_of_the_list_and_told_whole_below_it_and_in_the_file():
    why = "分母是否只含在用的器具，请核对。\n" * 40
    found = pd.DataFrame([entry(detail=json.dumps({"reason": why}), subject="、".join(["sample-2013"] * 40))])
    listed = page.table(found, NAMES)
    assert fit({name: map(str, listed[name]) for name in listed}).row is None
    assert listed["内容"][0].startswith("原因：分母是否") and listed["内容"][0].endswith(MORE)
    assert listed["对象"][0].endswith(MORE)
    assert page.facts(found.iloc[0].to_dict(), NAMES)["原因"] == why
    assert page.whole(found, NAMES)["全部内容"][0] == f"原因：{why}"


def test_bent_entries_are_shown_as_they_are():
    bent = entry(detail="no json", at="never", name="", action="unheard_of")
    assert page.table(pd.DataFrame([bent]), NAMES).iloc[0].tolist()[:5] == ["never", "zhang", "unheard_of", "样例", ""]
    assert page.facts(bent, NAMES)["时间"] == "never（北京时间）"
