"""Whether the chain of entries holds, looked at when somebody asks."""

from __future__ import annotations

import streamlit as st

from dashboard import components, session
from trackers.queries.audit import chain_faults, last_entry


def draw() -> None:
    """The button, and what the check found: the chain holds, or where it breaks first."""
    if not st.button("检查记录链", key="check-chain", icon=":material/fact_check:"):
        return
    store = session.run().store
    with st.spinner("正在逐条核对……"), store.reading():
        faults, last = chain_faults(store), last_entry(store)
    if not faults:
        st.success(f"记录链完整：{last.id if last else 0} 条记录逐条相接，内容与各自的摘要相符。")
        return
    st.error("记录链断开。请保留数据库现状，联系系统维护人员与备份、库外留存的摘要核对。")
    components.bullets(faults, none="")
