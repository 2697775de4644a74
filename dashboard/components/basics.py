"""The small parts that pages are made of: charts, lists, choices, what stands where there is nothing to show."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import loaders, menu, session
from dashboard.components import take
from dashboard.viewmodels import words
from trackers.errors import TrackerError

CHART = {"displayModeBar": False, "scrollZoom": False, "locale": "zh-CN"}
MANY = 40  # rows from which a chart scrolls in its own frame


def nothing(sentence: str, ways: dict[str, str] | None = None) -> None:
    """What stands where there is nothing to show: why, and the pages that lead on (page file: words) that are there for them."""
    offered = menu.pages_for(session.rights(), loaders.plans())
    with st.container(border=True):
        st.markdown(sentence)
        with st.container(horizontal=True):
            for page, label in (ways or {}).items():
                if Path(page).stem in offered:
                    st.page_link(page, label=label, icon=":material/arrow_forward:")


def chart(figure: go.Figure, about: str, *, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Draw a figure, to be taken along as a picture; `on_pick` gets the custom data of a mark that is clicked."""
    if on_pick is None:
        still_chart(figure, about, key=key)
        take.pictures(key, about)
        return
    event = st.plotly_chart(figure, key=key, config=CHART, alt=about, on_select="rerun", selection_mode="points")
    take.pictures(key, about)
    for point in event["selection"]["points"]:
        data = point.get("customdata")
        on_pick(str(data[0] if isinstance(data, list | tuple) else data))


def still_chart(figure: go.Figure, about: str, *, key: str) -> None:
    """Draw a figure without anything to choose in it, which may be sent again from memory."""
    st.plotly_chart(figure, key=key, config=CHART, alt=about)


def bullets(lines: list[str], *, none: str) -> None:
    """Lines of text as a list; `none` where there are no lines."""
    st.markdown("\n".join(f"- {words.escaped(line)}" for line in lines) if lines else none)


def facts(told: dict[str, str]) -> None:
    """Facts by name, one a line."""
    st.table({words.escaped(name): words.escaped(text) for name, text in told.items()}, border="horizontal")


def scrolling(rows: int) -> DeltaGenerator:
    """A container that long lists of regions scroll in, so that the page stays short."""
    return st.container(height=760, border=False) if rows > MANY else st.container()


def picker(words_above: str, labels: dict[str, str], *, key: str) -> str:
    """Choose one of several by name; the name stands in the address under `key`."""
    lost = key not in st.session_state and st.query_params.get(key, "") not in {"", *labels.values()}
    session.from_address(key, labels)
    if st.session_state.get(key) not in labels:
        session.forget(key)  # it belonged to another plan or region
    picked = st.selectbox(
        words_above, labels, format_func=labels.__getitem__, key=key, width=420, filter_mode="contains"
    )
    if lost:  # what was asked for is not named: who may not see it learns nothing about it
        st.warning(f"没有打开地址里要看的那一个：它不在您可以选的范围内。下面是“{words.escaped(labels[picked])}”。")
    session.to_address(key, labels[picked])
    return picked


def parts(labels: dict[str, str], *, key: str, first: str | None = None) -> str:
    """Which part of a page is shown; the address says it under `key`. Other parts are not made at all."""
    session.from_address(key, labels)
    before, shown = st.session_state.get(key), f"{key} shown"
    if before not in labels or st.session_state.get(shown) != labels:  # another page's choice would be lost: it is set anew
        st.session_state[key] = before if before in labels else first or next(iter(labels))
    st.session_state[shown] = labels
    st.segmented_control(
        "看什么", labels, format_func=labels.__getitem__, key=key, label_visibility="collapsed", required=True
    )
    picked: str = st.session_state[key]
    session.to_address(key, labels[picked])
    return picked


def folded(title: str, *, key: str, unfolded: bool = False) -> DeltaGenerator:
    """A part that is folded until it is wanted, and then stays open: a plain one folds up when what stands above it changes."""
    return st.expander(title, expanded=unfolded, key=f"folded-{key}", on_change="rerun")


def level_choice(levels: dict[str, str]) -> str:
    """Which level of regions to show, by its word or its name in the address; asked only where there are several."""
    if len(levels) == 1:
        return next(iter(levels))
    session.from_address("level", levels, lambda name: name if name in levels else None)
    if st.session_state.get("level") not in levels:  # of another plan or region
        st.session_state["level"] = next(iter(levels))
    st.segmented_control("地区层级", levels, format_func=levels.__getitem__, key="level", required=True)
    picked: str = st.session_state["level"]
    session.to_address("level", levels[picked])
    return picked


def show_error(error: Exception) -> bool:
    """Tell what went wrong in a sentence; what was not foreseen goes to the log under a number that is shown."""
    if isinstance(error, TrackerError):
        st.error(words.escaped(str(error)))
        return True
    number = secrets.token_hex(4)
    logging.getLogger("dashboard").error("错误编号 %s", number, exc_info=error)
    st.error(f"这一页没能显示出来，数据没有受影响。请刷新再试；若仍如此，请把编号 {number} 告诉管理员，原因已写入日志。")
    return True
