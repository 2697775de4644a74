import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_autosave, _entry_choice, _entry_done, _entry_file, _entry_sheet

run, chosen = session.run(), session.choice()
_entry_autosave.keep(run)
components.heading("填报", escaped(chosen.plan.title))
if not chosen.plan.indicators:
    components.nothing(
        "这份规划没有可以计数的指标，没有要填报的数。可以在上面换一份规划，或看它的定性目标和任务。",
        {components.PLAN: "去看规划", components.OVERVIEW: "去总览"},
    )
    st.stop()

handed_in = st.container()  # filled in when what was asked for is done
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
try:
    with typing:
        _entry_sheet.draw(chosen, region, period)
finally:  # what is handed in is told, whatever goes wrong after it
    with handed_in:
        _entry_done.confirmation(chosen)
with file:
    _entry_file.draw(chosen, region, period)
