import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from dashboard.views import (
    _entry_autosave,
    _entry_choice,
    _entry_done,
    _entry_drafts,
    _entry_file,
    _entry_grid,
    _entry_state,
)
from trackers.errors import RefusedError
from trackers.exchange.entry_template import entry_lines
from trackers.queries.adjustments import plan_as_of
from trackers.queries.drafts import Sheet
from trackers.queries.entry import beside_sheet

run, chosen = session.run(), session.choice()
_entry_autosave.keep(run)
components.heading("填报", escaped(chosen.plan.title))
if not chosen.plan.indicators:
    components.nothing(
        "这份规划没有可以计数的指标，没有要填报的数。可以在上面换一份规划，或看它的定性目标和任务。",
        {components.PLAN: "去看规划", components.OVERVIEW: "去总览"},
    )
    st.stop()

_entry_done.confirmation(chosen)
if loaders.is_demonstration():
    st.info("这是演示库：在这里填报、导入的数也都记作演示数据，不会进入正式数据库。")
region, period = _entry_choice.choose(chosen)
if region is None:
    said = f"“{escaped(chosen.plan.short)}”没有由您填报的地区。请在上面换一份规划；如应由您填报，请联系管理员。"
    components.nothing(said, {components.TODO: "看待办", components.OVERVIEW: "去总览"})
    st.stop()
if period is None:
    said = f"“{escaped(chosen.plan.short)}”还没有结束的填报期，现在没有要填的数。各填报期何时开放、到哪一天止，见“填报期”。"
    components.nothing(said, {components.PERIODS: "看填报期", components.OVERVIEW: "去总览"})
    st.stop()

typing, file = st.tabs(["在线填写", "用 Excel 填写"])
with typing:
    held = plan_as_of(run.store, chosen.plan, period.end)  # with the targets of the period
    beside = beside_sheet(run.store, chosen.plan, [region.code], period, by=run.actor)
    try:
        lines = entry_lines(held, region, period, chosen.tree, beside.approved, below=False)
    except RefusedError as error:
        st.info(escaped(str(error)))
    else:
        if fillable := _entry_state.draw(chosen, region, lines, beside):
            name = entry.label(chosen.plan, region, period)
            shown = _entry_drafts.start(run, name, Sheet(chosen.plan.id, region.code, period), fillable)
            _entry_grid.draw(chosen, shown, beside)
with file:
    _entry_file.draw(chosen, region, period)
