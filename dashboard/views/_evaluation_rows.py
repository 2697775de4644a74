"""判定结果: the rows with the computed verdict and, side by side, what each voice says; the scores where there are weights."""

from __future__ import annotations

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation as model
from dashboard.viewmodels.words import escaped
from dashboard.views._evaluation_choice import Seen
from trackers.assessment.score import RULE
from trackers.model.rights import Permission
from trackers.queries.evaluation_records import scores
from trackers.queries.supervision import SUPERVISED


def draw(seen: Seen) -> None:
    about = seen.about
    if about.digest:
        st.caption(f"以下是冻结的数据，摘要（SHA-256）{about.digest}，每次打开都核对。")
    else:
        st.caption("还没有冻结：以下按现在的数据判定，会随填报变化。")
    _to_warnings(seen)
    if seen.rows.empty:
        components.nothing("这份规划没有数量指标，只有定性目标和重点任务，请看“评估意见”。")
        return
    frame = model.rows_table(seen.rows, seen.findings)
    fitting = components.fitted(frame)
    st.dataframe(frame, hide_index=True, key=f"evaluation-rows-{about.id}", alt="判定和各方意见", **fitting)
    components.table_file(lambda: frame, "判定和各方意见", key=f"evaluation-rows-{about.id}")
    found = scores(seen.rows, seen.plan)
    st.subheader("考核得分", anchor=False)
    if not found:
        st.markdown("规划没有写明权重，不计考核得分。")
        return
    components.plain_table(model.scores_table(found, seen.plan, seen.names), key=f"scores-{about.id}", about="考核得分")
    st.caption(escaped(RULE))


def _to_warnings(seen: Seen) -> None:
    """The way to send orders over what lags on the evaluation's day, for those who may."""
    lags = seen.rows["verdict"].isin(SUPERVISED).any()
    if not lags or not session.rights().may(Permission.SUPERVISE, None, seen.plan):
        return
    if st.button("督办滞后的项（去“滞后预警”）", key="to-warnings", icon=":material/arrow_forward:", type="tertiary"):
        asked = {"plan": seen.plan.id, "day": seen.about.cutoff.isoformat()}
        session.forget(*asked)
        st.switch_page(components.WARNINGS, query_params=asked)
