"""One indicator across regions on the page 指标: their order and how it changed, how the values are spread."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import indicator
from dashboard.viewmodels.placed import Placed
from trackers.assessment.ranking import last_quarter_end
from trackers.model.plan import Indicator
from trackers.model.wording import date_text

ENDS = 20  # bars drawn at either end of a long order
COLUMNS = [
    "判定", "详情", "地区", "现值", "目标", "截至日应达", "落后", "达成率", "完成率", "时序进度", "今后年均需", "此前年均",
    "预计到期", "数据日期", "标注", "来源",
]  # fmt: skip


def order(one: Indicator, rows: pd.DataFrame, placed: Placed) -> None:
    """Their order by value with the change of each one's place; `rows` of one level."""
    chosen, earlier = session.choice(), last_quarter_end(session.choice().day)
    ranked = indicator.ranked(rows)
    ends = ranked if len(ranked) <= 2 * ENDS else pd.concat([ranked.head(ENDS), ranked.tail(ENDS)], ignore_index=True)
    level = str(rows["region_level"].iloc[0])
    components.ranking(ends, (chosen.plan.id, chosen.day, one.id, level), f"{one.name}：各地区的数值")
    if len(ends) < len(ranked):
        st.caption(f"图中只画前 {ENDS} 个和后 {ENDS} 个地区，全部 {len(ranked)} 个见下表。")
    components.silent(indicator.silent(rows))
    st.markdown(f"**位次**：与{date_text(earlier)}（上季末）相比；数值相同的并列，未填报的、合计还没有报齐的不排位次，不按零计。")
    before = loaders.one_indicator(chosen.plan, one.id, earlier)
    components.order_table(rows, before, placed, (one.id, level))


def spread(one: Indicator, rows: pd.DataFrame) -> None:
    """How their values are spread; `rows` of one level."""
    chosen, level = session.choice(), str(rows["region_level"].iloc[0])
    components.spread(rows, (chosen.plan.id, chosen.day, one.id, level), f"{one.name}：各地区数值的分布")


def facts(one: Indicator, rows: pd.DataFrame) -> None:
    """Every fact of each of them, and the history of their figures."""
    chosen, level = session.choice(), str(rows["region_level"].iloc[0])
    of = chosen.plan.id, chosen.day, one.id, level
    components.rows_table(rows, COLUMNS, of, key="regions", about="各地区的数值和判定", to=components.to_region)
    components.history_below(chosen.plan, one, rows)
