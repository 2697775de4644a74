import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import adjustments as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _adjustments_done, _adjustments_new, _adjustments_one, _adjustments_sheet
from trackers.model.rights import Permission
from trackers.queries.adjustments import adjustments, drifted
from trackers.queries.plans import plan_by_id

chosen, store = session.choice(), session.run().store
plan = plan_by_id(store, chosen.plan.id)
components.heading("指标调整")
if not plan.indicators:
    components.no_indicators(plan)
    st.stop()

_adjustments_done.outcome()
for sentence in drifted(store, plan):
    st.warning(escaped(sentence))

waiting, force, closed = model.split(adjustments(store, by=session.actor(), plan=plan.id))
sections = {"open": f"办理中（{len(waiting)}）", "force": f"已生效（{len(force)}）"}
if session.rights().may(Permission.PROPOSE, plan.region, plan):
    sections |= {"new": "提出调整", "sheet": "分解目标导入"}
sections["closed"] = f"退回和撤回（{len(closed)}）"
if st.session_state.get("adjust-part") not in sections:
    st.session_state["adjust-part"] = "open"
part = st.segmented_control(
    "看什么", sections, format_func=sections.__getitem__, key="adjust-part", label_visibility="collapsed", required=True
)
if part == "new":
    _adjustments_new.draw(chosen, plan)
elif part == "sheet":
    _adjustments_sheet.draw(chosen, plan)
elif part == "force":
    _adjustments_one.draw(chosen, plan, force, none="还没有已生效的调整。")
elif part == "closed":
    _adjustments_one.draw(chosen, plan, closed, none="没有退回、未获批准或撤回的调整。")
else:
    _adjustments_one.draw(chosen, plan, waiting, none="现在没有办理中的调整。")
