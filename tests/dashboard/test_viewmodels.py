from __future__ import annotations

from datetime import date

import pytest

from dashboard.viewmodels import choices, indicator, overview, region, table, warnings, words
from tests.dashboard.frames import DAY, NAN, frame, lagging, row, unfilled
from tests.dashboard.test_tiles import placed
from tests.samples import indicator as an_indicator
from tests.samples import sample_plan, target, tree
from trackers.model.published import PublishedFigure

BAD = {"verdict": "regressing", "word": "背离目标", "sign": "←"}
LATE = {"verdict": "missed", "word": "未实现", "sign": "×"}


def test_the_headline_counts_what_is_judged_and_says_why_the_rest_is_not():
    rows = frame(row("a"), lagging("b", 0.5, "severe"), unfilled("c"))
    assert overview.headline(rows, DAY) == (
        "截至2024年5月20日，3项指标中能判断进度的2项：提前实现0项、快于预期0项、基本符合预期1项、滞后于预期1项"
        "（滞后的有1项为严重）；其余1项不判断：未填报1项。"
    )


def test_the_headline_of_a_plan_whose_time_is_over_speaks_of_reached_and_missed():
    met = row("a", verdict="achieved", word="已实现", sign="√", value=100.0)
    said = overview.headline(frame(met, row("b", **LATE)), date(2026, 1, 1))
    assert "已实现1项、未实现1项" in said and "提前" not in said


def test_the_headline_says_when_nothing_can_be_judged():
    assert overview.headline(frame(unfilled("a")), DAY) == "截至2024年5月20日，1项指标都还不能判断进度：未填报1项。"


def test_cards_name_the_four_words_of_a_report_even_where_there_are_none():
    counts = {each.label: each.number for each in overview.counts(frame(lagging("a", 0.8, "mild")), DAY)}
    assert counts == {"√ 提前实现": 0, "▲ 快于预期": 0, "● 基本符合预期": 0, "▼ 滞后于预期": 1}


def test_what_is_furthest_behind_is_named_with_its_gap_and_its_mark():
    rows = frame(lagging("a", 0.8, "mild"), lagging("b", 0.5, "severe", demo=True))
    assert overview.furthest_behind(rows) == "差得最多的是指标b：完成率32.5%，比时序进度（65.0%）慢32.5个百分点（演示数据）。"
    assert overview.furthest_behind(frame(row("a"))) == ""


def test_a_chart_of_completion_leaves_out_what_has_none_and_says_why():
    kept = row("b", kept=True, verdict="achieved", word="提前实现（保持）")
    rows = frame(row("a"), kept, unfilled("c"), unfilled("d"))
    assert list(overview.drawn(rows)["indicator"]) == ["a"]
    assert overview.not_drawn(rows) == [
        "提前实现（保持），基期已达到目标，看水平不看完成率（1项）：指标b", "未填报（2项）：指标c、指标d",
    ]  # fmt: skip


def test_the_share_due_is_that_of_the_expected_value_not_of_the_time():
    drawn = overview.drawn(frame(row("a", expected=80.0)))
    assert drawn["due_share"].tolist() == [0.8]


def test_completeness_counts_reported_series_not_aggregates():
    rows = frame(row("a"), unfilled("b"), row("c", basis="aggregate"), row("d", demo=True, unreviewed=True))
    there = overview.completeness(rows)
    assert (there.expected, there.reported, there.demo, there.unreviewed) == (3, 2, 1, 1)
    assert there.share == pytest.approx(2 / 3)
    assert overview.completeness(rows[rows["basis"] == "none"]).share is None


def test_the_worst_come_first():
    rows = frame(
        lagging("mild", 0.8, "mild"), lagging("severe", 0.2, "severe"), lagging("worse", 0.1, "severe"), row("fine"),
        row("missed", **LATE), row("away", **BAD, pace=-0.1),
    )  # fmt: skip
    ordered = warnings.worst_first(rows)
    assert list(ordered["indicator"]) == ["away", "missed", "worse", "severe", "mild"]
    assert warnings.group_labels(ordered) == {
        "regressing": "← 背离目标 1", "missed": "× 未实现 1", "severe": "▼ 滞后（严重） 2", "mild": "▼ 滞后（轻度） 1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "of", "home", "expected"),
    [
        ([], "all", None, ["a", "b", "b"]), (["mild"], "all", None, ["b", "b"]), ([], "b", None, ["b", "b"]),
        ([], "all", "210000", ["a", "b"]), (["severe"], "b", None, []),
    ],
)  # fmt: skip
def test_what_lags_is_narrowed_by_severity_indicator_and_region(groups, of, home, expected):
    below = lagging("b", 0.7, "mild", region="210100")
    rows = warnings.worst_first(frame(lagging("a", 0.1, "severe"), lagging("b", 0.8, "mild"), below))
    assert sorted(warnings.narrowed(rows, groups, of, home)["indicator"]) == expected


def test_facts_of_a_row_behind_say_shortfall_pace_and_reason():
    one = placed("210000", lagging("a", 0.8, "mild"))
    said = " ".join(warnings.facts(lagging("a", 0.8, "mild", note="场地未落实"), DAY, one))
    for part in ("应达65项", "差5项", "24.8项", "18.5项", "场地未落实"):
        assert part in said
    assert "原因尚未填报" in " ".join(warnings.facts(lagging("a", 0.8, "mild"), DAY, one))


def test_marks_say_all_that_a_reader_must_know():
    told = words.marks(row(demo=True, unreviewed=True, baseline_origin="first_report", falling=True))
    assert told == "演示数据；未经复核；以首次填报为基期；较上次下降"
    partial = row(basis="aggregate", reported_regions=2, expected_regions=7)
    assert words.marks(partial) == "已报2/7个地区" and words.source(partial) == "由2/7个地区汇总"


def test_text_of_people_is_never_markup():
    assert words.escaped("**a** [b](c) $x$ :red[y]") == r"\*\*a\*\* \[b\]\(c\) \$x\$ \:red\[y\]"


def test_a_table_keeps_numbers_as_numbers_and_writes_them_in_their_own_unit():
    rows = frame(row("a", value=86.0), row("b", value=95.25, unit="%", shortfall=-0.75), unfilled("c"))
    plain = table.plain_table(rows, ["判定", "现值", "落后", "完成率"])
    assert plain["现值"].tolist()[:2] == [86.0, 95.25] and plain["判定"][2] == "－ 未填报"
    html = table.shown(rows, ["现值", "落后", "完成率", "数据日期"]).to_html()
    for text in ("86项", "95.25%", "-0.8个百分点", "60.0%", "2024年3月31日", "—"):
        assert text in html


def test_a_damaged_target_and_an_inferred_year_are_told_in_the_table():
    unknown = row("a", confidence="unverified", target_text="待核实（□0）", target=NAN)
    plain = table.plain_table(frame(unknown, row("b", year_inferred=True, confidence="secondary")), ["目标", "目标年"])
    assert plain["目标"].tolist() == ["待核实（□0）", "≥100项（目标仅见于另一来源）"]
    assert plain["目标年"].tolist() == ["2025年", "2025年（推定）"]


def test_a_region_lists_what_cannot_be_drawn_against_a_target():
    none = row("b", target=NAN, target_text="无区域分解目标")
    rows = frame(row("a"), none, unfilled("c"))
    assert list(region.drawn(rows)["indicator"]) == ["a"]
    assert region.not_drawn(rows) == ["指标b：60项，无区域分解目标", "指标c：未填报（目标 ≥100项）"]


def test_figures_that_are_not_there_are_left_out_but_the_value_is_not():
    told = region.figures(unfilled("a"))
    assert told["现值"] == "—" and "完成率" not in told and "0" not in told["现值"]
    assert region.figures(row("a"))["基期值"] == "0项（2020年12月31日，计数起点）"


def test_the_way_runs_along_the_official_annual_targets():
    steps = [{"year": 2022, "value": 10, "reference": "x"}, {"year": 2024, "value": 70, "reference": "x"}]
    plan = sample_plan(indicators=[an_indicator("a", annual_targets=steps, targets=[target(100, year=2025)])])
    found = region.way(plan, row("a"))
    assert found == [
        (date(2020, 12, 31), 0.0), (date(2022, 12, 31), 10.0), (date(2024, 12, 31), 70.0), (date(2025, 12, 31), 100.0),
    ]  # fmt: skip
    assert region.way(plan, row("a", target=NAN)) == []
    assert len(region.way(plan, row("a", target=30.0))) == 2  # a region's own share has no annual steps


def test_regions_are_ranked_by_value_or_by_completion_where_targets_differ():
    rows = frame(row(region_name="甲", value=1.0), row(region_name="乙", value=9.0), unfilled("a", region_name="丙"))
    assert list(indicator.ranked(rows)["region_name"]) == ["乙", "甲"]
    assert indicator.silent(rows) == ["丙"]
    fewer = rows.assign(direction="decrease")
    assert list(indicator.ranked(fewer)["region_name"]) == ["甲", "乙"]
    shared = rows.assign(target=[10.0, 100.0, 5.0], completion=[0.1, 0.09, NAN])
    assert list(indicator.ranked(shared)["region_name"]) == ["甲", "乙"]


def test_published_figures_that_are_not_judged_say_why_and_where_they_were_read():
    figure = PublishedFigure(
        plan="p", indicator="a", region="210900", period="2016", value=445, unit="项", name="新建", confidence="单一来源",
        address="https://example.org/x", judged=False, remark="口径不同",
    )  # fmt: skip
    told = indicator.published_table([figure], "a", tree()).iloc[0]
    assert (told["是否判断"], told["为何不判断"], told["网址"]) == ("不参与判断", "口径不同", "https://example.org/x")
    assert indicator.published_table([figure], "b", tree()).empty


def test_a_target_without_a_value_shows_what_survives_of_it():
    plan = sample_plan()
    told = indicator.targets(plan, plan.indicator("lost"), tree()).iloc[0]
    assert (told["目标值"], told["可信程度"]) == ("待核实（□0）", "待核实")


def test_labels_are_told_apart():
    plans = [sample_plan(id="one-1"), sample_plan(id="two-2"), sample_plan(id="three-3", short="另一")]
    assert choices.plan_labels(plans) == {"one-1": "样例（one-1）", "two-2": "样例（two-2）", "three-3": "另一"}


def test_regions_are_listed_from_the_plans_own_downwards():
    rows = frame(
        row(region="210902", region_name="海州区", region_level="county"),
        row(region="210900", region_name="阜新市", region_level="city"),
    )
    assert list(choices.region_labels(rows, tree(), "210900")) == ["210900", "210902"]
    assert choices.level_words(rows["region_level"]) == {"city": "市级", "county": "县级"}


def test_days_worth_judging_are_today_and_the_milestones():
    plan = sample_plan()
    assert choices.quick_days(plan, DAY) == {"今天": DAY, "2020年末": date(2020, 12, 31)}
    assert choices.day_range(plan, DAY) == (date(2012, 12, 31), DAY)


def test_a_day_that_has_not_come_is_not_judged():
    first, last = choices.day_range(sample_plan(start=2021, end=2035, milestones=[2025, 2035]), DAY)
    assert (first, last) == (date(2020, 12, 31), DAY)
    assert choices.day_range(sample_plan(start=2030, end=2035, milestones=[2035]), DAY)[1] == date(2029, 12, 31)


def test_one_line_on_a_row_behind_always_gives_its_gap():
    assert warnings.brief(lagging("a", 0.8, "mild"), DAY).startswith("▼ 指标a：")
    late = row("a", **LATE, expected=100.0, shortfall=40.0, target_day=date(2023, 12, 31))
    assert "差40项" in warnings.brief(late, DAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2020-01-01", date(2020, 1, 1)), ("2024-05-20", DAY), ("2019-12-31", None), ("2024-05-21", None), ("昨天", None)],
)
def test_an_address_may_ask_for_a_day_within_the_plans_time(text, expected):
    assert choices.day_in(text, date(2020, 1, 1), DAY) == expected
