"""One indicator over regions on a page: their order, its change, how the values are spread."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import loaders, session
from dashboard.charts.regions import ranking_chart
from dashboard.charts.spread import spread_chart
from dashboard.components import take
from dashboard.components.basics import chart, nothing, scrolling
from dashboard.components.judged import open_region
from dashboard.components.pages import ENTRY
from dashboard.components.tables import fitted
from dashboard.palette import tone_of
from dashboard.viewmodels import spread as spreads
from dashboard.viewmodels import table, words
from dashboard.viewmodels.placed import Placed


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


def spread(rows: pd.DataFrame, about: tuple[Hashable, ...], words_for_it: str) -> None:
    """How one indicator's values are spread over regions, with the target that all are held to."""
    found = spreads.spread(rows)
    if found is None:
        nothing(f"有数值的地区不足 {spreads.FEWEST} 个，看不出分布；数值见“明细”。", {ENTRY: "去填报"})
        return
    one, targets = rows.iloc[0], rows["target"].dropna().unique()
    shared = (float(targets[0]), str(one["target_text"])) if len(targets) == 1 and rows["target"].notna().all() else None
    mark = words.DEMO if rows["demo"].any() else ""
    chart(loaders.figure("spread", about, partial(spread_chart, found, one["unit"], shared, mark)), words_for_it, key="spread")
    st.markdown(" ".join(words.badge(verdict, severity, label) for verdict, severity, label in found.counts))
    st.caption(words.escaped(found.told))


def order_table(rows: pd.DataFrame, before: pd.DataFrame, placed: Placed, about: tuple[Hashable, ...]) -> None:
    """Regions in the order of one indicator, each leading to its page, with the change of its place since an earlier day."""
    above = {code: placed.tree.path_name(up) for code in rows["region"] if (up := placed.superior(code))}
    chosen = session.choice()
    ranked = loaders.made(
        "order", (chosen.plan.id, chosen.day, *about), partial(spreads.ranking, rows, before, above)
    )  # fmt: skip
    shown, fitting = loaders.made("order table", (chosen.plan.id, chosen.day, *about), partial(_order, ranked))
    st.dataframe(shown, hide_index=True, key="order-table", alt="各地区位次", placeholder="—", **fitting)
    take.table_file(lambda: shown, "各地区位次", key="order")
    if click := st.session_state.get("order-open"):
        open_region(ranked["region"][click["row"]])


def _order(ranked: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The order as a table, and how wide and high its columns and rows must be."""
    shown = spreads.table(ranked)
    labels = ranked.drop_duplicates(["verdict", "severity", "word"]).to_dict("records")
    tones = {words.label(each): tone_of(each["verdict"], each["severity"]).value for each in labels}
    config: dict[str, Any] = {
        "判定": st.column_config.MultiselectColumn(options=list(tones), color=list(tones.values())),
        table.OPEN: st.column_config.ButtonColumn("", type="tertiary", key="order-open", width=60),
        spreads.VALUE: st.column_config.NumberColumn(f"现值（{ranked['unit'].iloc[0]}）"),
    }
    shown[table.OPEN] = "查看"
    return shown, fitted(shown.assign(判定=shown["判定"].str[0]), config)
