"""The grid that is filled in on the page, its evidence, and what handing it in would do."""

from __future__ import annotations

import streamlit as st

from dashboard import components
from dashboard.session import Choice
from dashboard.viewmodels import entry, fit
from dashboard.views import _entry_autosave, _entry_evidence, _entry_state, _entry_submit
from dashboard.views._entry_drafts import Shown
from dashboard.views._entry_offer import Offer
from trackers.queries.entry import Beside

TYPED_WIDTHS = {"填报值": 84, "分子": 70, "分母": 70, "备注": 90, "佐证地址": 108, "理由": 96}  # a cell being typed in grows
COLUMNS = {
    "_index": st.column_config.Column(width=44), "指标": st.column_config.TextColumn(pinned=True, width=fit.NAME),
    **{word: st.column_config.TextColumn(width=width) for word, width in TYPED_WIDTHS.items()},
}  # fmt: skip
HOW = (
    "只填确切的数字；数量填到期末的累计数（或现有数），不填当期新增数；没有数据的行留空，不要填 0。"
    "双击单元格（手机上点两下）输入，按回车确认；可以从 Excel、WPS 复制粘贴。全角数字、千位逗号、百分号、“万”都能读。"
    "填好后按“检查填写内容”，检查后要改的格仍要双击。"
)


def draw(chosen: Choice, shown: Shown, beside: Beside, offered: Offer) -> None:
    """The grid with its evidence, then, of what stood in it when it was last checked, what handing it in would do."""
    st.caption(HOW)
    frame = entry.sheet(shown.lines, beside, shown.base)
    fitting = components.fitted(frame, COLUMNS) | {"height": "content", "row_height": fit.row_of(frame["指标"])}
    st.data_editor(
        frame, key=shown.key, disabled=[column for column in entry.ORDER if column not in entry.TYPED.values()],
        placeholder="", alt=f"{shown.name}的填报表", on_change="ignore", **fitting,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("检查填写内容", key="check-page", type="primary", icon=":material/fact_check:")
        _entry_autosave.told()
    _entry_state.others(chosen, shown.name)
    _entry_evidence.draw(chosen, shown)
    _entry_submit.draw(offered, chosen, names=list(frame["指标"]))
