"""Filling in with Excel: the sheet to take along, and the filled one handed in."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import components, download, session
from dashboard.session import Choice, Run, run, today
from dashboard.views import _entry_offer, _entry_submit
from trackers.errors import TrackerError
from trackers.exchange.entry_template import entry_sheet
from trackers.exchange.import_figures import Reading, read_figures
from trackers.model.period import Period
from trackers.model.region import Region
from trackers.queries.plans import plan_by_id


def draw(chosen: Choice, region: Region, period: Period) -> None:
    """First the empty sheet, then the filled one with its preview."""
    st.markdown("**第一步**　下载填报表，在白色格里填数。上级地区的表含下级各地要填的行。")
    name = f"填报表 {chosen.plan.short} {region.name} {period}.xlsx"
    sheet = partial(_sheet, run(), chosen, region, period)
    st.download_button("下载填报表（.xlsx）", sheet, name, download.XLSX, on_click="ignore")
    signed = partial(download.signed_form, run().path, run().actor, run().shown, chosen.plan, region, period)
    st.download_button("签字、盖章用的表（.docx）", signed, name.replace(".xlsx", " 签字.docx"), download.DOCX, on_click="ignore")
    st.markdown("**第二步**　上传填好的表，先看预览，再提交。")
    uploads = st.session_state.get("entry-uploads", 0)
    uploaded = st.file_uploader(
        "上传填好的表（.xlsx 或 .csv，不超过 20 MB）：点 Upload 选文件，或把文件拖到框里",
        key=f"entry-upload-{uploads}", max_upload_size=20,
        help="框里的 Upload 是“选择文件”，20MB per file 是“每个文件不超过 20 MB”。选好后先出预览，不会直接写入。",
    )  # fmt: skip
    if uploaded is None:
        return
    about = (run().path, run().version, repr(run().rights.grants), run().actor.login, chosen.plan.id)
    try:
        reading = _read(*about, uploaded.name, uploaded.getvalue(), today())
    except TrackerError as error:
        components.show_error(error)
        return
    offered, done = _entry_offer.hand_in(_entry_offer.offer(reading, "import"), chosen)
    if done:
        st.session_state["entry-uploads"] = uploads + 1
        st.rerun()
    _entry_submit.draw(offered, chosen)


def _sheet(of: Run, chosen: Choice, region: Region, period: Period) -> bytes:
    """The file; opens the database itself, because downloads are made in their own thread."""
    with session.opened(Path(of.path), by=of.actor, shown=of.shown) as own:
        return entry_sheet(chosen.plan, region, period, chosen.tree, own.store, by=of.actor)


@st.cache_resource(max_entries=4, show_spinner="正在读取……")
def _read(path: str, version: str, grants: str, login: str, plan: str, name: str, content: bytes, on: date) -> Reading:
    return read_figures(run().store, content, plan_by_id(run().store, plan), by=run().actor, name=name, on=on)
