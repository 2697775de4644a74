"""Where: regions as tiles, the way down to one of them, and the way up again."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from dashboard import loaders, session
from dashboard.components.judged import judged_rows, open_region
from dashboard.components.pages import ASSETS, OVERVIEW
from dashboard.viewmodels import tiles, words
from dashboard.viewmodels.outlines import Drawing
from dashboard.viewmodels.placed import Placed

TILES = st.components.v2.component(
    "tiles", html='<div class="tiles" role="group"></div>', css=(ASSETS / "tiles.css").read_text(encoding="utf-8"),
    js=(ASSETS / "tiles.js").read_text(encoding="utf-8"),
)  # fmt: skip
KEY = "tiles"
LOOKS = {"map": "地图", "tiles": "方块"}


def judged_places() -> Placed:
    """The judgement by region; where the person may see none of it the page says why, and ends."""
    judged_rows()
    chosen = session.choice()
    return loaders.placed(chosen.plan, chosen.day)


def breadcrumbs(placed: Placed, code: str) -> None:
    """The way from the overview down to the region, each part of it a way up."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.page_link(OVERVIEW, label="总览", icon=":material/home:")
        for each in placed.way(code):
            st.markdown("›", width="content")
            if each == code:
                st.markdown(f"**{words.escaped(placed.labels[each])}**", width="content")
                continue
            name = words.escaped(placed.labels[each])
            st.button(name, key=f"up-{each}", type="tertiary", on_click=set_region, args=(each,))


def tile_grid(placed: Placed, region: str, *, here: bool = False) -> None:
    """The regions directly below, coloured by verdict; choosing one opens its page, which may be the one one is on."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = _rule_choice(placed)
        drawing = _drawing(placed, region)
    chosen = session.choice()
    make = partial(_grid, placed, region, by)
    grid, data, marks = loaders.made("tiles", (chosen.plan.id, chosen.day, region, by), make)
    shown = {"about": f"{placed.labels[region]}的下级地区", "drawing": drawing.data(grid.tiles) if drawing else None}
    picked = TILES(key=KEY, data=data | shown, on_picked_change=_choose_picked if here else _wait).picked
    st.caption(words.escaped(grid.rule) + (f"　**{marks}**" if marks else ""))
    if drawing:
        absent = drawing.without([tile for tile in grid.tiles if tile.there])
        lacking = f"　图中没有轮廓的地区：{'、'.join(absent)}。" if absent else ""
        st.caption(words.escaped(f"地图轮廓取自管理员提供的文件，审图号：{drawing.number}。{lacking}"))
    if picked and not here:
        open_region(picked)


def _grid(placed: Placed, region: str, by: str) -> tuple[tiles.Grid, dict[str, Any], str]:
    """The tiles, the same as a browser draws them, and the marks of the judgement."""
    grid = tiles.grid(placed, region, by)
    return grid, grid.data(), tiles.in_words(placed.frame)


def _drawing(placed: Placed, region: str) -> Drawing | None:
    """The outlines that were supplied for these regions, where they are asked for instead of tiles."""
    drawing = loaders.drawing(placed, region)
    if drawing is None:
        return None
    look = st.segmented_control(
        "画法", LOOKS, format_func=LOOKS.__getitem__, key="look", bind="query-params", default="map", required=True
    )
    return drawing if look == "map" else None


def _choose_picked() -> None:
    """Before the page is drawn anew."""
    set_region(st.session_state[KEY].picked)


def _wait() -> None:
    """What was picked is dealt with further down the page."""


def _rule_choice(placed: Placed) -> str:
    labels = tiles.rules(placed.plan)
    session.from_address("by", labels)
    if st.session_state.get("by") not in labels:
        session.forget("by")
    by = st.selectbox("按什么着色", labels, format_func=labels.__getitem__, key="by", width=420)
    session.to_address("by", labels[by])
    return by


def set_region(code: str) -> None:
    """Choose a region on the page one is on."""
    st.session_state["region"] = code
