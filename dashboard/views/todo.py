import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import todo as shown
from dashboard.views import _todo_calendar, _todo_list
from trackers.model.wording import date_text
from trackers.queries.todo import todo

_todo_list.carry_on()
store, today = session.run().store, session.today()
tasks = todo(store, by=session.actor(), on=today)
components.heading("待办", f"全部规划里等您办的事，急的在前　｜　{date_text(today)}")

kinds = shown.kinds_for(session.rights())
if tasks:
    with st.grid("auto", min_column_width=150, border=True, gap=12):
        for kind in kinds:
            st.metric(shown.badge(kind), shown.counted(tasks, kind))
    for kind in kinds:
        _todo_list.draw(kind, [task for task in tasks if task.kind is kind])
elif kinds:
    components.nothing(
        "现在没有等您办的事：没有要填、要改、要审核的数，没有要答复、要审定的督办，没有要写的自评，没有要审查、要登记的指标调整，也没有逾期的。",
        {components.PERIODS: "看填报期", components.OVERVIEW: "去总览"},
    )
else:
    components.nothing("您的角色不填报也不审核，没有要办的数。", {components.PERIODS: "看填报期", components.OVERVIEW: "去总览"})
_todo_calendar.draw()
