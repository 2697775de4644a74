"""Map files on the page 账号: outlines of regions, taken in with the number of their review, and put away again."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import session
from dashboard.viewmodels import maps
from dashboard.viewmodels.words import escaped
from dashboard.views import _accounts_done
from trackers.actions.maps import add_map, remove_map
from trackers.model.region import RegionTree
from trackers.queries.maps import map_files

ABOUT = (
    "各页不附带任何地图轮廓，默认用方块表示地区。公开展示的地图须经审核：在这里上传经审核的轮廓文件并写明审图号，“总览”和“区域”页即按它画出，"
    "图下注明审图号。文件为 GeoJSON（经纬度），每个要素的属性 adcode、code 或 name 写明地区；不属于某个地区的线和岛也会照画。"
)


def draw(tree: RegionTree) -> None:
    """What is kept, each with a button that puts it away; then the form."""
    st.markdown(ABOUT)
    kept = map_files(session.run().store, by=session.actor())
    if not kept:
        st.info("还没有地图，各页用方块表示地区。")
    for each in kept:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(escaped(maps.told(each, tree)))
            if st.button("移除", key=f"remove-map-{each.region}", icon=":material/delete:"):
                _remove(each.region)
    _form()


def _form() -> None:
    turn = _accounts_done.turn()
    uploaded = st.file_uploader(
        "轮廓文件（GeoJSON，不超过 8 MB）：点 Upload 选文件，或把文件拖到框里", key=f"map-{turn}", max_upload_size=8,
        help="选好后写明审图号再装入。",
    )  # fmt: skip
    number = st.text_input("审图号", key=f"map-number-{turn}", placeholder="如 GS（2022）1873号", width=320)
    if st.button("装入地图", key="add-map", type="primary", disabled=uploaded is None) and uploaded is not None:
        act = partial(
            add_map, session.run().store, uploaded.getvalue(), uploaded.name, number, by=session.actor(), at=datetime.now(UTC)
        )
        _accounts_done.do(act, "已装入地图，“总览”和“区域”页按它画出。")


def _remove(region: str) -> None:
    act = partial(remove_map, session.run().store, region, by=session.actor(), at=datetime.now(UTC))
    _accounts_done.do(act, "已移除地图，操作记录里留有它的审图号。")
