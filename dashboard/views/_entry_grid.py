"""The sheet that is filled in on the page. What was typed is kept beside the grid, so that nothing can lose it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.session import Choice, run, today
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_submit
from trackers.exchange.entry_template import Line
from trackers.exchange.import_figures import read_rows
from trackers.model.period import Period
from trackers.model.region import Region
from trackers.queries.figures import Kept

DRAFTS = "entry-drafts"  # label of a sheet → what was typed there and is not handed in yet
HOW = (
    "只填确切的数字；数量填到期末的累计数（或现有数），不填当期新增数；没有数据的行留空，不要填 0。"
    "双击单元格（手机上点两下）输入，按回车确认；可以从 Excel 复制粘贴。全角数字、千位逗号、百分号、“万”都能读。"
)


def draw(chosen: Choice, region: Region, period: Period, lines: Sequence[Line], kept: Kept) -> None:
    """The grid with what is said of each row, then what handing it in would do."""
    name = f"{chosen.plan.short} {region.name} {entry.period_label(period)}"
    drafts: dict[str, entry.Typed] = st.session_state.setdefault(DRAFTS, {})
    key, base = f"entry {name} {_round(name)}", f"entry-base {name}"
    if key not in st.session_state:  # first shown, or shown again: the grid starts from what was typed
        st.session_state[base] = drafts.get(name, {})
    typed = entry.with_edits(st.session_state[base], lines, st.session_state.get(key, {}).get("edited_rows", {}))
    reading = read_rows(run().store, entry.rows_of(lines, typed), chosen.plan, name=name, on=today())
    st.caption(HOW)
    frame = entry.sheet(lines, kept, st.session_state[base], entry.checks(reading))
    fixed = [column for column in frame if column not in entry.TYPED.values()]
    columns = {column: st.column_config.TextColumn(pinned=column == "指标") for column in frame}
    st.data_editor(frame, key=key, disabled=fixed, column_config=columns, height="content", row_height=38)
    drafts[name] = typed
    others = [escaped(other) for other, cells in drafts.items() if cells and other != name]
    if others:
        st.caption(f"还有填了没有提交的：{'；'.join(others)}。换回去可以接着填。")
    names = {number: line.indicator.name for number, line in enumerate(lines, start=1)}
    if _entry_submit.offer(reading, chosen, names=names, origin="page"):
        drafts.pop(name)
        st.session_state[f"entry-round {name}"] = _round(name) + 1
        st.rerun()


def _round(name: str) -> int:
    """How often this sheet was handed in: the grid after that is a new one."""
    return st.session_state.get(f"entry-round {name}", 0)
