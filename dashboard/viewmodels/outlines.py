"""Outlines of a supplied map file as a drawing: projected, thinned to what a screen shows, coloured like tiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.viewmodels.tiles import Tile
from trackers.model.outlines import Line, Outlines

WIDTH = 1000.0  # of the drawing; it is scaled to the page
STEP = 0.7  # nearest that two points of a line lie to each other, in the drawing's units
# Albers' equal-area conic projection as maps of China use it: parallels 25° and 47° north, meridian 105° east.
SOUTH, NORTH, MERIDIAN = np.radians(25.0), np.radians(47.0), np.radians(105.0)
Points = NDArray[np.float64]


class Shape(NamedTuple):
    """One outline as an SVG path, with the place and size of its largest part for its label."""

    code: str
    path: str
    x: float
    y: float
    area: float


class Drawing(NamedTuple):
    """Outlines of regions, and the lines that belong to the map as a whole, in a frame of `WIDTH` by `height`."""

    height: float
    shapes: tuple[Shape, ...]
    rest: tuple[str, ...]
    number: str  # of the map's review

    def data(self, tiles: Sequence[Tile]) -> dict[str, Any]:
        """As the browser draws it: an outline for each tile that has one."""
        paths = {shape.code: shape for shape in self.shapes}
        drawn = sorted((paths[tile.code] for tile in tiles if tile.code in paths), key=lambda shape: -shape.area)
        shapes = [shape._asdict() for shape in drawn]  # the small ones upon the large ones
        return {"width": WIDTH, "height": self.height, "shapes": shapes, "rest": list(self.rest)}

    def without(self, tiles: Sequence[Tile]) -> list[str]:
        """Names of regions that have no outline in the file."""
        there = {shape.code for shape in self.shapes}
        return [tile.name for tile in tiles if tile.code not in there]


def drawing(outlines: Outlines, codes: Sequence[str], number: str) -> Drawing | None:
    """The outlines of these regions; None where the file has none of them. What belongs to the map stands with it."""
    wanted = set(codes)
    own = [shape for shape in outlines.shapes if shape.code in wanted]
    if not own:
        return None
    whole = {shape.code for shape in outlines.shapes if shape.code} <= wanted
    rest = [shape for shape in outlines.shapes if not shape.code and whole]
    shown = {id(shape): [project(line) for line in shape.lines] for shape in [*own, *rest]}
    every = np.concatenate([line for lines in shown.values() for line in lines])
    (left, low), (right, high) = every.min(axis=0), every.max(axis=0)
    scale = WIDTH / max(right - left, 1e-9)

    def placed(shape: Any) -> list[Points]:
        return [(line - (left, high)) * (scale, -scale) for line in shown[id(shape)]]

    shapes = tuple(_shape(shape.code, placed(shape)) for shape in own)
    lines = tuple(_path(placed(shape), closed=shape.closed) for shape in rest)
    return Drawing(round((high - low) * scale, 1), shapes, lines, number)


def project(line: Line) -> Points:
    """Longitudes and latitudes in degrees to points of the plane. Source: Snyder, Map Projections (1987), section 14."""
    x, y = np.radians(np.array(line)).T
    n = (np.sin(SOUTH) + np.sin(NORTH)) / 2
    c = np.cos(SOUTH) ** 2 + 2 * n * np.sin(SOUTH)
    radius, turn = np.sqrt(c - 2 * n * np.sin(y)) / n, n * (x - MERIDIAN)
    return np.column_stack([radius * np.sin(turn), -radius * np.cos(turn)])


def _shape(code: str, lines: Sequence[Points]) -> Shape:
    areas = [abs(_area(line)) for line in lines]
    largest = lines[int(np.argmax(areas))]
    x, y = _centre(largest)
    return Shape(code, _path(lines, closed=True), round(x, 1), round(y, 1), round(max(areas), 1))


def _area(line: Points) -> float:
    x, y = line.T
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) / 2)


def _centre(line: Points) -> tuple[float, float]:
    """The centre of gravity of a closed line, or the middle of its points where it encloses nothing."""
    area = _area(line)
    if abs(area) < 1e-6:
        return float(line[:, 0].mean()), float(line[:, 1].mean())
    (x, y), across = line.T, line[:-1, 0] * line[1:, 1] - line[1:, 0] * line[:-1, 1]
    return tuple(float(np.sum((each[:-1] + each[1:]) * across) / (6 * area)) for each in (x, y))  # type: ignore[return-value]


def _path(lines: Sequence[Points], *, closed: bool) -> str:
    """An SVG path; a part too small to be seen is a dot, so that no island is lost."""
    end = "Z" if closed else ""
    parts = [" L".join(f"{x:.1f} {y:.1f}" for x, y in _thinned(line)) for line in lines]
    return " ".join(f"M{part}{end}" for part in parts)


def _thinned(line: Points) -> list[tuple[float, float]]:
    kept = [tuple(line[0])]
    for point in line[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= STEP:
            kept.append(tuple(point))
    return [*kept, tuple(line[-1])]
