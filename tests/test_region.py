"""The tree of regions, asked over the regions the project ships."""

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from trackers.errors import UnknownNameError
from trackers.exchange.region_file import read_regions
from trackers.model.plan import Level
from trackers.model.region import Region, RegionTree

REGIONS = Path(__file__).parent.parent / "seeds" / "regions" / "regions.csv"
TODAY = date(2026, 6, 30)


@pytest.fixture(scope="module")
def tree() -> RegionTree:
    return read_regions(REGIONS)


def names(regions: list[Region]) -> str:
    return " ".join(region.name for region in regions)


def test_fuxin_has_its_seven_counties(tree):
    assert names(tree.children("210900", TODAY)) == (
        "海州区 新邱区 太平区 清河门区 细河区 阜新蒙古族自治县 彰武县"
    )


def test_fuyang_has_its_eight_counties(tree):
    assert names(tree.children("341200", TODAY)) == (
        "颍州区 颍东区 颍泉区 临泉县 太和县 阜南县 颍上县 界首市"
    )


@pytest.mark.parametrize(("code", "cities", "counties"), [("210000", 14, 100), ("150000", 12, 103)])
def test_liaoning_and_inner_mongolia_are_complete(tree, code, cities, counties):
    assert len(tree.at_level(code, Level.CITY, TODAY)) == cities
    assert len(tree.at_level(code, Level.COUNTY, TODAY)) == counties


def test_the_delta_area_has_its_four_provinces_and_what_is_below_them(tree):
    area = tree.resolve("长三角")
    assert names(tree.children(area.code, TODAY)) == "上海市 江苏省 浙江省 安徽省"
    assert area.level is Level.AREA and area.parent == "100000"
    assert tree.above("341202", area.code) == ["341200", "340000", area.code]
    assert tree.above("210900", area.code) == []


# What the Ministry of Civil Affairs counted at each year's end.
@pytest.mark.parametrize(
    ("year", "cities", "counties"),
    [(2013, 333, 2853), (2015, 334, 2850), (2018, 333, 2851), (2020, 333, 2844), (2021, 333, 2843)],
)
def test_the_nation_has_as_many_places_as_were_counted_that_year(tree, year, cities, counties):
    day = date(year, 12, 31)
    assert len(tree.at_level("100000", Level.PROVINCE, day)) == 34
    assert len(tree.at_level("100000", Level.CITY, day)) == cities
    assert len(tree.at_level("100000", Level.COUNTY, day)) == counties


def test_a_province_that_is_also_in_an_area_is_below_the_nation_once(tree):
    codes = [region.code for region in tree.below("100000")]
    assert len(codes) == len(set(codes)) == len(tree.by_code) - 1


def test_superiors_come_before_those_below_them(tree):
    codes = [region.code for region in tree.below("100000")]
    assert codes.index("340000") < codes.index("341200") < codes.index("341202")


def test_counties_without_a_city_between_hang_under_the_province(tree):
    assert tree["310106"].parent == "310000"
    assert tree["429004"].parent == "420000"
    assert "110100" not in tree and "429000" not in tree


def test_cities_without_counties_have_nothing_below(tree):
    for name in ("东莞市", "中山市", "儋州市", "嘉峪关市"):
        assert tree.below(tree.resolve(name).code, TODAY) == []


@pytest.mark.parametrize("name", ["210902", "辽宁省阜新市海州区", " 210902 "])
def test_a_region_is_found_by_code_and_by_path(tree, name):
    assert tree.resolve(name).code == "210902"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("阜新市", "210900"),
        ("阜新", "210900"),
        ("内蒙古", "150000"),
        ("全国", "100000"),
        ("界首", "341282"),
        ("延边", "222400"),
        ("浦东新区", "310115"),
        ("阜新蒙古族自治县", "210921"),
    ],
)
def test_a_region_is_found_by_full_and_short_name(tree, name, code):
    assert tree.resolve(name, on=TODAY).code == code


def test_a_name_borne_twice_is_reported_with_the_full_paths(tree):
    with pytest.raises(UnknownNameError) as caught:
        tree.resolve("海州区")
    assert caught.value.nearest == ["辽宁省阜新市海州区（210902）", "江苏省连云港市海州区（320706）"]
    assert "指向不止一个" in str(caught.value)


def test_within_a_region_the_name_is_no_longer_ambiguous(tree):
    assert tree.resolve("海州区", within="210900").code == "210902"
    assert tree.resolve("海州", within="changsanjiao").code == "320706"


def test_a_name_outside_the_limit_is_unknown(tree):
    with pytest.raises(UnknownNameError, match="没有名为“颍州区”的地区"):
        tree.resolve("颍州区", within="210900")


def test_the_nearest_names_are_offered(tree):
    with pytest.raises(UnknownNameError, match="颍州区"):
        tree.resolve("颖州区", within="341200")


def test_a_dissolved_region_is_found_on_a_day_it_existed(tree):
    assert tree.resolve("辽中", on=date(2016, 1, 6)).code == "210122"
    assert tree.resolve("辽中", on=date(2016, 1, 7)).code == "210115"
    assert tree.resolve("闸北区").code == "310108"


def test_a_city_and_the_county_city_named_after_it_are_told_apart_by_the_day(tree):
    assert tree.resolve("巢湖市", on=date(2011, 7, 13)).code == "341400"
    assert tree.resolve("巢湖市", on=date(2011, 7, 14)).code == "340181"


def test_children_are_those_of_the_day(tree):
    assert "江干区" in names(tree.children("330100", date(2021, 4, 8)))
    assert "江干区" not in names(tree.children("330100", date(2021, 4, 9)))
    assert "临平区" not in names(tree.children("330100", date(2021, 4, 8)))
    assert "临平区" in names(tree.children("330100", date(2021, 4, 9)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("310108", ["310106"]),  # 闸北 → 静安
        ("320611", ["320613"]),  # 港闸 → 崇川
        ("320602", ["320613"]),  # 崇川 → 崇川 under a new code
        ("330104", ["330102", "330114"]),  # 江干 → 上城, 钱塘
        ("341400", ["340100", "340200", "340500"]),  # 地级巢湖 → 合肥, 芜湖, 马鞍山
        ("340823", ["340722"]),  # 枞阳 from 安庆 to 铜陵
        ("210122", ["210115"]),  # 辽中县 → 辽中区
    ],
)
def test_a_dissolved_region_names_those_that_carry_on(tree, old, new):
    assert list(tree[old].successors) == new


def test_every_dissolved_region_has_a_successor(tree):
    assert [r.name for r in tree.by_code.values() if r.valid_to and not r.successors] == []


def test_a_region_is_found_by_the_name_it_had_before(tree):
    assert tree.resolve("东陵区").code == "210112"
    assert tree.resolve("辽宁省沈阳市东陵区").name == "浑南区"


def test_a_former_name_that_another_bears_now_is_ambiguous(tree):
    with pytest.raises(UnknownNameError, match="襄都区.*张家口市桥东区"):
        tree.resolve("桥东区", on=date(2018, 12, 31))


def test_asking_is_quick(tree):
    tree.resolve("阜新")
    start = perf_counter()
    tree.below("100000")
    tree.resolve("海州区", within="210000")
    with pytest.raises(UnknownNameError):
        tree.resolve("没有这个地方")
    assert perf_counter() - start < 0.3


@pytest.mark.parametrize("name", ["北京市", "110000"])
def test_neither_a_name_nor_a_code_outside_the_limit_is_found(tree, name):
    with pytest.raises(UnknownNameError, match=name):
        tree.resolve(name, within="210000")


@pytest.mark.parametrize("name", ["阜新市海州区", "辽宁省阜新市海州区"])
def test_a_county_is_found_under_its_city_with_or_without_the_province(tree, name):
    assert tree.resolve(name).code == "210902"


def test_a_sheet_full_of_the_same_wrong_names_is_answered_quickly(tree):
    started = perf_counter()
    for number in range(20_000):
        with pytest.raises(UnknownNameError):
            tree.resolve(f"沈阳{number % 10}氏", within="210000")
    assert perf_counter() - started < 5
