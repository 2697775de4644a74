"""Indicators by regions as one table that can be searched and sorted, each row leading to its region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard import loaders, session
from dashboard.components import take
from dashboard.components.basics import level_choice, nothing
from dashboard.components.judged import open_region
from dashboard.viewmodels import choices, heat, words
from dashboard.viewmodels.fit import fit, height
from dashboard.viewmodels.placed import Placed
from dashboard.viewmodels.table import OPEN

LAZY = 1000  # rows from which the browser fetches what it shows


def heat_table(placed: Placed, region: str) -> None:
    """The regions below one, one level at a time."""
    chosen = session.choice()
    by_level = loaders.made("levels", (chosen.plan.id, chosen.day, region), partial(heat.levels_below, placed, region))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        level = level_choice(choices.level_words(by_level))
        shown = st.segmented_control(
            "格内显示", heat.SHOWN, format_func=heat.SHOWN.__getitem__, key="cells", bind="query-params",
            default=heat.VERDICT, required=True,
        )  # fmt: skip
        order = st.selectbox(
            "次序", heat.ORDERS, format_func=heat.ORDERS.__getitem__, key="order", bind="query-params", width=200
        )
        text = st.text_input("查找地区", key="find", bind="query-params", placeholder="地区或上级的名称", width=220)
        only = st.toggle("只看有落后项的", key="behind-only", bind="query-params")
    about = chosen.plan.id, chosen.day, region, level, shown
    made, config = loaders.made("heat", about, partial(_heat, placed, by_level[level], shown))
    table = loaders.made("heat rows", (*about, order, text, only), partial(heat.chosen, made, order, text, lagging_only=only))
    st.caption(f"共 {len(made.codes)} 个地区，显示 {table.num_rows} 个。每格是该地区这项指标的判定；空格：不由该地区填报。")
    if not table.num_rows:
        nothing("没有符合条件的地区。请改一改查找的字词，或关掉“只看有落后项的”。")
        return
    _draw(made, table, config)


def _heat(placed: Placed, codes: Sequence[str], shown: str) -> tuple[heat.Heat, dict[str, Any]]:
    """The whole table, and how its columns are shown."""
    made = heat.heat(placed, codes, shown)
    found = fit(heat.texts(made, shown), tags=made.indicators if shown == heat.VERDICT else ())
    widths = {name: st.column_config.Column(width=width) for name, width in found.widths.items()}
    own: dict[str, Any] = {name: _tags(made, widths[name]) for name in made.indicators} if shown == heat.VERDICT else {}
    return made, {**widths, **own, heat.NAME: widths[heat.NAME] | {"pinned": True}, "code": None}


def _draw(made: heat.Heat, table: Any, config: dict[str, Any]) -> None:
    config = config | {OPEN: st.column_config.ButtonColumn("", type="tertiary", key="heat-open", width=60)}
    st.markdown(" ".join(words.badge_of(tone, label) for label, tone in made.tones.items()))
    st.dataframe(
        table, hide_index=True, key="heat", alt="各地区各指标的判定", column_config=config, height=height(table.num_rows),
        lazy=True if table.num_rows > LAZY else None, placeholder="",
    )  # fmt: skip
    take.table_file(table.to_pandas, "各地区各指标的判定", key="heat")
    if click := st.session_state.get("heat-open"):
        open_region(table["code"][click["row"]].as_py())


def _tags(made: heat.Heat, column: Mapping[str, Any]) -> dict[str, Any]:
    """A column that shows verdicts as coloured tags."""
    tones = [tone.value for tone in made.tones.values()]
    tags: dict[str, Any] = dict(st.column_config.MultiselectColumn(options=list(made.tones), color=tones))
    return tags | {"type_config": _Settled(tags["type_config"]), "width": column["width"]}


class _Settled(dict[str, Any]):
    """Settings of a column that nobody changes: Streamlit, which copies all it is given with every run, copies no more."""

    def __deepcopy__(self, memo: object) -> _Settled:
        return self
