"""What a report says, before any file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.reports.conftest import contents_of
from tests.samples import HAND_IN, OPERATOR, figure, new_store, record
from trackers.model.plan import EvaluationKind
from trackers.queries.plans import find_plan
from trackers.reports.contents import evaluation_contents
from trackers.reports.outline import Contents
from trackers.store import Store


def all_text(contents: Contents) -> str:
    return contents.model_dump_json()


def test_the_real_figure_of_liaoning_is_said_with_its_lead_over_time(liaoning: Contents):
    (sentence,) = [each for each in liaoning.findings if "制修订地方计量技术规范完成" in each]
    assert "截至2024年5月20日" in sentence and "完成86项，完成率71.7%，快于时序进度4.0个百分点" in sentence


def test_at_the_end_of_2024_the_same_figure_is_behind(real: Store):
    later = contents_of(real, "liaoning-2021", "2024-12-31")
    (sentence,) = [each for each in later.findings if "制修订地方计量技术规范完成" in each]
    assert "慢于时序进度8.3个百分点" in sentence


def test_every_indicator_is_counted_once(liaoning: Contents, fuxin: Contents):
    for contents in (liaoning, fuxin):
        assert sum(count.number for count in contents.counts) == len(contents.indicators)


def test_the_paragraph_for_leaders_names_the_four_verdicts_even_where_there_are_none(liaoning: Contents):
    assert "提前实现0项、快于预期0项、基本符合预期1项、滞后于预期0项" in liaoning.overall[0]
    assert "目标待核实4项" in liaoning.overall[0]


def test_a_published_figure_that_is_not_judged_is_told_with_its_reason(liaoning: Contents):
    (sentence,) = [each for each in liaoning.findings if "社会公用计量标准尚未填报" in each]
    assert "445项（2024年5月20日），不参与判断" in sentence


def test_unverified_targets_are_to_be_checked_and_missing_figures_to_be_reported(liaoning: Contents):
    suggested = "".join(liaoning.suggestions)
    assert "目标值待核实的4项，建议查对文件原件后确认：主导国家计量比对（待核实（□））" in suggested
    assert "沈阳市、大连市" in suggested and "补报：诚信计量自我承诺示范单位" in suggested
    assert "由省市场监管局组织，委托第三方评估" in suggested


def test_the_route_for_changing_a_target_is_the_documents_own(fuxin: Contents):
    assert "按文件规定报市政府批准" in fuxin.suggestions[-1]


def test_demonstration_figures_are_called_so_everywhere(fuxin: Contents):
    assert "演示数据" in fuxin.warnings[0]
    judged = [each for each in fuxin.findings if "判定为" in each]
    assert judged and all("演示数据" in each for each in judged)
    assert all("演示数据" in problem.sentences[0] for problem in fuxin.problems)
    assert "依据演示数据" in fuxin.overall[0]


def test_each_row_that_lags_has_its_problem_with_shortfall_and_pace(fuxin: Contents):
    behind = [row for row in fuxin.rows if row.verdict in ("lagging", "regressing", "missed")]
    assert len(fuxin.problems) == len(behind) > 0
    own = [problem for problem in fuxin.problems if problem.row.region == fuxin.home and problem.row.verdict == "lagging"]
    assert own and all("按时序应达" in "".join(p.sentences) and "年均需" in "".join(p.sentences) for p in own)


def test_a_plan_without_indicators_says_so_and_keeps_goals_and_tasks(fuyang: Contents):
    assert not fuyang.rows and not fuyang.counts
    assert "没有数量指标" in fuyang.overall[0]
    assert fuyang.goals and all(goal.rating == "尚未评级" for goal in fuyang.goals)
    assert len([t for t in fuyang.tasks if t.group != "保障措施"]) == 26
    assert all(task.progress == "进展尚未填报" for task in fuyang.tasks)


def test_with_no_figure_at_all_every_indicator_is_unknown(tmp_path: Path):
    with new_store(tmp_path) as store:
        plan = find_plan(store, "sample-2013")
        empty = evaluation_contents(store, plan, EvaluationKind.MIDTERM, date(2016, 12, 31), by=OPERATOR)
    assert "尚无一个填报" in "".join(empty.background)
    assert all("进展不明" in sentence for sentence in empty.findings)
    assert not empty.problems


def test_the_same_data_give_the_same_contents_and_another_figure_another_digest(tmp_path: Path):
    with new_store(tmp_path) as store:
        plan = find_plan(store, "sample-2013")
        day, kind = date(2016, 12, 31), EvaluationKind.MIDTERM
        first = evaluation_contents(store, plan, kind, day, by=OPERATOR)
        assert first == evaluation_contents(store, plan, kind, day, by=OPERATOR)
        record(store, figure("own", "210900", "2015Q4", 40, note="缺少经费"), hand_in=HAND_IN)
        second = evaluation_contents(store, plan, kind, day, by=OPERATOR)
        record(store, figure("own", "210900", "2017Q4", 90), hand_in=HAND_IN)
        third = evaluation_contents(store, plan, kind, day, by=OPERATOR)
    assert first.digest != second.digest
    assert second.digest == third.digest, "a figure observed later does not touch a report of the day"
    assert second.rows[0].note == "缺少经费"


def test_regions_that_share_a_name_are_told_apart(demo: Store):
    from trackers.queries.plans import region_tree
    from trackers.reports.figures import distinct_names

    tree = region_tree(demo)
    names = distinct_names(find_plan(demo, "liaoning-2021"), tree, ["210106", "210303", "210921"])
    assert names == {"210106": "沈阳市铁西区", "210303": "鞍山市铁西区", "210921": "阜新蒙古族自治县"}


def test_sources_name_addresses_and_the_policy_its_limits(liaoning: Contents):
    addresses = {source.address for source in liaoning.sources}
    assert any(address.startswith("http") for address in addresses)
    assert {setting.name for setting in liaoning.policy} >= {"快于预期", "数据不全", "数据过期"}
    assert len(liaoning.digest) == 64 and "NaN" not in all_text(liaoning)
