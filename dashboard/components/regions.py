"""Regions on a page: side by side, in order of one indicator, and the ways between them."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import loaders, session
from dashboard.charts.regions import ranking_chart, verdicts_chart
from dashboard.components.basics import chart, level_choice, nothing, scrolling, tall
from dashboard.components.judged import open_region
from dashboard.components.pages import ENTRY
from dashboard.viewmodels import choices, overview, table, words


def regions_beside(frame: pd.DataFrame) -> None:
    """The regions below the plan's own, one level at a time: verdicts counted, and every value with its sign."""
    chosen = session.choice()
    below = frame[frame["region"] != chosen.home]
    levels = choices.level_words(below["region_level"])
    if not levels:
        nothing("这里的指标都由本级直报，没有由下级地区填报的指标。")
        return
    level = level_choice(levels)
    below = below[below["region_level"] == level]
    codes = sorted(below["region"].unique())
    if overview.any_judged(below):
        counted = overview.by_region(below, codes)
        due = overview.all_due(below, chosen.day)
        st.markdown(" ".join(words.badge(each.verdict, None, each.label) for each in overview.counts(below, chosen.day)))
        draw = partial(verdicts_chart, counted, due=due)
        figure = loaders.figure("verdicts", (chosen.plan.id, chosen.day, level), draw)
        with scrolling(len(codes)):
            chart(figure, "各地区的指标按判定计数", key="verdicts", on_pick=open_region)
    region_matrix(overview.matrix(below, codes))


def region_matrix(matrix: pd.DataFrame) -> None:
    """Regions side by side, each leading to its page; the sign of the verdict stands before each value."""
    shown = matrix.assign(**{table.OPEN: "查看"})
    shown = shown[["地区", table.OPEN, *matrix.columns.drop("地区")]]
    config: dict[str, Any] = {
        "地区": st.column_config.TextColumn(pinned=True),
        table.OPEN: st.column_config.ButtonColumn("", type="tertiary", key="matrix-open", width=60),
    }
    st.dataframe(
        shown, hide_index=True, key="matrix", alt="各地区各指标的判定和数值", column_config=config,
        height=tall(len(shown)), width="content",
    )  # fmt: skip
    if click := st.session_state.get("matrix-open"):
        open_region(matrix.index[click["row"]])


def ranking(ranked: pd.DataFrame, about: tuple[Hashable, ...], words_for_it: str) -> None:
    """One indicator's values by region; the bar of a region leads to its page."""
    if ranked.empty:
        nothing("还没有地区填报这项指标。", {ENTRY: "去填报"})
        return
    figure = loaders.figure("ranking", about, partial(ranking_chart, ranked))
    with scrolling(len(ranked)):
        chart(figure, words_for_it, key="ranking", on_pick=open_region)


def silent(names: list[str]) -> None:
    """The regions that reported nothing; they are never counted as zero."""
    if names:
        st.caption(f"未填报的 {len(names)} 个地区（不按零计）：{words.escaped('、'.join(names))}")
