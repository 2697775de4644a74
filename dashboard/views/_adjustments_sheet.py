"""分解目标导入: the form to take along, the filled one with its preview and what the shares add up to, the import."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from dashboard import components, session
from dashboard.download import XLSX
from dashboard.session import Choice
from dashboard.viewmodels import adjustments as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _done as done
from trackers.errors import TrackerError
from trackers.exchange.target_sheet import TargetReading, propose_targets, read_targets, target_form
from trackers.model.plan import Plan

MOST = 30  # faults listed on the page


def draw(chosen: Choice, plan: Plan) -> None:
    """First the form, then the filled one."""
    st.markdown("**第一步**　下载空表，照表里“填表说明”填写年度分解目标和区域分解目标。")
    st.download_button(
        "下载空表（.xlsx）", partial(target_form, plan), f"分解目标_{plan.short}.xlsx", XLSX, key="target-form",
        on_click="ignore", icon=":material/download:",
    )  # fmt: skip
    st.markdown("**第二步**　上传填好的表，先看预览，再提出；由另一个人审查后生效。")
    uploaded = st.file_uploader(
        "上传填好的表（.xlsx 或 .csv，不超过 20 MB）：点 Upload 选文件，或把文件拖到框里", key=f"targets-{done.turn()}",
        max_upload_size=20, help="选好后先出预览，不会直接写入。",
    )  # fmt: skip
    if uploaded is None:
        return
    try:
        reading = read_targets(session.run().store, uploaded.getvalue(), uploaded.name, plan, by=session.actor())
        _offer(chosen, plan, reading)
    except TrackerError as error:
        components.show_error(error)


def _offer(chosen: Choice, plan: Plan, reading: TargetReading) -> None:
    st.markdown(f"**提出前预览**　新的分解目标 {len(reading.changes)} 个，有误 {len(reading.faults)} 行")
    if reading.faults:
        st.error("**这些行不能收：**\n\n" + "\n".join(f"- {escaped(str(each))}" for each in reading.faults[:MOST]))
    components.bullets(reading.sums, none="")
    table = model.preview(reading.changes, plan, chosen.tree)
    components.plain_table(table, key="targets-preview", about="要提出的分解目标", none="没有可以提出的分解目标。")
    shown = hashlib.sha256(repr(reading).encode()).hexdigest()[:16]
    ready = bool(reading.changes) and not reading.faults
    if st.button("提出", key=f"propose-{shown}", type="primary", disabled=not ready):
        act = partial(propose_targets, session.run().store, reading, by=session.actor(), at=datetime.now(UTC))
        done.do(act, f"已提出 {len(reading.changes)} 个分解目标，等待审查。")
