"""The entries found: the list, one of them in full, all of them as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import components, download, session
from dashboard.viewmodels import record
from trackers.model.account import Actor
from trackers.model.record_words import Names
from trackers.queries.audit import entries
from trackers.queries.plans import plans
from trackers.queries.sessions import Shown


def draw(shown: pd.DataFrame, names: Names) -> None:
    """The list, newest first; a row that is picked is told in full below it."""
    newest, oldest = shown["id"].iloc[0], shown["id"].iloc[-1]
    count = f"第 {oldest} 至 {newest} 条之间符合条件的 {len(shown)} 条，新的在前。"
    st.caption(f"{count}长的内容只显示开头，点一行最左边的方框，下面就是全部内容。")
    frame = record.table(shown, names)
    picked = st.dataframe(
        frame, hide_index=True, key=f"record-{newest}-{len(shown)}", alt="操作记录", on_select="rerun",
        selection_mode="single-row", **components.fitted(frame),
    )  # fmt: skip
    for row in picked["selection"]["rows"]:
        st.subheader(f"第 {shown['id'].iloc[row]} 条", anchor=False)
        components.facts(record.facts(shown.iloc[row].to_dict(), names))


def download_button(asked: dict[str, Any]) -> None:
    """Everything that was found, not only what the list shows."""
    run = session.run()
    st.download_button(
        f"下载符合条件的全部记录（.xlsx，最多 {record.MOST} 条）", partial(_file, run.path, run.actor, run.shown, asked),
        "操作记录.xlsx", download.XLSX, key="record-file", on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def _file(path: str, by: Actor, shown: Shown | None, asked: dict[str, Any]) -> bytes:
    """Opens the database itself, because downloads are made in their own thread."""
    with session.opened(Path(path), by=by, shown=shown) as run:
        found = entries(run.store, by=by, limit=record.MOST + 1, **asked)
        names = Names(plans(run.store), run.rights.tree)
    cut = f"（只列最新的 {record.MOST} 条，更早的请缩小范围再下载）" if len(found) > record.MOST else ""
    return download.plain_workbook(record.whole(found.head(record.MOST), names), "操作记录", f"操作记录{cut}")
