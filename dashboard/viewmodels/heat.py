"""Indicators by regions in one table: hundreds of rows that stay readable, grouped by the region above, each verdict
with its sign and word. Made once for a version of the data as a table of Arrow, so that sorting and searching are quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.palette import Tone, tone_of
from dashboard.viewmodels.placed import Placed
from dashboard.viewmodels.table import OPEN
from dashboard.viewmodels.words import BEHIND, plain_marks
from trackers.model.wording import number_text, percent_text

VERDICT, VALUE, COMPLETION = "verdict", "value", "completion"
SHOWN = {VERDICT: "判定", VALUE: "数值", COMPLETION: "完成率"}
PLACE, LAGGING, SHARE = "place", "lagging", "share"
ORDERS = {PLACE: "同一上级在一起", LAGGING: "落后项多的在前", SHARE: "按序比例低的在前"}
ABOVE, NAME, BEHIND_COUNT, REPORTED, MARKS = "上级", "地区", "落后项", "已填报", "标注"


class Heat(NamedTuple):
    """The whole table: a row a region (`codes` in the same order), a column an indicator behind those of `heads`."""

    table: pa.Table
    codes: tuple[str, ...]
    share: tuple[float, ...]  # on course of what is judged; NaN where nothing is
    indicators: tuple[str, ...]  # headings of the columns of indicators
    tones: dict[str, Tone]  # each verdict's label as it stands in cells → its tone


def levels_below(placed: Placed, region: str) -> dict[str, list[str]]:
    """The regions below one by their level, as codes in groups of the same superior."""
    found: dict[str, list[str]] = {}
    for code in placed.below(region):
        found.setdefault(placed.tree[code].level.value, []).append(code)
    return found


def heat(placed: Placed, codes: Sequence[str], shown: str) -> Heat:
    """The table of these regions; `shown` is what stands in its cells (`VERDICT`, `VALUE`, `COMPLETION`)."""
    rows = placed.rows(*codes)
    names = dict(zip(rows["indicator"], rows["indicator_name"], strict=True))
    names = {each.id: names[each.id] for each in placed.plan.indicators if each.id in names}
    labels = (rows["sign"] + " " + rows["word"]).to_numpy(dtype=object)
    down = pd.Index(codes).get_indexer(pd.Index(rows["region"]))
    across = pd.Index(list(names)).get_indexer(pd.Index(rows["indicator"]))
    cells = np.full((len(codes), len(names)), None, dtype=object)
    cells[down, across] = labels if shown == VERDICT else _told(rows, shown)
    make = _tags if shown == VERDICT else pa.array
    columns = {name: make(cells[:, place]) for place, name in enumerate(names.values())}
    table = pa.table(_heads(placed, rows, codes) | columns | {MARKS: pa.array(_marks(rows, codes))})
    share = placed.summaries.reindex(list(codes))["share"]
    kinds = rows.drop_duplicates(["verdict", "severity", "word"])
    tones = {f"{each['sign']} {each['word']}": tone_of(each["verdict"], each["severity"]) for each in kinds.to_dict("records")}
    return Heat(table, tuple(codes), tuple(share), tuple(names.values()), tones)


def texts(heat: Heat, shown: str) -> dict[str, list[str]]:
    """What stands in each column as it is read; of verdicts, which all columns show, each label once."""
    tags, labels = heat.indicators if shown == VERDICT else (), list(heat.tones)
    cells = {name: heat.table[name].to_pylist() for name in heat.table.column_names if name not in tags}
    return {name: [str(cell or "") for cell in each] for name, each in cells.items()} | dict.fromkeys(tags, labels)


def _tags(labels: np.ndarray) -> pa.Array:
    """A list of one for each label, which a table shows as a coloured tag; nothing where the region has no such row."""
    there = np.array([label is not None for label in labels])
    ends = np.concatenate([[0], np.cumsum(there)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(ends), pa.array(labels[there], type=pa.string()))


def _told(rows: pd.DataFrame, shown: str) -> np.ndarray:
    """The sign with the figure; the sign and its word where there is none."""
    figures = rows[shown].to_numpy(dtype=float)
    write = number_text if shown == VALUE else lambda number, _: percent_text(number)
    parts = zip(rows["sign"], rows["word"], figures, rows["unit"], strict=True)
    told = [f"{sign} {word if figure != figure else write(figure, unit)}" for sign, word, figure, unit in parts]
    return np.array(told, dtype=object)


def _heads(placed: Placed, rows: pd.DataFrame, codes: Sequence[str]) -> dict[str, pa.Array]:
    above = [placed.superior(code) for code in codes]
    behind = rows["region"][rows["verdict"].isin(BEHIND)].value_counts().reindex(list(codes), fill_value=0)
    said = placed.summaries.reindex(list(codes))
    several = {ABOVE: pa.array([placed.tree.path_name(code) if code else "" for code in above])} if len(set(above)) > 1 else {}
    return {
        NAME: pa.array([placed.tree[code].name for code in codes]),
        **several,
        OPEN: pa.array(["查看"] * len(codes)),
        BEHIND_COUNT: pa.array(behind.to_numpy()),
        REPORTED: pa.array([f"{done}/{all_}" for done, all_ in zip(said["reported"], said["expected"], strict=True)]),
    }


def _marks(rows: pd.DataFrame, codes: Sequence[str]) -> list[str]:
    marked = rows.groupby("region")[["demo", "unreviewed"]].any().reindex(list(codes), fill_value=False)
    flags = zip(marked["demo"], marked["unreviewed"], strict=True)
    return [plain_marks(demo, raw) for demo, raw in flags]


def chosen(heat: Heat, order: str, text: str, *, lagging_only: bool) -> pa.Table:
    """The rows in which the words of `text` occur (region or the one above), in an order; `codes` as the last column."""
    table = heat.table.append_column("code", pa.array(heat.codes))
    keep = np.ones(len(heat.codes), dtype=bool)
    for word in text.split():
        named = [pc.match_substring(table[name], word) for name in (NAME, ABOVE) if name in table.column_names]
        found = named[0] if len(named) == 1 else pc.or_(*named)
        keep &= found.to_numpy(zero_copy_only=False)
    behind = table[BEHIND_COUNT].to_numpy()
    if lagging_only:
        keep &= behind > 0
    places = np.flatnonzero(keep)
    key = {PLACE: places, LAGGING: -behind[places], SHARE: np.nan_to_num(np.array(heat.share)[places], nan=2.0)}[order]
    return table.take(pa.array(places[np.argsort(key, kind="stable")]))
