"""The plans of Fuyang, the Yangtze delta and Inner Mongolia, and the two known from second sources alone."""

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from trackers.exchange.plan_file import read_plan
from trackers.model.plan import Aggregation, Comparator, Confidence, Level, Measure, Plan
from trackers.model.region import Region, RegionTree
from trackers.reading.clean import comparable
from trackers.reading.verify import verify_plan

SEEDS = Path(__file__).parents[1] / "seeds" / "plans"
REGIONS = RegionTree([
    Region(code="100000", name="中华人民共和国", short="全国", level=Level.NATION),
    Region(code="150000", name="内蒙古自治区", short="内蒙古", level=Level.PROVINCE, parent="100000"),
    Region(code="340000", name="安徽省", short="安徽", level=Level.PROVINCE, parent="100000"),
    Region(code="341200", name="阜阳市", short="阜阳", level=Level.CITY, parent="340000"),
    Region(code="changsanjiao", name="长三角地区", short="长三角", level=Level.AREA, members=("340000",)),
])  # fmt: skip
WITH_DOCUMENT = ["fuyang-2021", "changsanjiao-2023", "neimenggu-2021"]
SECOND_SOURCE = ["guofa-2013", "changsanjiao-2025"]
# Titles of documents and headings of tasks are names; what stands between 《》 is a title too.
NAMES = re.compile(r"《[^》]*》")


def plan_of(id: str) -> Plan:
    return read_plan(SEEDS / f"{id}.toml", REGIONS)


def document(plan: Plan) -> str:
    folder = os.environ.get("TRACKERS_SOURCES")
    if not folder or plan.source_file is None:
        pytest.skip("原文不在仓库中：设 TRACKERS_SOURCES 为存放原文的文件夹后再核对")
    with (Path(folder) / plan.source_file).open(encoding="utf-8", newline="") as file:
        return file.read()


def words(value: object, skipped: frozenset[str]) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in skipped:
                yield from words(inner, skipped)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner, skipped)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(
    ("id", "region", "indicators", "goals", "tasks", "groups", "safeguards"),
    [
        ("fuyang-2021", "341200", 0, 14, 26, 5, 4),
        ("changsanjiao-2023", "changsanjiao", 0, 9, 17, 4, 0),
        ("neimenggu-2021", "150000", 2, 13, 24, 4, 3),
        ("guofa-2013", "100000", 9, 0, 0, 0, 0),
        ("changsanjiao-2025", "changsanjiao", 3, 0, 0, 0, 0),
    ],
)
def test_a_plan_holds_what_its_document_holds(
    id: str, region: str, indicators: int, goals: int, tasks: int, groups: int, safeguards: int
) -> None:
    plan = plan_of(id)
    assert (plan.id, plan.region) == (id, region)
    assert len(plan.indicators) == indicators
    assert len(plan.goals) == goals
    assert len(plan.tasks) == tasks
    assert len({task.group for task in plan.tasks}) == groups
    assert len(plan.safeguards) == safeguards
    assert plan.evaluations == []


@pytest.mark.parametrize("id", WITH_DOCUMENT)
def test_goals_for_2025_and_2035_stay_words(id: str) -> None:
    plan = plan_of(id)
    assert {goal.year for goal in plan.goals} == {2025, 2035} == set(plan.milestones)
    assert not [target for each in plan.indicators for target in each.targets if target.year == 2035]


def test_fuyang_says_what_its_copy_lacks() -> None:
    plan = plan_of("fuyang-2021")
    remarks = "".join(plan.remarks)
    assert "没有任何数值指标" in remarks
    assert "六项" in remarks and "五组" in remarks
    assert plan.number is None and plan.issued is None and plan.units == []
    assert [task.number for task in plan.tasks] == [str(number) for number in range(1, 27)]
    assert [superior.number for superior in plan.carries_out] == ["国发〔2021〕37号", ""]


def test_changsanjiao_says_that_its_first_year_is_inferred() -> None:
    for plan in (plan_of("changsanjiao-2023"), plan_of("changsanjiao-2025")):
        assert plan.start == 2021 and "推定" in plan.start_remark
        assert plan.number is None and plan.number_remark
    tasks = plan_of("changsanjiao-2023").tasks
    assert [task.id for task in tasks] == [f"t{number:02d}" for number in range(4, 21)]
    assert not any(task.units for task in tasks)


def test_neimenggu_has_two_legible_figures_whose_year_is_inferred() -> None:
    plan = plan_of("neimenggu-2021")
    specifications, merchants = plan.indicators
    assert (specifications.aggregation, specifications.level) == (Aggregation.OWN, Level.PROVINCE)
    assert (merchants.aggregation, merchants.level) == (Aggregation.SUM, Level.CITY)
    for indicator, value in ((specifications, 40), (merchants, 1000)):
        (target,) = indicator.targets
        assert (target.value, target.year, target.comparator) == (value, 2025, Comparator.AT_LEAST)
        assert target.confidence is Confidence.CONFIRMED
        assert target.year_inferred and "推定" in target.remark
        assert indicator.measure is Measure.COUNT
    assert [task.name for task in plan.tasks if task.id in specifications.tasks] == ["完善计量法规体系"]
    assert plan.units_for(merchants) == ["自治区市场监管局", "各盟行政公署", "各市人民政府"]


def test_neimenggu_says_that_its_table_is_missing_and_names_every_unit_in_one_form() -> None:
    plan = plan_of("neimenggu-2021")
    assert plan.issued == date(2022, 11, 9) and plan.number is None
    assert "主要指标表" in plan.remarks[0] and "缺失" in plan.remarks[0]
    assert all(task.units for task in plan.tasks)
    others = {"各盟行政公署", "各市人民政府", "中国航天科工六院", "内蒙古税务局"}
    assert {unit for unit in plan.units if not unit.startswith("自治区")} == others
    assert len(plan.units) == 22


def test_the_national_plan_of_2013_is_known_from_one_second_source() -> None:
    plan = plan_of("guofa-2013")
    assert {each.id: each.targets[0].value for each in plan.indicators} == {
        "standards-coverage": 95, "primary-materials-growth": 100, "secondary-materials-growth": 100,
        "benchmark-equivalence": 85, "calibration-capabilities": 1400, "capabilities-advanced": 90,
        "key-instruments-inspected": 95, "integrity-units": 100_000, "energy-data-online": 10_000,
    }  # fmt: skip
    bare = {each.id for each in plan.indicators if each.targets[0].comparator is Comparator.EQUAL}
    assert bare == {
        "primary-materials-growth", "secondary-materials-growth", "integrity-units", "energy-data-online",
    }  # fmt: skip
    assert {each.measure for each in plan.indicators if each.unit == "%"} == {Measure.RATE}
    assert plan.indicator("calibration-capabilities").measure is Measure.STOCK


def test_changsanjiao_has_three_published_figures_for_2025() -> None:
    plan = plan_of("changsanjiao-2025")
    found = [(each.targets[0].value, each.measure, each.aggregation, each.level) for each in plan.indicators]
    assert found == [
        (1000, Measure.COUNT, Aggregation.SUM, Level.PROVINCE),
        (50, Measure.STOCK, Aggregation.SUM, Level.PROVINCE),
        (10, Measure.STOCK, Aggregation.OWN, Level.AREA),
    ]
    assert {each.targets[0].comparator for each in plan.indicators} == {Comparator.AT_LEAST}


@pytest.mark.parametrize("id", SECOND_SOURCE)
def test_what_a_second_source_alone_gives_is_called_so(id: str) -> None:
    plan = plan_of(id)
    assert plan.second_source_only and plan.reference and plan.source_file is None
    for indicator in plan.indicators:
        for target in indicator.targets:
            assert target.confidence is Confidence.SECONDARY
            assert target.reference == plan.reference and target.source is None


@pytest.mark.parametrize("id", WITH_DOCUMENT)
def test_tasks_stand_one_after_another(id: str) -> None:
    places = [(task.source.start, task.source.end) for task in plan_of(id).tasks]
    ends_before_next = [end <= start for (_, end), (start, _) in zip(places, places[1:], strict=False)]
    assert all(ends_before_next)


@pytest.mark.parametrize("id", WITH_DOCUMENT)
def test_figures_and_places_stand_in_the_document(id: str) -> None:
    plan = plan_of(id)
    text = document(plan)
    assert verify_plan(plan, Path(os.environ["TRACKERS_SOURCES"])) == []
    for indicator in plan.indicators:
        for target in indicator.targets:
            assert target.source and target.value
            assert text[target.source.start : target.source.end] == f"{target.value:g}"


@pytest.mark.parametrize("id", WITH_DOCUMENT)
def test_a_task_spans_its_heading_to_its_last_mark(id: str) -> None:
    plan = plan_of(id)
    text = document(plan)
    for part in [*plan.tasks, *(plan.safeguards if id == "neimenggu-2021" else [])]:
        span = text[part.source.start : part.source.end]
        assert comparable(span.split("。")[0]) == comparable(part.number + part.name)
        assert span[-1] in "。)"


@pytest.mark.parametrize("id", WITH_DOCUMENT)
def test_no_sentence_of_a_document_is_copied(id: str) -> None:
    plan = plan_of(id)
    text = comparable(document(plan))
    content = plan.model_dump(mode="json")
    for task in content["tasks"]:
        del task["name"]
    for string in words(content, frozenset({"title"})):
        plain = comparable(NAMES.sub("", string))
        copied = [plain[at : at + 18] for at in range(len(plain) - 17) if plain[at : at + 18] in text]
        assert copied == [], string
