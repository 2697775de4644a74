from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pdfplumber
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import loaders
from dashboard.charts.plans import plans_chart
from dashboard.viewmodels import across, cockpit
from dashboard.viewmodels.cockpit import Judged
from dashboard.viewmodels.cockpit_paper import paper
from tests.dashboard.frames import DAY, NAN, frame, lagging, row, unfilled
from tests.people import grant
from tests.samples import indicator, sample_plan
from trackers.assessment.changes import Turn
from trackers.reports.blocks import Grid, Words
from trackers.reports.pdf import pdf_report

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
HOME, BELOW = "210000", "210100"
OLD = date(2020, 12, 31)


def judged(*rows, label="辽宁", day=DAY, id="sample-2013") -> Judged:
    plan = sample_plan(id=id, start=2021, end=2025, milestones=[2025], indicators=[indicator(each) for each in "abc"])
    return Judged(plan, label, day, frame(*rows), {HOME: "辽宁省", BELOW: "沈阳市"}, HOME)


def glance(*every: Judged, before=None):
    none = pd.DataFrame(columns=["state", "overdue", "region"])
    return cockpit.glance(every, every[0] if every else None, before, none, ["阜阳"])


def test_a_plan_counts_its_own_indicators_and_takes_the_middle_of_those_that_have_a_completion():
    rows = [row("a", completion=0.2), row("b", completion=0.5), row("c", completion=3.0), unfilled("d"), row("a", region=BELOW)]
    seen = cockpit.standing(judged(*rows))
    assert (seen.total, seen.judged, seen.drawn) == (4, 3, 3)
    assert seen.completion == pytest.approx(0.5) and seen.due == pytest.approx(0.65)
    assert seen.there.expected == 5 and seen.there.reported == 4


def test_a_plan_without_any_completion_has_none_rather_than_nought():
    seen = cockpit.standing(judged(unfilled("a")))
    assert seen.completion is None and seen.due is None


def test_plans_are_added_up_by_verdict_and_what_is_met_keeps_both_its_words():
    met = {"verdict": "achieved", "sign": "√"}
    early = judged(row("a", word="提前实现", **met), row("b"))
    due = judged(row("a", word="已实现", target_day=OLD, **met), label="阜新", day=OLD, id="fuxin")
    told = {each.label: each.number for each in glance(early, due).counts}
    assert told["√ 已实现／提前实现"] == 2 and told["● 基本符合预期"] == 1
    assert glance(early, due).total == 3 and glance(early, due).there.expected == 3


def test_the_worst_are_one_row_an_indicator_with_what_can_still_be_reached_first():
    missed = {"verdict": "missed", "word": "未实现", "sign": "×", "target_day": OLD, "observed": OLD}
    running = judged(
        lagging("a", 0.5, "severe", units=["甲", "乙"]), lagging("a", 0.4, "severe", region=BELOW), lagging("b", 0.8, "mild"),
    )  # fmt: skip
    ended = judged(row("a", attainment=0.1, **missed), label="阜新", day=OLD, id="fuxin")
    lines = glance(running, ended).worst
    assert [(each.plan, each.indicator, each.region) for each in lines] == [
        ("辽宁", "指标a", "沈阳市"), ("辽宁", "指标b", "辽宁省"), ("阜新", "指标a", "辽宁省"),
    ]  # fmt: skip
    assert "共2个地区落后" in lines[0].figures and lines[0].gap == "差5项"
    assert glance(running, ended).behind == 4


def test_a_worst_line_names_its_units_shortly_and_says_where_the_document_names_none():
    units = ["省市场监管局", "省工业和信息化厅", "省科学技术厅", "各市人民政府"]
    lines = glance(judged(lagging("a", 0.5, "severe", units=units), lagging("b", 0.6, "mild", units=[]))).worst
    assert [each.units for each in lines] == ["省市场监管局、省工业和信息化厅等4家", "文件未写明"]


def test_a_shortfall_that_is_not_known_is_left_out():
    line = glance(judged(lagging("a", 0.5, "severe", shortfall=NAN, demo=True))).worst[0]
    assert line.gap == "" and "演示数据" in line.figures


def test_a_worst_line_says_that_its_figure_was_not_reviewed_and_that_it_is_a_demonstration():
    lines = [lagging("a", 0.5, "severe", unreviewed=True), lagging("b", 0.5, "severe", unreviewed=True, demo=True)]
    told = {each.indicator: each.figures for each in glance(judged(*lines, lagging("c", 0.5, "severe"))).worst}
    assert told["指标a"].endswith("（未经复核）") and told["指标b"].endswith("（演示数据；未经复核）")
    assert "未经复核" not in told["指标c"]


def test_a_line_leads_to_its_series():
    line = glance(judged(lagging("a", 0.5, "severe"))).worst[0]
    assert cockpit.where(line) == {
        "plan": "辽宁", "day": "2024-05-20", "region": "辽宁省", "indicator": "指标a", "part": "一项指标的走势",
    }  # fmt: skip


def test_what_turned_is_counted_and_named_for_the_worse_first():
    before = frame(row("a"), lagging("b", 0.5, "severe"), unfilled("c"))
    now = judged(lagging("a", 0.5, "severe"), row("b"), row("c"))
    turns = glance(now, before=(OLD, before)).turns
    assert turns.numbers == {Turn.WORSE: 1, Turn.LOST: 0, Turn.BETTER: 1, Turn.GAINED: 1}
    assert [each.indicator for each in turns.lines] == ["指标a", "指标b"]
    assert turns.lines[0].tag == ":orange-badge[● → ▼ 滞后于预期]"


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2024, 5, 20), date(2024, 3, 31)), (date(2024, 6, 30), date(2024, 3, 31)), (date(2024, 3, 31), date(2023, 12, 31)),
     (date(2024, 1, 1), date(2023, 12, 31))],
)  # fmt: skip
def test_the_quarter_before_ends_before_the_quarter_of_the_day(day, before):
    assert cockpit.quarter_before(day) == before


def test_figures_are_compared_with_the_quarter_before_the_newest_of_them():
    assert cockpit.last_quarter(judged(row("a", observed=date(2024, 3, 31)))) == date(2023, 12, 31)
    assert cockpit.last_quarter(judged(unfilled("a"))) is None
    assert cockpit.last_quarter(judged(row("a", observed=date(2020, 12, 31)))) is None, "the plan had not begun"


def test_another_plan_is_judged_for_the_chosen_day_only_within_its_own_time():
    plan, today = judged(row("a")).plan, date(2024, 6, 1)
    assert cockpit.plan_day(plan, DAY, today) == DAY
    assert cockpit.plan_day(plan, date(2015, 1, 1), today) == today
    assert cockpit.plan_day(plan, date(2030, 1, 1), date(2030, 1, 1)) == plan.last_day


def test_a_chart_has_room_for_the_plans_furthest_behind_and_the_rest_are_said():
    every = [judged(row("a", completion=1 - each / 20), label=f"规划{each}", id=f"p{each}") for each in range(9)]
    standings = [cockpit.standing(each) for each in every]
    drawn = cockpit.furthest(standings, most=7)
    assert drawn["label"].tolist() == [f"规划{each}" for each in range(2, 9)]
    assert "另有 2 份较快的规划未画" in cockpit.about(standings, [])
    figure = plans_chart(drawn)
    assert [each[0] for each in figure.data[0].customdata] == drawn["plan"].tolist()


def test_the_rows_behind_a_number_are_as_many_as_the_number():
    every = [judged(lagging("a", 0.5, "severe"), lagging("a", 0.5, "mild", region=BELOW), row("b")), judged(row("a"), label="乙")]
    seen = glance(*every, before=(OLD, frame(row("a"), row("b"))))
    assert len(across.rows(every, seen, across.ALL)) == seen.total == 3
    assert all(len(across.rows(every, seen, each.verdict)) == each.number for each in seen.counts)
    assert len(across.rows(every, seen, across.BEHIND)) == seen.behind == 2
    assert all(len(across.rows(every, seen, turn)) == number for turn, number in seen.turns.numbers.items())


@pytest.fixture
def open_page(enter):
    def opened(database, page="cockpit", who="leader-of-all", *grants, **asked) -> AppTest:
        enter(database, who, *(grants or (grant("leader", "100000", below=True),)))
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in asked.items():
            app.query_params[name] = value
        return app.switch_page(f"views/{page}.py").run() if page else app.run()

    return opened


def links(app: AppTest) -> list[tuple[str, dict[str, str]]]:
    """Each link of the page: its words, and what its address asks for."""
    found = app.get("page_link")
    return [(each.proto.label, {k: v[0] for k, v in parse_qs(each.proto.query_string).items()}) for each in found]


def test_the_first_page_of_a_leader_is_the_cockpit_and_of_a_reviewer_what_waits(open_page, demo_database):
    assert open_page(demo_database, "").title[0].value == "驾驶舱"
    assert open_page(demo_database, "", "a-reviewer", grant("reviewer", "210000", below=True)).title[0].value == "待办"


def test_every_number_of_the_cockpit_leads_to_a_page_that_says_plan_and_day(open_page, demo_database):
    app = open_page(demo_database, plan="辽宁", day="2024-05-20")
    assert not app.exception and not app.error and "演示数据" in app.warning[0].value
    found = links(app)
    assert len(found) >= 20 and all({"plan", "day"} <= asked.keys() for _, asked in found)


def test_a_number_of_the_cockpit_is_the_number_of_rows_where_it_leads(open_page, demo_database):
    seen = open_page(demo_database, plan="辽宁", day="2024-05-20")
    label, asked = next((label, asked) for label, asked in links(seen) if "滞后于预期" in label and "show" in asked)
    rows = open_page(demo_database, "across", **asked).dataframe[0].value
    assert label.startswith(f"**{len(rows)}**") and all("滞后于预期" in each[0] for each in rows["判定"])


def test_an_empty_database_says_so_on_the_cockpit(open_page, unfilled_database):
    app = open_page(unfilled_database, plan="辽宁")
    assert not app.exception and not app.error
    assert any("还没有填报数据" in each.value for each in app.markdown)


def test_a_plan_in_words_says_so_on_the_cockpit_beside_the_others(open_page, demo_database):
    app = open_page(demo_database, plan="阜阳")
    assert not app.exception
    assert any("没有数量指标" in each.value for each in app.markdown) and len(links(app)) > 10


def test_a_link_to_another_plan_holds_over_what_was_chosen_before(open_page, demo_database):
    app = open_page(demo_database, "region", plan="辽宁", day="2024-05-20", region="辽宁省")
    app.query_params["plan"], app.query_params["day"] = "阜新", "2018-06-30"
    app.query_params["region"] = "海州区"
    app.run()
    assert app.selectbox(key="plan").value == "fuxin-2013" and app.selectbox(key="region").value == "210902"
    assert str(app.date_input(key="day").value) == "2018-06-30"


def test_the_cockpit_is_worked_out_once_for_a_version_of_the_data(open_page, demo_database, monkeypatch):
    open_page(demo_database, plan="辽宁", day="2024-05-20")
    calls = []
    monkeypatch.setattr(loaders.glance, "glance", lambda *_: calls.append(1))
    assert not open_page(demo_database, plan="辽宁", day="2024-05-20").exception
    assert not calls


def test_the_page_of_paper_says_what_the_screen_says_and_is_one_page():
    now = judged(lagging("a", 0.5, "severe", units=["省市场监管局"]), row("b"), row("c"))
    seen = glance(now, before=(OLD, frame(row("a"), lagging("b", 0.5, "severe"), unfilled("c"))))
    made = paper(seen, DAY, demonstration=True)
    cells = [cell for block in made.blocks if isinstance(block, Grid) for line in block.rows for cell in line]
    said = "\n".join([*(block.text for block in made.blocks if isinstance(block, Words)), *cells])
    for text in ("演示数据", "滞后于预期1项", "差5项", "省市场监管局", "● → ▼ 滞后于预期", "转差1项", "填报率100.0%"):
        assert text in said, text
    assert pdf_report(made, numbered=False) == pdf_report(paper(seen, DAY, demonstration=True), numbered=False)


def test_a_page_of_paper_holds_as_much_as_the_screen_can():
    rows = [lagging(id, 0.5, "severe", units=["省市场监督管理局", "省工业和信息化厅", "省科学技术厅"]) for id in "abc"]
    every = [judged(*rows, label=f"很长的规划名称{each}", id=f"plan-{each}") for each in range(15)]
    seen = glance(*every, before=(OLD, frame(row("a"), row("b"), row("c"))))
    made = pdf_report(paper(seen, DAY, demonstration=True), numbered=False)
    with pdfplumber.open(BytesIO(made)) as opened:
        assert len(opened.pages) == 1 and "另有7份规划" in opened.pages[0].extract_text()
