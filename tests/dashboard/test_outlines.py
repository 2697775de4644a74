from __future__ import annotations

import re

import numpy as np
import pytest

from dashboard.viewmodels import tiles
from dashboard.viewmodels.outlines import WIDTH, drawing, project
from tests import outlines
from tests.dashboard.test_tiles import NATION, placed
from tests.outlines import NUMBER, feature, file, square
from tests.samples import tree
from trackers.model.outlines import read_outlines

PAIR = read_outlines(outlines.of("210902", "210903"), tree())


def numbers(path: str) -> np.ndarray:
    return np.array([float(each) for each in re.findall(r"-?\d+\.\d", path)]).reshape(-1, 2)


def test_each_region_is_one_path_within_the_frame_and_north_is_above():
    made = drawing(PAIR, ["210902", "210903"], NUMBER)
    assert made is not None and made.number == NUMBER
    points = np.concatenate([numbers(shape.path) for shape in made.shapes])
    assert points.min() >= 0 and points[:, 0].max() == pytest.approx(WIDTH)
    assert points[:, 1].max() == pytest.approx(made.height, abs=0.2)
    parts = (feature({"adcode": code}, [square(110, y)]) for code, y in (("210902", 30), ("210903", 40)))
    south, north = drawing(read_outlines(file(*parts), tree()), ["210902", "210903"], NUMBER).shapes
    assert north.y < south.y


def test_a_label_stands_in_the_middle_of_its_largest_part():
    two = feature({"adcode": "210902"}, [[square(110, 40, 4)], [square(120, 40, 0.1)]], "MultiPolygon")
    made = drawing(read_outlines(file(two), tree()), ["210902"], NUMBER)
    assert made.shapes[0].x < WIDTH / 2 and made.shapes[0].path.count("M") == 2


def test_areas_are_kept_in_proportion():
    def area(y: float) -> float:
        points = project(tuple((x, y) for x, y in square(105, y, 1)))
        return abs(np.sum(points[:-1, 0] * points[1:, 1] - points[1:, 0] * points[:-1, 1]))

    flat = [area(20), area(50)]
    sphere = [np.radians(1) * (np.sin(np.radians(y + 1)) - np.sin(np.radians(y))) for y in (20, 50)]
    assert flat[0] / flat[1] == pytest.approx(sphere[0] / sphere[1], rel=0.01)


def test_islands_of_the_map_are_drawn_only_with_the_whole_of_it():
    islands = feature({"adcode": "100000_JD"}, [square(115, 10)])
    read = read_outlines(file(*outlines.squares(["210902", "210903"]), islands), tree())
    assert len(drawing(read, ["210902", "210903"], NUMBER).rest) == 1
    assert drawing(read, ["210902"], NUMBER).rest == ()


def test_a_file_without_these_regions_draws_nothing():
    assert drawing(PAIR, ["210922"], NUMBER) is None


def test_a_part_too_small_to_be_seen_is_still_there():
    dot = feature({"adcode": "210903"}, [square(115, 45, 0.0001)])
    made = drawing(read_outlines(file(*outlines.squares(["210902"]), dot), tree()), ["210902", "210903"], NUMBER)
    assert all(shape.path.startswith("M") for shape in made.shapes)


def test_regions_without_an_outline_are_named():
    grid = tiles.grid(placed("100000", *NATION), "100000", tiles.SHARE)
    there = [tile for tile in grid.tiles if tile.there]
    made = drawing(PAIR, ["210902"], NUMBER)
    assert set(made.without(there)) == {"江苏", "浙江", "辽宁"}
    assert made.data(grid.tiles)["shapes"] == []
