"""What stands around every page: its name, icon and looks, and the menu."""

from __future__ import annotations

from base64 import b64encode
from copy import copy
from functools import lru_cache
from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import menu
from dashboard.components.pages import ASSETS
from dashboard.components.signed_in import not_given

MENUS = 64  # of people with different rights
# As the browser gets them: read from their files and put into words once, not with every run.
ICON, LOGO = (
    f"data:{kind};base64,{b64encode((ASSETS / name).read_bytes()).decode()}"
    for name, kind in (("icon.png", "image/png"), ("logo.svg", "image/svg+xml"))
)
LOOKS = f"<style>{(ASSETS / 'looks.css').read_text(encoding='utf-8')}</style>"


class Pages(NamedTuple):
    """The pages of a menu: the ways in, those that are given, and those whose address says that they are not."""

    ways_in: list[StreamlitPage]
    shown: list[StreamlitPage]
    closed: list[StreamlitPage]


def dressed() -> None:
    """The name and icon in the browser's tab, the logo, the looks."""
    st.set_page_config(page_title="计量规划目标跟踪平台", page_icon=ICON, layout="wide", menu_items={"About": menu.ABOUT})
    st.logo(LOGO, size="large")
    st.html(LOOKS)


def pages_of(titles: dict[str, str]) -> Pages:
    """The pages of a menu, for this run alone: Streamlit notes in them which may be run."""
    return Pages(*([copy(page) for page in pages] for pages in _pages(tuple(titles.items()))))


@lru_cache(MENUS)
def _pages(titles: tuple[tuple[str, str], ...]) -> Pages:
    first = f"views/{titles[0][0]}.py"
    return Pages(
        [st.Page(lambda: st.switch_page(first, query_params=dict(st.query_params)), title="首页", **way) for way in menu.WAYS_IN],
        [st.Page(f"views/{file}.py", title=title, url_path=file, **menu.seen(file)) for file, title in titles],
        [_closed(file, title) for file, title in menu.not_given(dict(titles)).items()],
    )


def _closed(file: str, title: str) -> StreamlitPage:
    return st.Page(lambda: not_given(title), title=title, url_path=file, visibility="hidden")
