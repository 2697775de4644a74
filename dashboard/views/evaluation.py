import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation as model
from dashboard.viewmodels.evaluation_opening import next_step
from dashboard.views import (
    _done,
    _evaluation_checks,
    _evaluation_choice,
    _evaluation_findings,
    _evaluation_plan,
    _evaluation_report,
    _evaluation_rows,
    _evaluation_steps,
)
from trackers.errors import TrackerError
from trackers.model.rights import Permission
from trackers.queries.public import address_of

components.heading("评估", "定下截止日，补齐缺项，冻结数据；地区自评、评估意见和第三方意见并列，谁也不改谁的。")
_done.outcome()
plan = _evaluation_plan.chosen()
about = _evaluation_choice.one(plan)
if about is None:
    st.stop()
try:
    seen = _evaluation_choice.seen(about)
except TrackerError as error:  # of frozen data that were changed
    components.show_error(error)
    _evaluation_steps.story(about)
    st.stop()
rights = session.rights()
supervises = rights.may(Permission.SUPERVISE, None, seen.plan)
st.caption(next_step(about, model.may_do(about, seen.plan, rights), supervises=supervises))
if model.is_public(about):
    st.link_button("查看公布的页面（不用登录）", address_of(about.id), icon=":material/public:")
session.from_address("see", model.SECTIONS)
if st.session_state.get("see") not in model.SECTIONS:
    st.session_state["see"] = "rows"
part = st.segmented_control(
    "看什么", model.SECTIONS, format_func=model.SECTIONS.__getitem__, key="see", label_visibility="collapsed", required=True
)
session.to_address("see", model.SECTIONS[part or "rows"])
if part == "findings":
    _evaluation_findings.draw(seen)
elif part == "checks":
    _evaluation_checks.draw(seen)
elif part == "report":
    _evaluation_report.draw(seen)
elif part == "steps":
    _evaluation_steps.draw(seen)
else:
    _evaluation_rows.draw(seen)
