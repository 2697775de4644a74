import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import adjustments as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _adjustments_new, _adjustments_one, _adjustments_sheet, _done
from trackers.model.rights import Permission
from trackers.queries.adjustments import adjustments, drifted
from trackers.queries.plans import plan_by_id

chosen, store = session.choice(), session.run().store
plan = plan_by_id(store, chosen.plan.id)
components.heading("指标调整")
if not plan.indicators:
    components.no_indicators(plan)
    st.stop()

_done.outcome()
for sentence in drifted(store, plan):
    st.warning(escaped(sentence))

waiting, force, closed = model.split(adjustments(store, by=session.actor(), plan=plan.id))
sections, numbers = {"open": "办理中", "force": "已生效"}, {"open": len(waiting), "force": len(force), "closed": len(closed)}
if session.rights().may(Permission.PROPOSE, plan.region, plan):
    sections |= {"new": "提出调整", "sheet": "分解目标导入"}
sections["closed"] = "退回和撤回"
session.from_address("adjust", sections)
if st.session_state.get("adjust") not in sections:
    st.session_state["adjust"] = "open"
labels = {name: f"{word}（{numbers[name]}）" if name in numbers else word for name, word in sections.items()}
picked = st.segmented_control(
    "看什么", labels, format_func=labels.__getitem__, key="adjust", label_visibility="collapsed", required=True
)
part = picked or "open"
session.to_address("adjust", sections[part])
if part == "new":
    _adjustments_new.draw(chosen, plan)
elif part == "sheet":
    _adjustments_sheet.draw(chosen, plan)
elif part == "force":
    _adjustments_one.draw(chosen, plan, force, none="还没有已生效的调整：提出、审查通过并登记批准以后，到了生效日就列在这里。")
elif part == "closed":
    _adjustments_one.draw(chosen, plan, closed, none="没有退回、未获批准或撤回的调整；正在办的见“办理中”。")
else:
    _adjustments_one.draw(chosen, plan, waiting, none="现在没有办理中的调整：有人提出以后，在这里审查和登记批准。")
