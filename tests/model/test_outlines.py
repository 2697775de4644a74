from __future__ import annotations

import json

import pytest

from tests import outlines
from tests.outlines import feature, file, square
from tests.samples import tree
from trackers.errors import FileError
from trackers.model.outlines import MAX_BYTES, read_outlines, review_number

TREE = tree()
RING = square(110, 40)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("GS（2022）1号", "GS（2022）1号"), (" GS(2022)1873号 ", "GS（2022）1873号"), ("辽S〔2023〕12号", "辽S（2023）12号"),
        ("GS京（2022）1061号", "GS京（2022）1061号"), ("GS (2019) 1822 号", "GS（2019）1822号"),
    ],
)  # fmt: skip
def test_a_review_number_is_kept_in_one_form(typed, kept):
    assert review_number(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", "无", "1873", "GS2022-1873", "GS（22）1873号", "GS（2022）号", "<b>GS（2022）1号"])
def test_what_is_no_review_number_is_refused_with_an_example(typed):
    with pytest.raises(FileError, match="审图号.*没有收下"):
        review_number(typed)


@pytest.mark.parametrize(
    "properties",
    [{"adcode": 210902}, {"adcode": "210902"}, {"code": "210902"}, {"name": "海州区"}, {"adcode": "", "name": "海州区"},
     {"adcode": "x902", "name": "海州区"}, {"NAME": "x", "name": "210902"}],
)  # fmt: skip
def test_a_region_is_told_by_its_code_or_name(properties):
    assert read_outlines(file(feature(properties, [RING])), TREE).codes == ["210902"]


@pytest.mark.parametrize("properties", [{"adcode": "990000"}, {"name": "火星区"}, {"code": "火星"}])
def test_a_feature_of_no_region_known_is_refused_and_named(properties):
    told = next(iter(properties.values()))
    with pytest.raises(FileError, match=f"第 2 个要素对不上地区.*{told}"):
        read_outlines(file(feature({"adcode": "210902"}, [RING]), feature(properties, [RING])), TREE)


def test_what_belongs_to_no_region_is_kept_with_the_map():
    islands = feature({"adcode": "100000_JD", "name": ""}, [[square(115, 10)]], "MultiPolygon")
    line = feature({}, [[110, 10], [111, 11]], "LineString")
    read = read_outlines(file(*outlines.squares(["210902"]), islands, line), TREE)
    assert read.codes == ["210902"] and [shape.closed for shape in read.shapes] == [True, True, False]


@pytest.mark.parametrize(
    ("codes", "region"),
    [(["210902", "210903"], "210900"), (["210900"], "210900"), (["210902", "210000"], "210000"), (["210000"], "210000")],
)
def test_a_map_is_of_the_region_that_all_of_it_lies_in(codes, region):
    assert read_outlines(outlines.of(*codes), TREE).region == region


def refused(content: bytes) -> str:
    with pytest.raises(FileError) as caught:
        read_outlines(content, TREE)
    assert "没有收下" in str(caught.value)
    return str(caught.value)


OPEN = RING[:-1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "JSON"), (b"\xff\xfe{}", "UTF-8"), (b"[" * 100_000, "JSON"), (b"{}", "FeatureCollection"),
        (json.dumps({"type": "FeatureCollection", "features": []}).encode(), "不为空"),
        (file("x"), "形状"), (file(feature({"adcode": "210902"}, [1, 2], "Point")), "Point"),
        (file(feature({"adcode": "210902"}, [OPEN])), "没有闭合"), (file(feature({"adcode": "210902"}, [])), "没有坐标"),
        (file(feature({"adcode": "210902"}, [[["a", "b"]] * 4])), "读不出来"),
        (file(feature({"adcode": "210902"}, [square(500_000, 4_000_000)])), "超出经纬度"),
        (file(feature({"adcode": "210902"}, [[[float("nan"), 1]] * 4])), "经纬度"),
        (file(feature({"adcode": "210902"}, [[110, 1], [111, 1]], "LineString")), "应为面"),
        (file(feature({}, [RING])), "没有一个地区"), (outlines.of("210902", "210902"), "不止一次"),
        (b" " * (MAX_BYTES + 1), "8 MB"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_saying_what_was_read(content, said):
    assert said in refused(content)


def test_a_file_with_more_points_than_a_page_can_draw_is_refused(monkeypatch):
    monkeypatch.setattr("trackers.model.outlines.MOST_POINTS", 7)
    assert "点超过" in refused(outlines.of("210902", "210903"))
