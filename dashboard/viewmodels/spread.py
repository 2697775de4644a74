"""How one indicator's values are spread over regions, and their order with what changed in it since an earlier day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.viewmodels import words
from dashboard.viewmodels.indicator import by_completion, high_is_good, partial_sums
from trackers.assessment.compare import Floats
from trackers.assessment.ranking import moved, ranks
from trackers.model.wording import computed_text, number_text, percent_number

FEWEST, BINS = 3, 24
STEPS = (1, 2, 2.5, 5, 10)
RANK, MOVE, REGION, ABOVE, VALUE, DONE = "位次", "较上季末", "地区", "上级", "现值", "完成率（%）"


class Spread(NamedTuple):
    """Numbers of regions by value: `counts[label]` for each of the bins between `edges`."""

    edges: list[float]
    counts: dict[tuple[str, str | None, str], list[int]]  # (verdict, severity, label)
    told: str


def spread(rows: pd.DataFrame) -> Spread | None:
    """Of one indicator's rows; None with fewer than three values, where a list says more than a shape."""
    there = rows[rows["value"].notna()]
    if len(there) < FEWEST:
        return None
    edges = _edges(there["value"].to_numpy(dtype=float))
    place = np.clip(np.searchsorted(edges, there["value"], side="right") - 1, 0, len(edges) - 2)
    counts = {}
    for (verdict, word), group in pd.Series(place, index=there.index).groupby([there["verdict"], there["word"]]):
        one = there.loc[group.index[0]]
        label = f"{one['sign']} {word}"
        counts[str(verdict), one["severity"], label] = np.bincount(group, minlength=len(edges) - 1).tolist()
    return Spread(edges.tolist(), counts, _told(rows, there))


def _edges(values: Floats) -> Floats:
    """Even limits at round numbers, at most some two dozen."""
    low, high = float(values.min()), float(values.max())
    wanted = (high - low or abs(high) or 1.0) / min(BINS, max(4, int(np.sqrt(len(values))) + 1))
    size = 10.0 ** np.floor(np.log10(wanted))
    step = next(each * size for each in STEPS if each * size >= wanted * (1 - 1e-9))
    first, last = np.floor(low / step), np.floor(high / step) + 1
    edges: Floats = np.arange(first, last + 1) * step
    return edges


def _told(rows: pd.DataFrame, there: pd.DataFrame) -> str:
    unit, values = there["unit"].iloc[0], there["value"]
    said = f"{len(there)}个地区有数值：最低{number_text(values.min(), unit)}，中位数{computed_text(values.median(), unit)}，"
    said += f"最高{number_text(values.max(), unit)}"
    met = int((there["verdict"] == "achieved").sum())
    said += f"；已达到各自目标的{met}个" if there["target"].notna().any() else ""
    silent = len(rows) - len(there)
    return f"{said}；未填报{silent}个，不在图中。" if silent else f"{said}。"


def ranking(rows: pd.DataFrame, before: pd.DataFrame, above: Mapping[str, str]) -> pd.DataFrame:
    """One indicator's rows in order, with `rank` and `move` since the day of `before`; those without data last.

    The sum of a part of a region's own regions has no place among whole ones.

    Columns: the judgement's own, `rank`, `move` (places up, NaN where one of the days has none), `above`.
    """
    column = "completion" if by_completion(rows) else "value"
    good = column == "completion" or high_is_good(rows)
    places = ranks(_whole(rows, column), high_is_good=good)
    held = before[before["region"].isin(rows["region"])]
    earlier = pd.Series(ranks(_whole(held, column), high_is_good=good), index=held["region"])
    move = moved(places, np.asarray(earlier.reindex(rows["region"]), dtype=np.float64))
    found = rows.assign(rank=places, move=move, above=[above.get(code, "") for code in rows["region"]])
    return found.sort_values("rank", kind="stable", na_position="last").reset_index(drop=True)


def _whole(rows: pd.DataFrame, column: str) -> Floats:
    return np.asarray(rows[column].mask(partial_sums(rows)), dtype=np.float64)


def move_text(move: float, *, placed: bool) -> str:
    """↑3, ↓2, 持平; 新 where there was no place before, nothing where there is none now."""
    if not placed:
        return ""
    if move != move:
        return "新"
    return "持平" if not move else f"{'↑' if move > 0 else '↓'}{abs(move):.0f}"


def table(ranked: pd.DataFrame) -> pd.DataFrame:
    """The order as a page shows it: numbers stay numbers, written as everywhere; the verdict as a tag."""
    places = ranked["rank"]
    moves = zip(ranked["move"], places.notna(), strict=True)
    shown = {
        RANK: places.astype("Int64"), MOVE: [move_text(move, placed=placed) for move, placed in moves],
        REGION: ranked["region_name"], ABOVE: ranked["above"], "判定": [[each] for each in ranked["sign"] + " " + ranked["word"]],
        VALUE: ranked["value"].map(_as_written), DONE: ranked["completion"].map(_in_percent), "标注": _marks(ranked),
    }  # fmt: skip
    return pd.DataFrame(shown).drop(columns=[] if ranked["above"].nunique() > 1 else [ABOVE])


def _as_written(value: float) -> float:
    """The number with the digits that it is written with everywhere."""
    return value if value != value else float(number_text(value))


def _in_percent(share: float) -> float:
    return share if share != share else float(percent_number(share))


def _marks(rows: pd.DataFrame) -> list[str]:
    lacking = [words.lacking(row) if part else "" for row, part in zip(rows.to_dict("records"), partial_sums(rows), strict=True)]
    marks = [words.plain_marks(demo, raw) for demo, raw in zip(rows["demo"], rows["unreviewed"], strict=True)]
    return ["；".join(filter(None, both)) for both in zip(lacking, marks, strict=True)]
