"""Where: regions as tiles, the way down to one of them, and the way up again."""

from __future__ import annotations

import streamlit as st

from dashboard import loaders, session
from dashboard.components.judged import judged_rows, open_region
from dashboard.components.pages import ASSETS, OVERVIEW
from dashboard.viewmodels import tiles, words
from dashboard.viewmodels.placed import Placed

TILES = st.components.v2.component(
    "tiles", html='<div class="tiles" role="group"></div>', css=(ASSETS / "tiles.css").read_text(encoding="utf-8"),
    js=(ASSETS / "tiles.js").read_text(encoding="utf-8"),
)  # fmt: skip
KEY = "tiles"


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
    by = _rule_choice(placed)
    grid = tiles.grid(placed, region, by)
    about = f"{placed.labels[region]}的下级地区"
    picked = TILES(
        key=KEY, data=grid.data() | {"about": about}, on_picked_change=_choose_picked if here else _wait
    ).picked  # fmt: skip
    marks = tiles.in_words(placed.frame)
    st.caption(words.escaped(grid.rule) + (f"　**{marks}**" if marks else ""))
    if picked and not here:
        open_region(picked)


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
