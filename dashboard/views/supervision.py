import streamlit as st

from dashboard import components
from dashboard.views import (
    _supervision_board,
    _supervision_done,
    _supervision_list,
    _supervision_one,
    _supervision_turned,
)

components.heading("督办", "发给滞后指标的责任单位：逾期的在前。由该地区答复，由上级审定；判定好转或另有决定时结案。")
_supervision_done.carry_out()
_supervision_done.outcome()

rows, every = _supervision_list.asked()
if rows.empty:
    said = "还没有督办单。" if every else "这份规划还没有督办单；打开“全部规划”可以看其他规划的。"
    components.nothing(f"{said}在“滞后预警”里勾选滞后的指标，就可以发督办。", {components.WARNINGS: "去滞后预警"})
    st.stop()
_supervision_turned.draw(rows)
_supervision_board.draw(rows)
shown = _supervision_list.narrowed(rows)
if shown.empty:
    components.nothing("没有符合条件的督办单。请再点一次上面选的状态取消它，或选“全部地区”。")
    st.stop()
_supervision_list.table(shown, every=every)
_supervision_one.draw(_supervision_list.chosen(shown))
