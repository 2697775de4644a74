"""Map files for tests: squares in the place of outlines, so that no real map is needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

NUMBER = "GS（2022）1873号"


def square(x: float, y: float, side: float = 0.9) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(properties: dict[str, Any], coordinates: Any, kind: str = "Polygon") -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def squares(codes: Sequence[str]) -> list[dict[str, Any]]:
    """A square for each region, in rows of four."""
    places = [(110 + place % 4, 40 + place // 4) for place in range(len(codes))]
    return [feature({"adcode": code}, [square(*place)]) for code, place in zip(codes, places, strict=True)]


def file(*features: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}, ensure_ascii=False).encode()


def of(*codes: str) -> bytes:
    """A map file with a square for each of these regions."""
    return file(*squares(codes))
