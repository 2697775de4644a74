"""办理: what is missing with the ways to mend it, freezing, opening again, publishing, and who was assigned."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _done as done
from dashboard.views import _evaluation_assign, _evaluation_missing
from dashboard.views._evaluation_choice import Seen
from trackers.actions.evaluations import freeze, publish, reopen, withdraw
from trackers.model.evaluation import LONGEST_REASON, Evaluation, StepKind
from trackers.model.rights import Permission

OPEN_AGAIN, BACK = StepKind.REOPENED, StepKind.WITHDRAWN
ASKED = {StepKind.FROZEN: "还有缺项时，为什么仍要冻结", OPEN_AGAIN: "为什么重新开启", BACK: "为什么撤回公布"}
ABOUT = {
    StepKind.FROZEN: "冻结以后，所用的填报随之锁定；以后的更正不改变这次评估。",
    StepKind.PUBLISHED: "公布以后不能再写评估意见。",
}


def draw(seen: Seen) -> None:
    about, rights = seen.about, session.rights()
    evaluates = rights.may(Permission.EVALUATE, seen.plan.region, seen.plan)
    if evaluates and not about.state.is_frozen:
        _evaluation_missing.draw(about)
    for kind in model.may_do(about, seen.plan, rights):
        _step(about, kind)
    if evaluates:
        _evaluation_assign.draw(about, seen.plan)
    story(about)


def story(about: Evaluation) -> None:
    st.markdown("**经过**")
    components.bullets(model.steps(about), none="")
    st.caption(f"已指定的第三方评估员：{escaped('、'.join(about.assigned)) or '没有'}")


def _step(about: Evaluation, kind: StepKind) -> None:
    key, store = f"step-{about.id}-{kind}-{done.turn()}", session.run().store
    told: dict[str, Any] = {"by": session.actor(), "at": datetime.now(UTC)}
    with st.container(border=True):
        reason = st.text_area(ASKED[kind], key=f"{key}-reason", max_chars=LONGEST_REASON, height=80) if kind in ASKED else ""
        st.caption(ABOUT.get(kind, "理由记录在案；原来冻结的数据保留。"))
        acts = {
            StepKind.FROZEN: partial(freeze, store, about.id, despite=reason, **told),
            OPEN_AGAIN: partial(reopen, store, about.id, reason=reason, **told),
            StepKind.PUBLISHED: partial(publish, store, about.id, **told),
            BACK: partial(withdraw, store, about.id, reason=reason, **told),
        }
        if st.button(kind.word, key=key, type="primary" if kind in ABOUT else "secondary"):
            done.do(acts[kind], f"第 {about.id} 号评估已{kind.word}。")
