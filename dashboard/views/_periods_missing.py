"""催报名单: who has not reported for a period, with completeness and timeliness by region."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import components, download, session
from dashboard.session import Choice
from dashboard.viewmodels import periods
from trackers.model.period import Period
from trackers.model.wording import date_text, percent_text
from trackers.queries.reporting import by_region, rates, reporting


def draw(chosen: Choice) -> None:
    store, plan, today = session.run().store, chosen.plan, session.today()
    labels = periods.labels(periods.sheets(plan, today))
    if not labels:
        components.nothing("还没有结束的填报期，现在没有要催报的。各填报期到哪一天止，见上面的“期限”。")
        return
    period = Period.parse(components.picker("填报期", labels, key="period"))
    frame = reporting(store, plan, period, by=session.actor(), on=today)
    total = rates(frame)
    if not total.expected:
        components.nothing("您能查看的地区在这个填报期没有要报的数。请换一个填报期，或在上面换一份规划。")
        return
    with st.grid("auto", min_column_width=150, border=True, gap=12):
        st.metric("应报", f"{total.expected}个数")
        st.metric("报送率", percent_text(total.completeness), help="已报（含待审核，不含退回）÷ 应报")
        st.metric("及时率", percent_text(total.timeliness), help="截止日当天及以前报来的 ÷ 应报；准许补报的不算按时")
        st.metric("逾期未报", f"{int(frame['overdue'].sum())}个数")
    st.caption(f"截止日：{periods.deadline_text(frame)}。未截止的，比率还会变。只统计您能查看的地区。")
    only = st.toggle("只看没有报齐的", value=True, key="only-lacking")
    table = periods.missing_table(by_region(frame, plan, chosen.tree, period.end), only_lacking=only)
    if table.empty:
        components.nothing("都报齐了，没有要催报的。关掉“只看没有报齐的”可以看全部地区。", {components.OVERVIEW: "去总览"})
        return
    title = f"{plan.title}　{period.words}催报名单　{date_text(today)}"
    st.download_button(
        "下载为 Excel", partial(download.plain_workbook, table, "催报名单", title, periods.SHARES), key="download",
        file_name=f"催报名单_{plan.short}_{period}.xlsx", mime=download.XLSX, on_click="ignore", icon=":material/download:",
    )  # fmt: skip
    fitting = components.fitted(periods.told(table))
    st.dataframe(periods.written(table), hide_index=True, key="missing", alt="各地区应报、已报、按时的个数和比率", **fitting)
