"""Outlines of regions from a map file that somebody supplied: GeoJSON, read within limits and matched to regions by code.

A map of China that is shown must be a reviewed one: the number of its review (审图号) goes with it everywhere. What belongs
to no single region (islands drawn in a corner, lines) is kept and drawn with it: leaving it out would make another map.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from trackers.errors import FileError, UnknownNameError
from trackers.model.region import RegionTree

MAX_BYTES = 8 * 1024 * 1024
MOST_FEATURES, MOST_POINTS = 4000, 500_000
NUMBER = re.compile(r"[\u4e00-\u9fff]{0,6}(GS|S)[\u4e00-\u9fff]{0,6}[（(〔]\d{4}[）)〕]\d{1,6}号")
NAMES = ("adcode", "code", "name")  # properties by which a feature says what it is, tried in this order
PART = re.compile(r"(\d{6})_\w{1,12}")  # as map files call what belongs to a region besides its land: 100000_JD
AREAS, LINES = {"Polygon": 1, "MultiPolygon": 2}, {"LineString": 0, "MultiLineString": 1}  # how deep their lines lie

Line = tuple[tuple[float, float], ...]  # longitude and latitude in degrees


class Outline(NamedTuple):
    """One region's lines (each closed), or with `code` empty what belongs to the map as a whole."""

    code: str
    lines: tuple[Line, ...]
    closed: bool


class Outlines(NamedTuple):
    """What a map file holds: outlines of regions, and the region that all of them lie in."""

    region: str
    shapes: tuple[Outline, ...]

    @property
    def codes(self) -> list[str]:
        """The regions that have an outline."""
        return [each.code for each in self.shapes if each.code]


def review_number(typed: str) -> str:
    """A 审图号 as it is kept, in brackets of one kind: GS（2022）1873号, 辽S（2023）12号.

    Raises FileError for an empty one and for what is not written like one.
    """
    text = "".join(typed.split())
    if not text:
        raise FileError("没有写审图号，没有收下地图。公开展示的地图须经审核，请写明审图号，如 GS（2022）1873号。")
    if not NUMBER.fullmatch(text):
        raise FileError(f"审图号读到“{text[:40]}”，应如 GS（2022）1873号、辽S（2023）12号。没有收下地图，请照地图上印的填写。")
    return re.sub(r"[(〔]", "（", re.sub(r"[)〕]", "）", text))


def read_outlines(content: bytes, tree: RegionTree) -> Outlines:
    """The outlines in a GeoJSON file of longitudes and latitudes, matched to the regions of `tree`.

    Raises FileError, saying what was read and what is expected, for a file over 8 MB, one that is no such file, with a
    feature that names no region known here, one that names it twice, or no outline of a region at all.
    """
    shapes = tuple(_shape(number, feature, tree) for number, feature in enumerate(_features(content), start=1))
    codes = [shape.code for shape in shapes if shape.code]
    if not codes:
        raise FileError("文件里没有一个地区的轮廓，没有收下。每个要素的属性 adcode、code 或 name 须写明地区。")
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise FileError(f"“{tree.path_name(twice)}”在文件里出现不止一次，没有收下。请把它的各块合成一个要素（MultiPolygon）。")
    if sum(len(line) for shape in shapes for line in shape.lines) > MOST_POINTS:
        raise FileError(f"轮廓的点超过 {MOST_POINTS // 10_000} 万个，没有收下。请用简化过的地图。")
    return Outlines(_around(codes, tree), shapes)


def _features(content: bytes) -> list[Any]:
    if len(content) > MAX_BYTES:
        raise FileError(f"地图文件有 {len(content) / 1024 / 1024:.1f} MB，超过 8 MB，没有收下。请用简化过的地图。")
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise FileError("不是 UTF-8 编码的 JSON 文件，没有收下。应为 GeoJSON（FeatureCollection）。") from None
    features = read.get("features") if isinstance(read, dict) and read.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        raise FileError("不是 GeoJSON 的要素集合（type 为 FeatureCollection，features 不为空），没有收下。")
    if len(features) > MOST_FEATURES:
        raise FileError(f"读到 {len(features)} 个要素，最多 {MOST_FEATURES} 个，没有收下。")
    return features


def _shape(number: int, feature: Any, tree: RegionTree) -> Outline:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    geometry = geometry if isinstance(geometry, dict) else {}
    kind = geometry.get("type")
    if kind not in AREAS and kind not in LINES:
        raise FileError(f"第 {number} 个要素的形状读到“{str(kind)[:20]}”，应为 Polygon、MultiPolygon 或线，没有收下。")
    lines = tuple(_line(number, line, closed=kind in AREAS) for line in _lines(geometry.get("coordinates"), str(kind)))
    if not lines:
        raise FileError(f"第 {number} 个要素没有坐标，没有收下。")
    properties = feature.get("properties")
    code = _code(number, properties if isinstance(properties, dict) else {}, tree)
    if code and kind in LINES:
        raise FileError(f"第 {number} 个要素是“{tree[code].name}”的线，地区的轮廓应为面（Polygon、MultiPolygon），没有收下。")
    return Outline(code, lines, kind in AREAS)


def _lines(coordinates: Any, kind: str) -> Iterator[Any]:
    """The lines of a geometry, however deep they lie in its lists."""
    depth = AREAS.get(kind, LINES.get(kind, 0))
    found = [coordinates]
    for _ in range(depth):
        found = [each for part in found if isinstance(part, list) for each in part]
    return iter(found)


def _line(number: int, line: Any, *, closed: bool) -> Line:
    try:
        points = tuple((float(point[0]), float(point[1])) for point in line)
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise FileError(f"第 {number} 个要素的坐标读不出来，应为 [经度, 纬度] 的列表，没有收下。") from None
    if not all(abs(x) <= 180 and abs(y) <= 90 and math.isfinite(x + y) for x, y in points):
        raise FileError(f"第 {number} 个要素的坐标超出经纬度范围，应为以度为单位的经纬度（不是投影坐标），没有收下。")
    if len(points) < (4 if closed else 2) or (closed and points[0] != points[-1]):
        raise FileError(f"第 {number} 个要素的轮廓没有闭合或点太少（面至少 4 个点、首尾相同；线至少 2 个点），没有收下。")
    return points


def _code(number: int, properties: dict[str, Any], tree: RegionTree) -> str:
    """The region that a feature names; empty where it names none, or a part that has no figures."""
    for name in NAMES:
        told = properties.get(name)
        text = "" if told is None else str(told).strip()
        if text in tree:
            return text
        part = PART.fullmatch(text)
        if part and part[1] in tree:
            return ""
        if text:
            return _found(number, name, text, properties, tree)
    return ""


def _found(number: int, name: str, text: str, properties: dict[str, Any], tree: RegionTree) -> str:
    """By what it says there, else by its name."""
    spoken = str(properties.get("name") or "").strip()
    for each in dict.fromkeys([text, spoken]):
        try:
            if each:
                return tree.resolve(each).code
        except UnknownNameError as error:
            problem = str(error)
    read = f"第 {number} 个要素对不上地区（属性 {name} 读到“{text[:40]}”），没有收下。"
    raise FileError(f"{read}{problem}请在属性 adcode 里写地区代码。")


def _around(codes: list[str], tree: RegionTree) -> str:
    """The nearest region that all of these are or lie in."""
    ways = [[code, *tree.superiors(code)] for code in codes]
    shared = set(ways[0]).intersection(*ways)
    return next((code for code in ways[0] if code in shared), ways[0][-1])

