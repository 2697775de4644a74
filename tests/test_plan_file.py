from pathlib import Path

import pytest

from trackers.errors import FileError, PlanError
from trackers.exchange.plan_file import read_plan, read_plans
from trackers.model.plan import Level
from trackers.model.region import Region, RegionTree

REGIONS = RegionTree(
    [
        Region(code="100000", name="中华人民共和国", short="全国", level=Level.NATION),
        Region(code="210000", name="辽宁省", short="辽宁", level=Level.PROVINCE, parent="100000"),
        Region(code="210900", name="阜新市", short="阜新", level=Level.CITY, parent="210000"),
        Region(code="210921", name="阜新县", short="阜新县", level=Level.COUNTY, parent="210900"),
    ]
)
SOUND = """
id = "demo"
title = "示例规划"
short = "示例"
region = "210900"
start = 2021
end = 2035
milestones = [2025, 2035]
source_file = "demo.txt"
units = ["甲局"]

[[indicators]]
id = "standards"
name = "计量标准"
unit = "项"
direction = "increase"
aggregation = "sum"
measure = "stock"
level = "county"
tasks = ["t01"]

[indicators.baseline]
value = 60
date = 2020-12-31
reference = "示例"

[[indicators.targets]]
year = 2025
comparator = ">="
value = 80
confidence = "confirmed"
source = { section = "一", start = 0, end = 2 }

[[indicators.annual_targets]]
year = 2022
value = 55
reference = "示例"

[[indicators.regional_targets]]
region = "210921"
year = 2025
value = 8
reference = "示例"

[[goals]]
id = "g1"
name = "目标"
year = 2035
source = { section = "一", start = 0, end = 2 }

[[tasks]]
id = "t01"
number = "1"
group = "甲"
name = "任务"
units = ["甲局"]
source = { section = "一", start = 0, end = 2 }

[[safeguards]]
id = "s1"
number = "1"
name = "保障"
units = ["甲局"]
duties = { "甲局" = "负责" }
source = { section = "一", start = 0, end = 2 }

[[evaluations]]
kind = "midterm"
year = 2025
by = ["甲局"]
source = { section = "一", start = 0, end = 2 }
"""


def written(folder: Path, text: str, name: str = "demo.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, old: str, new: str) -> PlanError:
    assert SOUND.count(old), old
    with pytest.raises(PlanError) as caught:
        read_plan(written(folder, SOUND.replace(old, new, 1)), REGIONS)
    assert str(caught.value).startswith("demo.toml：")
    return caught.value


def part(kind: str, name: str) -> str:
    """The named part of the sound plan, to be written a second time."""
    start = SOUND.index(f"[[{kind}]]")
    end = SOUND.find("\n[[", SOUND.index(name, start))
    return SOUND[start : end if end > 0 else None]


def test_a_sound_plan_is_read_with_annual_targets_against_the_direction(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path, SOUND), REGIONS)
    assert plan.indicator("standards").annual_targets[0].value == 55
    assert plan.units_for(plan.indicator("standards")) == ["甲局"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "demo.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode())
    assert read_plan(path, REGIONS).id == "demo"


def test_a_file_that_is_not_toml_is_refused_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"demo.toml.*TOML.*line 2"):
        read_plan(written(tmp_path, 'id = "demo"\ntitle = \n'), REGIONS)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "demo.toml"
    path.write_bytes(SOUND.encode("gb18030"))
    with pytest.raises(PlanError, match="UTF-8"):
        read_plan(path, REGIONS)


def test_a_missing_file_or_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="none.toml"):
        read_plan(tmp_path / "none.toml", REGIONS)
    with pytest.raises(FileError, match="none"):
        read_plans(tmp_path / "none", REGIONS)


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ('measure = "stock"\n', "", "measure", "缺少这个字段"),
        ('measure = "stock"', 'measures = "stock"\nmeasure = "stock"', "measures", "没有这个字段"),
        ('measure = "stock"', 'measure = "total"', "measure", "'count'、'stock'、'rate' 之一"),
        ('measure = "stock"', 'measure = "stock"\nweight = -1', "weight", "读到“-1”，不能小于 0"),
        ('name = "计量标准"', f'name = "{"长" * 61}"', "name", "最多 60 个字"),
        ('name = "计量标准"', "name = 7", "name", "应为加引号的文字"),
        ("value = 80", 'value = "八十"', "targets[1].value", "读到“八十”，应为数"),
        ("value = 80", "value = true", "targets[1].value", "不能写 true"),
        ("value = 80", "value = nan", "targets[1].value", "有限的数"),
        ("value = 80\n", "", "targets[1]", "待核实"),
        ("start = 0, end = 2 }", "start = 2, end = 2 }", "targets[1].source", "空的"),
        ("date = 2020-12-31", 'date = "去年"', "baseline.date", "应为日期"),
    ],
)
def test_what_the_model_refuses_is_said_in_chinese(
    tmp_path: Path, old: str, new: str, field: str, words: str
) -> None:
    error = refusal(tmp_path, old, new)
    assert "指标 standards" in str(error)
    assert error.field == field
    assert words in error.problem


def test_a_wrong_identifier_names_the_letters_allowed(tmp_path: Path) -> None:
    error = refusal(tmp_path, 'id = "demo"', 'id = "示例"')
    assert (error.where, error.field) == ("规划", "id")
    assert "小写英文字母" in error.problem


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ('direction = "increase"', 'direction = "decrease"', "targets.comparator", "direction = decrease"),
        ('comparator = ">="', 'comparator = "<="', "targets.comparator", "direction = increase"),
        ("value = 60", "value = 80", "direction", "keep = true"),
        ("value = 60", "value = 90", "direction", "keep = true"),
        ('level = "county"', 'level = "county"\nkeep = true', "keep", "保持类"),
        ("year = 2025\ncomparator", "year = 2030\ncomparator", "targets.year", "2025、2035 之一"),
        ('comparator = ">="', 'comparator = ">="\ndate = 2024-06-30', "targets.date", "2024-06-30"),
        ("date = 2020-12-31", "date = 2026-12-31", "baseline.date", "早于目标日 2025-12-31"),
        ("date = 2020-12-31", "date = 2025-12-31", "baseline.date", "早于目标日 2025-12-31"),
        ('level = "county"', 'level = "county"\ncounted_from = 2026-01-01', "counted_from", "2025-12-31"),
        ("year = 2022", "year = 2036", "annual_targets.year", "2021—2035"),
        ("year = 2022", "year = 2020", "annual_targets.year", "2021—2035"),
        ("year = 2022", "year = 2025", "annual_targets.value", "与该年目标值不同"),
        ('region = "210921"', 'region = "999999"', "regional_targets.region", "999999"),
        ('region = "210921"', 'region = "210900"', "regional_targets.region", "阜新市以下"),
        ('unit = "项"', 'unit = "顶"', "unit", "不认识计量单位“顶”"),
        ('tasks = ["t01"]', 'tasks = ["t99"]', "tasks", "t99"),
        ('level = "county"', 'level = "province"', "level", "高于"),
        ('aggregation = "sum"', 'aggregation = "own"', "level", "市级填报"),
    ],
)
def test_an_indicator_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, field: str, words: str
) -> None:
    error = refusal(tmp_path, old, new)
    assert error.where == "指标 standards（计量标准）"
    assert error.field == field
    assert words in error.problem


def test_a_share_may_be_a_stock_but_not_a_count(tmp_path: Path) -> None:
    text = SOUND.replace('unit = "项"', 'unit = "%"')
    assert read_plan(written(tmp_path, text), REGIONS).indicators[0].unit == "%"
    with pytest.raises(PlanError, match=r"standards（计量标准） 的字段 measure：.*count"):
        read_plan(written(tmp_path, text.replace('"stock"', '"count"')), REGIONS)


def test_a_kept_target_needs_a_baseline_that_meets_it(tmp_path: Path) -> None:
    text = SOUND.replace("value = 60", "value = 80")
    text = text.replace('level = "county"', 'level = "county"\nkeep = true')
    assert read_plan(written(tmp_path, text), REGIONS).indicators[0].keep


def test_less_is_better_is_met_from_below(tmp_path: Path) -> None:
    fewer = SOUND.replace('"increase"', '"decrease"').replace('">="', '"<="')
    with pytest.raises(PlanError, match=r"direction：.*keep = true"):
        read_plan(written(tmp_path, fewer), REGIONS)
    assert read_plan(written(tmp_path, fewer.replace("value = 60", "value = 81")), REGIONS)


def test_two_targets_for_one_year_are_refused(tmp_path: Path) -> None:
    target = part("indicators.targets", "confirmed")
    error = refusal(tmp_path, target, f"{target}\n{target}")
    assert (error.field, error.where) == ("targets.year", "指标 standards（计量标准）")


@pytest.mark.parametrize(
    ("old", "new", "where", "field"),
    [
        ('region = "210900"', 'region = "123456"', "规划", "region"),
        ("end = 2035", "end = 2020", "规划", "end"),
        ("end = 2035", "end = 20355", "规划", "end"),
        ("start = 2021", "start = 0", "规划", "start"),
        ("milestones = [2025, 2035]", "milestones = [2025, 2040]", "规划", "milestones"),
        ("milestones = [2025, 2035]", "milestones = [2025, 2025, 2035]", "规划", "milestones"),
        ('source_file = "demo.txt"\n', "", "规划", "source_file"),
        ("year = 2035", "year = 2030", "定性目标 g1（目标）", "year"),
        ('"任务"\nunits = ["甲局"]', '"任务"\nunits = ["乙局"]', "任务 t01（任务）", "units"),
        ('"保障"\nunits = ["甲局"]', '"保障"\nunits = ["乙局"]', "保障措施 s1（保障）", "units"),
        ('"甲局" = "负责"', '"乙局" = "负责"', "保障措施 s1（保障）", "duties"),
        ('by = ["甲局"]', 'by = ["乙局"]', "评估 中期评估", "by"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, where: str, field: str
) -> None:
    error = refusal(tmp_path, old, new)
    assert (error.where, error.field) == (where, field)


@pytest.mark.parametrize(
    ("kind", "name", "where"),
    [
        ("goals", "g1", "定性目标 g1"), ("tasks", "t01", "任务 t01"), ("safeguards", "s1", "保障措施 s1"),
    ],
)  # fmt: skip
def test_an_id_used_twice_is_refused(tmp_path: Path, kind: str, name: str, where: str) -> None:
    error = refusal(tmp_path, part(kind, name), part(kind, name) + "\n" + part(kind, name))
    assert (error.where, error.field) == (where, "id")


def test_an_indicator_id_used_twice_is_refused(tmp_path: Path) -> None:
    whole = SOUND[SOUND.index("[[indicators]]") : SOUND.index("[[goals]]")]
    error = refusal(tmp_path, whole, whole + whole)
    assert (error.where, error.field) == ("指标 standards", "id")


def test_a_superior_plan_must_be_there(tmp_path: Path) -> None:
    superior = '[[carries_out]]\ntitle = "上级"\nplan = "upper"\n\n'
    written(tmp_path, SOUND.replace("[[indicators]]", superior + "[[indicators]]", 1))
    with pytest.raises(PlanError, match=r"demo.toml：规划 的字段 carries_out.plan：.*upper"):
        read_plans(tmp_path, REGIONS)
    written(tmp_path, SOUND.replace('id = "demo"', 'id = "upper"'), "a-upper.toml")
    assert [plan.id for plan in read_plans(tmp_path, REGIONS)] == ["upper", "demo"]


def test_a_plan_id_used_in_two_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path, SOUND)
    written(tmp_path, SOUND, "other.toml")
    with pytest.raises(PlanError, match=r"other.toml：规划 的字段 id：.*demo.toml"):
        read_plans(tmp_path, REGIONS)
