"""The sheet that is filled in on the page, and the button that has it checked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import session
from dashboard.session import Choice, run, today
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_drafts, _entry_submit
from trackers.exchange.entry_template import Line
from trackers.exchange.import_figures import read_rows
from trackers.model.period import Period
from trackers.model.region import Region
from trackers.queries.figures import Kept

WIDTHS = {
    "指标": 208, "填报值": 88, "分子": 72, "分母": 72, "单位": 146, "备注": 112, "佐证地址": 112, "目标值": 136,
    "上期值": 108, "本期已报": 104, "填报期": 72,
}  # fmt: skip
COLUMNS = {
    "_index": st.column_config.Column(width=44),
    **{word: st.column_config.TextColumn(width=width, pinned=word == "指标") for word, width in WIDTHS.items()},
}
HOW = (
    "只填确切的数字；数量填到期末的累计数（或现有数），不填当期新增数；没有数据的行留空，不要填 0。"
    "双击单元格（手机上点两下）输入，按回车确认；可以从 Excel 复制粘贴。全角数字、千位逗号、百分号、“万”都能读。"
    "填好后按“检查填写内容”，检查后要改的格仍要双击；离开本页前也请先按一次，以免没有检查的数丢失。"
)


def draw(chosen: Choice, region: Region, period: Period, lines: Sequence[Line], kept: Kept) -> None:
    """The grid, then, of what stood in it when it was last checked, what handing it in would do."""
    name = f"{chosen.plan.short} {region.name} {entry.period_label(period)}"
    key, base = _entry_drafts.start(name, lines)
    st.caption(HOW)
    frame = entry.sheet(lines, kept, base)
    st.data_editor(
        frame, key=key, disabled=[column for column in entry.ORDER if column not in entry.TYPED.values()],
        column_config=COLUMNS, height="content", row_height=38, placeholder="", alt=f"{name}的填报表",
        on_change="ignore",
    )  # fmt: skip
    st.button("检查填写内容", key="check-page", type="primary", icon=":material/fact_check:")
    drafts = _entry_drafts.drafts()
    if others := [escaped(other) for other, cells in drafts.items() if cells and other != name]:
        st.caption(f"还有填了没有提交的：{'；'.join(others)}。换回去可以接着填。")
    reading = read_rows(run().store, entry.rows_of(lines, drafts[name]), chosen.plan, by=session.actor(), name=name, on=today())
    if _entry_submit.offer(reading, chosen, names=list(frame["指标"]), origin="page"):
        _entry_drafts.hand_over(name)
        st.rerun()
