from functools import partial

import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import choices, warnings, words
from dashboard.views import _supervision_issue, _supervision_send

COLUMNS = [
    "判定", "督办", "详情", "指标", "地区", "落后", "现值", "截至日应达", "目标", "今后年均需", "此前年均", "预计到期",
    "预计实现日", "责任单位", "说明", "数据日期", "标注", "来源",
]  # fmt: skip

chosen = session.choice()
plan, day = chosen.plan, chosen.day
components.heading("滞后预警")
_supervision_send.carry_out()
placed = components.judged_places()
of = plan.id, day, session.today()
behind = loaders.made("behind", of, lambda: loaders.supervised(warnings.worst_first(placed.frame), plan))
if behind.empty:
    ways = {components.OVERVIEW: "回总览", components.ENTRY: "去填报"}
    components.nothing("能够判断的指标中，没有滞后、背离目标或未实现的。", ways)
    st.stop()

labels = warnings.group_labels(behind)
groups = st.pills(
    "轻重（可多选）", labels, format_func=labels.__getitem__, selection_mode="multi", key="group", bind="query-params"
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    named = {warnings.ALL: "全部指标"} | choices.indicator_labels(plan)
    id = st.selectbox("指标", named, format_func=named.__getitem__, key="of", bind="query-params", width=320)
    own = st.toggle(f"只看{words.escaped(chosen.tree[chosen.home].name)}本级", key="own", bind="query-params")
asked = tuple(groups), id, chosen.home if own else None
rows = loaders.made("narrowed", (*of, *asked), partial(warnings.narrowed, behind, *asked))
st.caption(f"共 {len(rows)} 项，重的在前。落后：截至日应达与现值之差。")
if rows.empty:
    components.nothing("没有符合条件的项。请再点一次上面选的轻重取消它，选“全部指标”，或关掉“只看本级”。")
    st.stop()

about, may = "滞后、背离和未实现的指标", _supervision_issue.may_issue(plan)
_supervision_issue.hint(may)
ticked = components.rows_table(rows, COLUMNS, (*of, *asked), key="behind", about=about, to=components.to_series, tick=may)
_supervision_issue.draw(ticked, chosen)

st.subheader("逐项说明", anchor=False)
for record in rows.head(components.MANY).to_dict("records"):
    with st.expander(words.escaped(f"{words.label(record)}　{record['region_name']}　{record['indicator_name']}")):
        components.bullets(warnings.facts(record, day, placed), none="")
if len(rows) > components.MANY:
    st.caption(f"这里只展开前 {components.MANY} 项，其余见上表和下载的文件。")
