"""The two plans of Liaoning as data: complete, told truly, and standing in their documents."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from trackers.exchange.plan_file import read_plan
from trackers.model.plan import Aggregation, Level, Plan
from trackers.model.region import Region, RegionTree
from trackers.reading.clean import comparable
from trackers.reading.verify import verify_plan

SEEDS = Path(__file__).parent.parent / "seeds" / "plans"
SOURCES = os.environ.get("TRACKERS_SOURCES")
with_sources = pytest.mark.skipif(
    SOURCES is None, reason="set TRACKERS_SOURCES to the folder of the source documents"
)
REGIONS = RegionTree(
    [
        Region(code="210000", name="辽宁省", short="辽宁", level=Level.PROVINCE),
        Region(code="210900", name="阜新市", short="阜新", level=Level.CITY, parent="210000"),
        Region(code="210921", name="阜新县", short="阜新县", level=Level.COUNTY, parent="210900"),
    ]
)


@pytest.fixture(scope="module")
def fuxin() -> Plan:
    return read_plan(SEEDS / "fuxin-2013.toml", REGIONS)


@pytest.fixture(scope="module")
def liaoning() -> Plan:
    return read_plan(SEEDS / "liaoning-2021.toml", REGIONS)


def figures(plan: Plan) -> list[tuple[str, str, float | None]]:
    targets = [(each.id, target) for each in plan.indicators for target in each.targets]
    return [(id, target.comparator.value, target.value) for id, target in targets]


def test_fuxin_is_complete(fuxin: Plan) -> None:
    parts = fuxin.indicators, fuxin.tasks, fuxin.safeguards, fuxin.evaluations
    assert [len(part) for part in parts] == [15, 19, 5, 2]
    assert (fuxin.number, fuxin.issued) == ("阜政发〔2015〕8号", date(2015, 3, 10))
    assert fuxin.first_day == date(2012, 12, 31)
    assert fuxin.last_day == date(2020, 12, 31)
    assert [(each.number, each.plan) for each in fuxin.carries_out] == [
        ("辽政发〔2014〕19号", None), ("国发〔2013〕10号", "guofa-2013"),
    ]  # fmt: skip


def test_fuxin_says_which_of_its_indicators_the_nation_counts_too(fuxin: Plan) -> None:
    named = {each.id: [(same.plan, same.indicator) for same in each.same_as] for each in fuxin.indicators if each.same_as}
    assert named == {
        "key-instruments-checked": [("guofa-2013", "key-instruments-inspected")],
        "integrity-units": [("guofa-2013", "integrity-units")],
    }  # fmt: skip


def test_fuxin_figures_stand_in_the_order_of_the_document(fuxin: Plan) -> None:
    assert figures(fuxin) == [
        ("city-standards", ">=", 80),
        ("county-standards", ">=", 30),
        ("calibration-items", ">=", 240),
        ("key-instruments-checked", ">=", 95),
        ("net-content-passed", ">=", 90),
        ("compulsory-checked", ">=", 95),
        ("instrument-quality-passed", ">=", 90),
        ("integrity-units", "=", 30),
        ("provincial-research", ">=", 2),
        ("city-research", ">=", 5),
        ("new-standards", ">=", 30),
        ("city-senior-engineers", ">=", 20),
        ("city-mid-engineers", ">=", 40),
        ("county-senior-engineers", ">=", 10),
        ("county-mid-engineers", ">=", 20),
    ]
    places = [each.targets[0].source for each in fuxin.indicators]
    starts = [place.start for place in places if place]
    assert len(starts) == 15
    assert starts == sorted(starts)


def test_fuxin_keeps_city_and_county_apart(fuxin: Plan) -> None:
    own = {each.id for each in fuxin.indicators if each.aggregation is Aggregation.OWN}
    assert own == {each.id for each in fuxin.indicators if each.level is Level.CITY}
    assert fuxin.indicator("county-standards").aggregation is Aggregation.MEAN
    assert fuxin.indicator("integrity-units").aggregation is Aggregation.SUM
    assert Counter(each.frequency.value for each in fuxin.indicators) == {"year": 8, "quarter": 7}


def test_fuxin_tasks_start_their_numbers_again_in_each_group(fuxin: Plan) -> None:
    groups = Counter(task.group for task in fuxin.tasks)
    assert list(groups.values()) == [3, 3, 4, 3, 2, 4]
    assert all(task.id == f"{list(groups).index(task.group) + 1}-{task.number}" for task in fuxin.tasks)
    assert all(task.deliverables for task in fuxin.tasks)


def test_fuxin_names_units_only_where_the_document_does(fuxin: Plan) -> None:
    assert not any(task.units for task in fuxin.tasks)
    assert [len(each.units) for each in fuxin.safeguards] == [0, 11, 0, 0, 0]
    assert list(fuxin.safeguards[1].duties) == fuxin.safeguards[1].units


def test_fuxin_orders_two_evaluations(fuxin: Plan) -> None:
    midterm, final = fuxin.evaluations
    assert (midterm.kind.value, midterm.year, midterm.by, midterm.approval) == ("midterm", 2016, [], "市政府")
    assert (final.kind.value, final.year, final.by) == ("final", 2020, ["市质监局"])
    assert midterm.published
    assert final.published


def test_liaoning_is_complete(liaoning: Plan) -> None:
    parts = liaoning.indicators, liaoning.tasks, liaoning.safeguards, liaoning.evaluations
    assert [len(part) for part in parts] == [14, 28, 4, 2]
    assert [task.id for task in liaoning.tasks] == [f"t{number:02d}" for number in range(3, 31)]
    assert (liaoning.number, liaoning.issued) == ("辽政发〔2023〕", date(2023, 7, 21))
    assert "残损" in liaoning.number_remark
    assert liaoning.first_day == date(2020, 12, 31)


def test_liaoning_figures_say_how_sure_they_are(liaoning: Plan) -> None:
    targets = [each.targets[0] for each in liaoning.indicators]
    assert [(target.shape or "", target.confidence.value) for target in targets] == [
        ("□0", "corroborated"), ("□0", "corroborated"), ("□", "unverified"), ("", "confirmed"),
        ("□", "secondary"), ("□", "secondary"), ("□", "secondary"), ("□0", "unverified"),
        ("□600", "corroborated"), ("", "confirmed"), ("□20", "corroborated"), ("", "confirmed"),
        ("□0", "unverified"), ("□0", "unverified"),
    ]  # fmt: skip
    assert figures(liaoning) == [
        ("new-committees", "=", 10),
        ("innovation-teams", "=", 20),
        ("national-comparisons", "=", None),
        ("original-standards", "=", 50),
        ("industry-centres", "=", 1),
        ("advanced-laboratories", "=", 1),
        ("carbon-centres", "=", 2),
        ("instrument-makers", ">=", None),
        ("public-standards", ">=", 3600),
        ("reference-materials", ">=", 680),
        ("local-specifications", "=", 120),
        ("integrity-units", ">=", 8000),
        ("standards-coverage", ">=", None),
        ("culture-bases", "=", None),
    ]


def test_liaoning_has_no_figure_for_2035_and_goals_for_both_years(liaoning: Plan) -> None:
    assert {target.year for each in liaoning.indicators for target in each.targets} == {2025}
    assert Counter(goal.year for goal in liaoning.goals) == {2025: 10, 2035: 5}
    assert any("2035" in remark and "没有数字" in remark for remark in liaoning.remarks)


def test_liaoning_units_below_the_province_serve_every_task(liaoning: Plan) -> None:
    both = ["各市政府", "省沈抚示范区管委会"]
    for part in [*liaoning.tasks, *liaoning.safeguards]:
        assert part.units[-2:] == both
        assert len(part.units) == len(set(part.units)) >= 3
    by_id = {task.id: task.units[:-2] for task in liaoning.tasks}
    assert by_id["t03"] == ["省科技厅", "省市场监管局", "省检验检测认证中心"]
    assert by_id["t06"] == ["省市场监管局", "省科技厅", "省营商局（省大数据局）"]
    assert by_id["t15"][-1] == "中国铁路沈阳局集团有限公司"
    assert by_id["t30"] == ["省市场监管局", "省公安厅"]


def test_liaoning_orders_both_evaluations_without_a_year_by_a_third_party(liaoning: Plan) -> None:
    assert [each.kind.value for each in liaoning.evaluations] == ["midterm", "final"]
    assert all(each.year is None and each.third_party for each in liaoning.evaluations)


@pytest.mark.parametrize("name", ["fuxin", "liaoning"])
def test_every_indicator_leads_to_tasks_and_has_no_invented_baseline(
    name: str, request: pytest.FixtureRequest
) -> None:
    plan: Plan = request.getfixturevalue(name)
    for indicator in plan.indicators:
        assert indicator.tasks
        assert len(indicator.name) <= 20
        assert indicator.baseline is None
        assert indicator.weight is indicator.nature is None


@with_sources
@pytest.mark.parametrize("name", ["fuxin", "liaoning"])
def test_every_figure_and_task_stands_in_its_document(name: str, request: pytest.FixtureRequest) -> None:
    plan: Plan = request.getfixturevalue(name)
    assert verify_plan(plan, Path(SOURCES or "")) == []


@with_sources
@pytest.mark.parametrize("name", ["fuxin", "liaoning"])
def test_no_wording_of_eighteen_characters_is_copied(name: str, request: pytest.FixtureRequest) -> None:
    plan: Plan = request.getfixturevalue(name)
    with (Path(SOURCES or "") / (plan.source_file or "")).open(encoding="utf-8", newline="") as file:
        document = comparable(file.read())
    own = [each.name for each in [*plan.goals, *plan.tasks, *plan.safeguards, *plan.indicators]]
    own += [deliverable for task in plan.tasks for deliverable in task.deliverables]
    own += [duty for each in plan.safeguards for duty in each.duties.values()]
    own += [text for each in plan.indicators for text in (each.definition, each.remark)]
    own += plan.remarks
    for wording in map(comparable, own):
        runs = [wording[start : start + 18] for start in range(len(wording) - 17)]
        assert not [run for run in runs if run in document]
