"""Regions as tiles: each with its name, a sign, a word and a colour, by a rule that is stated beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from dashboard.palette import SILENT, course_shade, tone_of
from dashboard.viewmodels.choices import indicator_labels
from dashboard.viewmodels.grid import PROVINCES
from dashboard.viewmodels.overview import ORDER
from dashboard.viewmodels.placed import Placed
from dashboard.viewmodels.words import label, plain_marks
from trackers.assessment.regions import RULE_OF_SHARE, RULE_OF_WORST, Course
from trackers.assessment.verdict import Severity, Verdict, verdict_word
from trackers.model.plan import Level, Plan
from trackers.model.wording import number_text, percent_text

Record = Mapping[Any, Any]
SHARE, WORST = "share", "worst"
NOT_IN_PLAN = "不在本规划填报范围"


@dataclass(frozen=True)
class Tile:
    """One region. `shade` is empty for a tile without ground of its own; `row` and `column` are 0 where it has no place."""

    code: str
    name: str
    sign: str
    word: str
    detail: str
    title: str
    shade: str
    row: int = 0
    column: int = 0
    there: bool = True  # whether it can be opened


@dataclass(frozen=True)
class Grid:
    """Tiles in their places, in `columns` (0: one after the other), with how many there are of each kind."""

    tiles: tuple[Tile, ...]
    columns: int
    kinds: tuple[tuple[str, str, int], ...]  # (sign and word, shade, number)
    rule: str

    def data(self) -> dict[str, Any]:
        """As the browser draws it."""
        kinds = [{"label": label, "shade": shade, "number": number} for label, shade, number in self.kinds]
        return {"tiles": [asdict(tile) for tile in self.tiles], "columns": self.columns, "kinds": kinds}


def rules(plan: Plan) -> dict[str, str]:
    """What tiles can be coloured by: all indicators together in two ways, or one of them."""
    return {SHARE: "按序比例（全部指标）", WORST: "最差判定（全部指标）"} | indicator_labels(plan)


def grid(placed: Placed, region: str, by: str) -> Grid:
    """The regions directly below `region`, coloured by a rule (`SHARE`, `WORST`) or by the indicator of that id."""
    codes = placed.children(region)
    tiles = {tile.code: tile for tile in _tiles(placed, codes, by)}
    columns = 0
    if codes and all(code in PROVINCES for code in codes):
        tiles = _in_place(placed, region, tiles)
        columns = max(tile.column for tile in tiles.values())
    counted = Counter((f"{tile.sign} {tile.word}", tile.shade) for tile in tiles.values() if tile.there)
    kinds = sorted(counted.items(), key=lambda kind: _rank(kind[0][0]))
    return Grid(tuple(tiles.values()), columns, tuple((*kind, number) for kind, number in kinds), _rule(placed.plan, by))


def _rule(plan: Plan, by: str) -> str:
    return {SHARE: RULE_OF_SHARE, WORST: RULE_OF_WORST}.get(by) or f"各地区“{plan.indicator(by).name}”的判定和现值。"


def _rank(told: str) -> int:
    """Good ones first, as cards have it; tiles without data last."""
    signs = [course.sign for course in Course if course is not Course.SILENT] + [verdict.sign for verdict in ORDER]
    return signs.index(told[0]) if told[0] in signs else len(signs)


def _tiles(placed: Placed, codes: Sequence[str], by: str) -> list[Tile]:
    if by in (SHARE, WORST):
        make = _of_share if by == SHARE else _of_worst
        return [make(placed, code, said) for code, said in _by_code(placed.summaries.reindex(list(codes))).items()]
    rows = _by_code(placed.of_indicator(by, codes))
    return [_of_row(placed, code, rows.get(code)) for code in codes]


def _by_code(frame: pd.DataFrame) -> dict[str, Record]:
    return dict(zip(frame.index.astype(str), frame.to_dict("records"), strict=True))


def _of_share(placed: Placed, code: str, said: Record) -> Tile:
    course = Course(said["course"])
    detail = f"{said['on_course']}/{said['judged']}项" if said["judged"] else _reported(said)
    share = f"按序比例{percent_text(said['share'])}，" if said["judged"] else ""
    title = f"{course.word}：{share}能判断{said['judged']}项，{_reported(said)}"
    return _tile(placed, code, course.sign, course.word, detail, title, course_shade(course))


def _of_worst(placed: Placed, code: str, said: Record) -> Tile:
    verdict, severity = Verdict(said["verdict"]), said["severity"] if isinstance(said["severity"], str) else None
    word = _short(verdict, severity)
    title = f"{verdict_word(verdict, severity)}：能判断{said['judged']}项，{_reported(said)}"
    return _tile(placed, code, verdict.sign, word, _reported(said), title, _shade(verdict, severity))


def _of_row(placed: Placed, code: str, row: Record | None) -> Tile:
    if row is None:
        return _tile(placed, code, "—", "不填报此项", "", "这项指标不由该地区填报", "")
    verdict, severity = Verdict(row["verdict"]), row["severity"]
    value = number_text(row["value"], row["unit"])
    marks = plain_marks(row["demo"], row["unreviewed"])
    title = f"{label(row)}，现值{value}，目标{row['target_text']}" + (f"（{marks}）" if marks else "")
    return _tile(placed, code, verdict.sign, _short(verdict, severity), value, title, _shade(verdict, severity))


def _tile(placed: Placed, code: str, sign: str, word: str, detail: str, title: str, shade: str) -> Tile:
    region = placed.tree[code]
    name = region.short if region.level is Level.PROVINCE else region.name
    return Tile(code, name, sign, word, detail, f"{placed.labels[code]}　{title}", shade)


def _short(verdict: Verdict, severity: str | None) -> str:
    """The verdict in as many characters as a tile holds: 滞后（严重）."""
    return f"滞后（{Severity(severity).word}）" if severity else verdict.word


def _shade(verdict: Verdict, severity: str | None) -> str:
    return SILENT if verdict is Verdict.NO_DATA else tone_of(verdict, severity).shade


def _reported(said: Record) -> str:
    return f"已报{said['reported']}/{said['expected']}项"


def _in_place(placed: Placed, region: str, tiles: Mapping[str, Tile]) -> dict[str, Tile]:
    """Each province in its place; for the whole nation those of other plans too, said to be so."""
    codes = PROVINCES if placed.tree[region].level is Level.NATION else tiles
    first = [min(PROVINCES[code][axis] for code in codes) for axis in (0, 1)]
    found = {}
    for code in sorted(codes, key=PROVINCES.__getitem__):
        row, column = (PROVINCES[code][axis] - first[axis] + 1 for axis in (0, 1))
        tile = tiles.get(code) or _outside(placed, code)
        found[code] = Tile(**asdict(tile) | {"row": row, "column": column})
    return found


def _outside(placed: Placed, code: str) -> Tile:
    name = placed.tree[code].short if code in placed.tree else code
    return Tile(code, name, "", "", "", f"{name}　{NOT_IN_PLAN}", "", there=False)


def in_words(frame: pd.DataFrame) -> str:
    """What has to be said of figures under tiles: that some are demonstrations, or were not reviewed."""
    return plain_marks(bool(frame["demo"].any()), bool(frame["unreviewed"].any()))
