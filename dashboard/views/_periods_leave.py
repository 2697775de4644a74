"""准许补报: leave to hand in later, and the form to give it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import streamlit as st

from dashboard import components, session
from dashboard.session import Choice
from dashboard.viewmodels import periods
from dashboard.views import _periods_done
from trackers.actions.periods import LONGEST_REASON, grant_exception
from trackers.model.period import Period
from trackers.queries.periods import exceptions

USUAL = timedelta(days=7)


def draw(chosen: Choice) -> None:
    today, plan = session.today(), chosen.plan
    regions = periods.may_be_excepted(session.rights(), plan, chosen.tree)
    labels = periods.labels(periods.sheets(plan, today - timedelta(days=1)))
    if regions and labels:
        _form(chosen, regions, labels)
    given = exceptions(session.run().store, plan, by=session.actor())
    table = periods.leave_table(given, today)
    components.plain_table(table, key="leave", about="准许补报的地区、填报期和期限", none="还没有准许过补报。")


def _form(chosen: Choice, regions: dict[str, str], labels: dict[str, str]) -> None:
    turn, today = _periods_done.turn(), session.today()
    with st.form(f"leave-{turn}", width=560, enter_to_submit=False):
        st.markdown("截止或关闭以后，准许一个地区补报")
        region = st.selectbox(
            "地区", regions, index=None, format_func=regions.__getitem__, key=f"leave-{turn}-region", placeholder="请选择"
        )
        period = st.selectbox("填报期", labels, format_func=labels.__getitem__, key=f"leave-{turn}-period")
        until = st.date_input("补报到哪一天止（含当天）", today + USUAL, key=f"leave-{turn}-until", format="YYYY-MM-DD")
        reason = st.text_input("理由（必填，填报人看得到）", key=f"leave-{turn}-reason", max_chars=LONGEST_REASON)
        sent = st.form_submit_button("准许补报", key="leave-give", type="primary")
    if sent and region and period and until:
        told: dict[str, Any] = {"reason": reason, "until": until, "by": session.actor(), "at": datetime.now(UTC)}
        act = partial(grant_exception, session.run().store, chosen.plan.id, region, Period.parse(period), **told)
        _periods_done.do(act, f"已准许{regions[region]}补报至 {until}")
    elif sent:
        st.error("没有准许补报：请选地区、填报期和期限。")
