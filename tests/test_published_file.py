"""Published figures: refused where they do not fit a plan, and the ones kept in seeds."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from trackers.errors import FileError, PlanError
from trackers.exchange.published_file import read_published
from trackers.model.plan import Level, Plan
from trackers.model.region import Region, RegionTree

SEEDS = Path(__file__).parents[1] / "seeds"
REGIONS = RegionTree([
    Region(code="100000", name="中华人民共和国", short="全国", level=Level.NATION),
    Region(code="210000", name="辽宁省", short="辽宁", level=Level.PROVINCE, parent="100000"),
    Region(code="210900", name="阜新市", short="阜新", level=Level.CITY, parent="210000"),
    Region(code="410000", name="河南省", short="河南", level=Level.PROVINCE, parent="100000"),
])  # fmt: skip
PLAN = Plan.model_validate(tomllib.loads("""
id = "demo"
title = "示例规划"
short = "示例"
region = "210000"
start = 2021
end = 2025
milestones = [2025]

[[indicators]]
id = "standards"
name = "计量标准"
unit = "项"
aggregation = "own"
measure = "stock"
level = "province"

[[indicators.targets]]
year = 2025
comparator = ">="
value = 100
confidence = "secondary"
reference = "https://a.example"
"""))
ENTRY = """
[[figures]]
plan = "demo"
indicator = "standards"
region = "210000"
period = "2024-05-20"
value = 86
unit = "项"
name = "计量标准"
address = "https://a.example/1"
confidence = "单一来源"
judged = true
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "published.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> PlanError:
    with pytest.raises(PlanError) as caught:
        read_published(written(folder, text), [PLAN], REGIONS)
    return caught.value


def test_a_published_figure_is_read_with_the_day_it_speaks_of(tmp_path: Path) -> None:
    (figure,) = read_published(written(tmp_path, ENTRY), [PLAN], REGIONS)
    assert (figure.value, figure.judged, figure.remark) == (86, True, "")
    assert figure.observed == date(2024, 5, 20)


def test_a_region_below_that_of_the_plan_may_have_figures(tmp_path: Path) -> None:
    text = ENTRY.replace('"210000"', '"210900"').replace("true", 'false\nremark = "只是一市的数"')
    assert read_published(written(tmp_path, text), [PLAN], REGIONS)[0].region == "210900"


def test_a_figure_of_a_region_that_does_not_report_the_indicator_is_not_judged(tmp_path: Path) -> None:
    error = refusal(tmp_path, ENTRY.replace('"210000"', '"210900"'))
    assert (error.file, error.field) == ("published.toml", "region")
    assert "第 1 条" in error.where and "辽宁省" in error.problem


def test_a_period_is_kept_in_its_usual_form(tmp_path: Path) -> None:
    text = ENTRY.replace("2024-05-20", "2024-5-20")
    assert read_published(written(tmp_path, text), [PLAN], REGIONS)[0].period == "2024-05-20"


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ('"demo"', '"nowhere"', "plan", "demo"),
        ('"standards"', '"benches"', "indicator", "standards"),
        ('"210000"', '"999999"', "region", "999999"),
        ('"210000"', '"410000"', "region", "210000"),
        ('"210000"', '"100000"', "region", "210000"),
        ('"项"', '"家"', "unit", "项"),
        ('"2024-05-20"', '"2024-13"', "period", "2024Q3"),
        ('"2024-05-20"', "2024", "period", "文字"),
        ("value = 86", 'value = "86"', "value", "数"),
        ("value = 86", "value = true", "value", "数"),
        ("value = 86", "value = nan", "value", "有限"),
        ("value = 86", "value = -1", "value", "负数"),
        ("value = 86", "", "value", "缺少"),
        ("value =", "vaule =", "value", "缺少"),
        ("https://a.example/1", "a.example/1", "address", "https://"),
        ("judged = true", "judged = 1", "judged", "true"),
        ("judged = true", "judged = true\nnote = 1", "note", "拼写"),
        ("2024-05-20", "2020", "judged", "2021"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_by_name_and_field(
    tmp_path: Path, old: str, new: str, field: str, said: str
) -> None:
    earlier = ENTRY.replace("2024-05-20", "2023-05-20")
    error = refusal(tmp_path, earlier + ENTRY.replace(old, new))
    assert error.file == "published.toml"
    assert "第 2 条" in error.where and error.field == field and said in error.problem


def test_a_figure_that_is_not_judged_says_why(tmp_path: Path) -> None:
    silent = ENTRY.replace("judged = true", "judged = false")
    assert "remark" in refusal(tmp_path, silent).problem
    (figure,) = read_published(written(tmp_path, silent + 'remark = "口径不同"'), [PLAN], REGIONS)
    assert not figure.judged


def test_a_figure_from_before_the_plan_is_kept_but_not_judged(tmp_path: Path) -> None:
    text = ENTRY.replace("2024-05-20", "2020").replace("true", 'false\nremark = "早于规划期"')
    assert read_published(written(tmp_path, text), [PLAN], REGIONS)[0].observed == date(2020, 12, 31)


def test_only_one_of_two_figures_for_one_day_is_judged(tmp_path: Path) -> None:
    error = refusal(tmp_path, ENTRY + ENTRY.replace("86", "90"))
    assert "第 2 条" in error.where and error.field == "judged" and "第 1 条" in error.problem
    rival = ENTRY.replace("86", "90").replace("true", 'false\nremark = "两个来源冲突"')
    assert len(read_published(written(tmp_path, ENTRY + rival), [PLAN], REGIONS)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("[[figures", "TOML"), ("", "空文件"), ("[figures]", "figures"), ("a = 1\n" + ENTRY, "a")],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(FileError, match=said):
        read_published(written(tmp_path, text), [PLAN], REGIONS)


def test_an_entry_that_is_no_table_is_refused(tmp_path: Path) -> None:
    assert "第 1 条" in refusal(tmp_path, "figures = [1]").where


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nowhere.toml"):
        read_published(tmp_path / "nowhere.toml", [PLAN], REGIONS)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "published.toml"
    path.write_bytes(ENTRY.encode("gb18030"))
    with pytest.raises(FileError, match="UTF-8"):
        read_published(path, [PLAN], REGIONS)


def seeds() -> list[Plan]:
    files = [SEEDS / "plans" / f"{id}.toml" for id in ("liaoning-2021", "guofa-2013")]
    return [Plan.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]


def test_the_figures_kept_here_fit_their_plans_and_one_is_judged() -> None:
    figures = read_published(SEEDS / "figures" / "published.toml", seeds(), REGIONS)
    judged = [(f.plan, f.indicator, f.region, f.period, f.value, f.unit) for f in figures if f.judged]
    assert judged == [("liaoning-2021", "local-specifications", "210000", "2024-05-20", 86, "项")]


def test_the_figures_kept_here_are_those_that_were_published() -> None:
    figures = read_published(SEEDS / "figures" / "published.toml", seeds(), REGIONS)
    assert [(f.plan, f.period, f.value) for f in figures] == [
        ("liaoning-2021", "2024-05-20", 86),
        ("liaoning-2021", "2024-05-20", 445),
        ("liaoning-2021", "2024-05-20", 166),
        ("liaoning-2021", "2024-05-20", 498),
        ("liaoning-2021", "2016", 83),
        ("liaoning-2021", "2016", 86),
        ("guofa-2013", "2021-12-31", 1779),
        ("guofa-2013", "2021-12-31", 1714),
        ("guofa-2013", "2024-05-20", 1869),
    ]


def test_two_sources_that_conflict_are_both_kept_and_name_each_other() -> None:
    figures = read_published(SEEDS / "figures" / "published.toml", seeds(), REGIONS)
    first, second = (f for f in figures if f.period == "2021-12-31")
    assert "冲突" in first.remark and "1714" in first.remark and "1779" in second.remark
