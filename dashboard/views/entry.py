import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels.words import escaped
from dashboard.views import _entry_choice, _entry_done, _entry_drafts, _entry_file, _entry_grid
from trackers.errors import RefusedError
from trackers.exchange.entry_template import entry_lines
from trackers.queries.figures import kept_figures

_entry_drafts.gather()
chosen = session.choice()
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
if period is None:
    st.info(f"“{escaped(chosen.plan.short)}”还没有结束的填报期，现在没有要填的数。")
    st.stop()

typing, file = st.tabs(["在线填写", "用 Excel 填写"])
with typing:
    kept = kept_figures(session.run().store, chosen.plan.id, [region.code])
    try:
        lines = entry_lines(chosen.plan, region, period, chosen.tree, kept, below=False)
    except RefusedError as error:
        st.info(escaped(str(error)))
    else:
        _entry_grid.draw(chosen, region, period, lines, kept)
with file:
    _entry_file.draw(chosen, region, period)
