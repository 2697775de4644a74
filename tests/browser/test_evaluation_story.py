"""A plan evaluated by those whose work it is, each at a browser of their own: from the first day to what anybody reads."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Enter, Opened
from tests.browser.forms import part, pick, press, see, unfold, write, write_day
from tests.conftest import MADE
from tests.files import body_of
from tests.samples import OPERATOR
from tests.windows import NOW
from trackers.actions.accounts import demonstration_accounts
from trackers.queries.assess import assess
from trackers.queries.check import faults
from trackers.queries.evaluations import evaluation
from trackers.queries.plans import plan_by_id
from trackers.store import open_store

PLAN, CITY = "fuxin-2013", "210900"
MEAN, COUNTY = "县级社会公用计量标准平均数", "海州区"
NUMBER, BEFORE, SINCE, FINAL = "阜政函〔2017〕3号", date(2017, 3, 31), date(2017, 4, 1), date(2020, 12, 31)
FIRST_ROW = {"x": 18, "y": 53}  # the box that ticks the first row of a table
SOON = (NOW + timedelta(days=40)).date()
DESPITE = "还有缺项时，为什么仍要冻结"
EVALUATION, PUBLIC = "evaluation?plan=阜新", "public/evaluation/1"


@pytest.fixture
def database(demo_database: Path, tmp_path: Path) -> Path:
    own = Path(shutil.copy(demo_database, tmp_path / "own.db"))
    with open_store(own) as store:
        demonstration_accounts(store, at=MADE)
    return own


def test_a_plan_is_evaluated_supervised_adjusted_and_published(sign_in: Enter, browser: Browser, database: Path) -> None:
    evaluator = sign_in("evaluator", EVALUATION)
    open_and_freeze(evaluator)
    reporter = sign_in("haizhou", f"{EVALUATION}&see=评估意见")
    the_region_speaks_first(reporter)
    the_third_party_speaks_beside(sign_in("third-party", "evaluation?see=评估意见"))
    the_evaluator_finds(evaluator)
    an_order_goes_out(evaluator)
    the_region_answers(reporter)
    the_answer_is_accepted_and_the_order_closed(evaluator)
    a_target_is_proposed(evaluator)
    others_examine_and_approve(sign_in, database)
    the_leader_sees_both_targets(sign_in("leader", "plan?plan=阜新"))
    the_final_is_frozen(evaluator, database)
    both_are_reported_and_compared(evaluator)
    the_midterm_is_published(sign_in("administrator", f"{EVALUATION}&evaluation=1&see=办理"), browser)
    with open_store(database) as store:
        assert faults(store) == []


def open_and_freeze(evaluator: Opened) -> None:
    unfold(evaluator, "开一次评估")
    assert "规划要求开展中期评估：2016年，结果公布" in evaluator.text
    press(evaluator, "开评", "已开中期评估，截止日2016年12月31日。")
    assert "清河门区、海州区还缺 2 个" in evaluator.text
    unfold(evaluator, "指定第三方评估员")
    pick(evaluator, "第三方评估员", "第三方评估机构")
    press(evaluator, "指定", "已指定给第三方评估员")
    press(evaluator, "冻结", "没有冻结")
    write(evaluator, {DESPITE: "两个县区没有填报"})
    press(evaluator, "冻结", "第 1 号评估已冻结。")
    assert "理由：两个县区没有填报" in evaluator.text
    evaluator.sound()


def the_region_speaks_first(reporter: Opened) -> None:
    assert "滞后于预期（严重）" in reporter.text
    pick(reporter, "原因", "资金不足")
    write(reporter, {"原因说明": "建标经费没有列入区级预算", "建议": "请市里统一安排"})
    press(reporter, "提交意见", "已写自评意见。")
    reporter.sound()


def look_at(opened: Opened) -> None:
    pick(opened, "指标", MEAN)
    pick(opened, "地区", COUNTY)
    see(opened, "现值21项，目标≥30项")


def the_third_party_speaks_beside(third: Opened) -> None:
    look_at(third)
    pick(third, "评定", "背离目标")
    press(third, "提交意见", "请写明理由")
    write(third, {"与计算的判定不同的理由": "两年没有新增"})
    press(third, "提交意见", "已写第三方评估意见。")
    third.sound()


def the_evaluator_finds(evaluator: Opened) -> None:
    part(evaluator, "评估意见")
    look_at(evaluator)
    assert "建标经费没有列入区级预算" in evaluator.text and "两年没有新增" in evaluator.text
    write(evaluator, {"建议": "纳入下一年预算"})
    press(evaluator, "提交意见", "建议：纳入下一年预算")
    pick(evaluator, "对象", "定性目标")
    pick(evaluator, "评定", "大部分实现")
    evaluator.page.get_by_label("依据（必填").fill("设备台账")
    press(evaluator, "提交意见", "依据：设备台账")
    pick(evaluator, "对象", "重点任务")
    pick(evaluator, "评定", "进行中")
    write_day(evaluator, "成果 1", date(2014, 6, 30))
    press(evaluator, "提交意见", "（2014年6月30日）")
    part(evaluator, "抽查核实")
    unfold(evaluator, "随机抽取")
    press(evaluator, "抽取", "已随机抽取 5 个数。")
    evaluator.page.get_by_label("核实的数值").fill("3")
    write(evaluator, {"核实依据（查看了什么、在哪里）": "现场查看台账"})
    press(evaluator, "登记", "号抽查的结果。")
    evaluator.sound()


def an_order_goes_out(evaluator: Opened) -> None:
    part(evaluator, "判定结果")
    evaluator.page.get_by_role("button", name="督办滞后的项").click()
    evaluator.page.get_by_role("heading", name="滞后预警").wait_for()
    evaluator.settle()
    pick(evaluator, "指标", MEAN)
    see(evaluator, "共 8 项")
    evaluator.page.get_by_test_id("data-grid-canvas").first.click(force=True, position=FIRST_ROW)
    evaluator.page.get_by_text("发督办（1 件）").wait_for()
    assert f"{COUNTY} {MEAN}：滞后于预期（严重），差3.3项（应达24.3项）" in evaluator.text
    press(evaluator, "发出 1 件督办", "已发出 1 件督办")
    evaluator.sound()


def the_region_answers(reporter: Opened) -> None:
    reporter.go("todo")
    press(reporter, "去督办")
    reporter.page.get_by_text("办理经过").wait_for()
    write(reporter, {"整改措施": "年内新增两项标准"})
    press(reporter, "提交答复", "没有选完成时限")
    write_day(reporter, "完成时限", SOON)
    press(reporter, "提交答复", "已提交答复")


def the_answer_is_accepted_and_the_order_closed(evaluator: Opened) -> None:
    evaluator.go("supervision?plan=阜新")
    assert "年内新增两项标准" in evaluator.text
    press(evaluator, "认可答复", "已认可答复")
    press(evaluator, "结案", "没有写结案理由")
    evaluator.page.get_by_label("审定意见或结案理由").fill("列入下一年计划")
    press(evaluator, "结案", "已结案。")
    evaluator.sound()


def a_target_is_proposed(evaluator: Opened) -> None:
    evaluator.go("adjustments?plan=阜新&day=2016-12-31&adjust=提出调整")
    pick(evaluator, "指标", MEAN)
    see(evaluator, "现在：≥30项")
    write(evaluator, {"新值（项）": "24"})
    see(evaluator, "调整后 8/8 个判定会改变")
    press(evaluator, "提出", "没有写理由")
    write(evaluator, {"理由": "县级机构整合", "依据（文件名称、文号或网址）": "关于调整的请示"})
    press(evaluator, "提出", "等待审查")
    evaluator.sound()


def others_examine_and_approve(sign_in: Enter, database: Path) -> None:
    assert kept(database, SINCE) == ("lagging", 30)
    reviewer = sign_in("fuxin-review", "adjustments?plan=阜新")
    press(reviewer, "审查通过", "第 1 项已审查通过。")
    office = sign_in("administrator", "adjustments?plan=阜新")
    press(office, "登记批准", "请写明批准日期和生效日期")
    write(office, {"批准文件的文号": NUMBER})
    write_day(office, "批准日期", date(2017, 3, 1))
    write_day(office, "生效日期", SINCE)
    press(office, "登记批准", "已登记批准，自2017年4月1日起生效。")
    assert (kept(database, BEFORE), kept(database, SINCE)) == (("lagging", 30), ("on_track", 24))
    office.sound()


def kept(database: Path, day: date) -> tuple[str, float]:
    """The verdict on the city's mean and the target it is held to."""
    with open_store(database) as store:
        frame = assess(store, plan_by_id(store, PLAN), day, by=OPERATOR, region=CITY)
    row = frame[frame["indicator_name"] == MEAN].iloc[0]
    return str(row["verdict"]), float(row["target"])


def the_leader_sees_both_targets(leader: Opened) -> None:
    for day, target in ((BEFORE, "≥30项"), (SINCE, "≥24项")):
        leader.go(f"region?plan=阜新&day={day}&region=阜新市&indicator={MEAN}")
        see(leader, target)
    leader.sound()


def the_final_is_frozen(evaluator: Opened, database: Path) -> None:
    evaluator.go(EVALUATION)
    unfold(evaluator, "开一次评估")
    pick(evaluator, "种类", "总结评估")
    see(evaluator, "规划要求开展总结评估：2020年")
    press(evaluator, "开评", "已开总结评估，截止日2020年12月31日。")
    write(evaluator, {DESPITE: "个别县区没有补报"})
    press(evaluator, "冻结", "第 2 号评估已冻结。")
    evaluator.sound()
    assert kept(database, FINAL) == ("achieved", 24)
    with open_store(database) as store:
        assert evaluation(store, 2, by=OPERATOR).digest != evaluation(store, 1, by=OPERATOR).digest


def both_are_reported_and_compared(evaluator: Opened) -> None:
    for id, day in ((1, "2016年12月31日"), (2, "2020年12月31日")):
        evaluator.go(f"{EVALUATION}&evaluation={id}&see=报告")
        words = body_of(downloaded(evaluator, "下载评估报告"))
        assert day in words and "演示数据" in words and (NUMBER in words) == (id == 2)
    pick(evaluator, "哪一次", "中期评估（截至2016年12月31日）")
    evaluator.page.get_by_role("button", name="下载比较").wait_for()
    assert "判定好转" in evaluator.text
    compared = body_of(downloaded(evaluator, "下载比较"))
    assert "≥30项" in compared and "≥24项" in compared and NUMBER in compared
    evaluator.sound()


def downloaded(opened: Opened, button: str) -> bytes:
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name=button, exact=False).first.click()
    return Path(download.value.path()).read_bytes()


def the_midterm_is_published(office: Opened, browser: Browser) -> None:
    anybody = browser.new_context(locale="zh-CN").new_page()
    before = anybody.goto(f"{office.address}/{PUBLIC}")
    assert before and before.status == 404
    press(office, "公布", "第 1 号评估已公布。")
    office.sound()
    after = anybody.goto(f"{office.address}/{PUBLIC}")
    seen = anybody.locator("body").inner_text()
    assert after and after.status == 200 and MEAN in seen and "演示数据" in seen
    assert "现场查看台账" not in seen
    final = anybody.goto(f"{office.address}/public/evaluation/2")
    assert final and final.status == 404
    anybody.context.close()
