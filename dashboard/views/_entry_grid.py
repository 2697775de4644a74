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
COLUMNS = {
    "_index": st.column_config.Column(width=44),
    **{column: st.column_config.TextColumn() for column in entry.ORDER},
    "指标": st.column_config.TextColumn(width=216, pinned=True),
    "单位": st.column_config.TextColumn(width=136),
    entry.CHECK: st.column_config.TextColumn(width=200),
}
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
    st.data_editor(
        frame, key=key, disabled=[column for column in entry.ORDER if column not in entry.TYPED.values()],
        column_config=COLUMNS, height="content", row_height=38, placeholder="", alt=f"{name}的填报表",
    )  # fmt: skip
    drafts[name] = typed
    if others := [escaped(other) for other, cells in drafts.items() if cells and other != name]:
        st.caption(f"还有填了没有提交的：{'；'.join(others)}。换回去可以接着填。")
    if _entry_submit.offer(reading, chosen, names=list(frame["指标"]), origin="page"):
        drafts.pop(name)
        st.session_state[f"entry-round {name}"] = _round(name) + 1
        st.rerun()


def _round(name: str) -> int:
    """How often this sheet was handed in: the grid after that is a new one."""
    return int(st.session_state.get(f"entry-round {name}", 0))
