from functools import partial

import streamlit as st

from dashboard import components, download, loaders, session
from dashboard.viewmodels.words import escaped
from trackers.model.plan import EvaluationKind

run, chosen = session.run(), session.choice()
plan, day = chosen.plan, chosen.day
components.heading("报告")
if not session.rights().sees_whole(plan):
    why = "评估报告写的是整个规划，只有能查看规划全部地区的人才能生成。可以在上面换一份规划。"
    components.nothing(why, {components.REGION: "看本地区的判定"})
    st.stop()
with st.container(horizontal=True, gap="medium"):
    kinds = {kind.value: kind.word for kind in EvaluationKind}
    picked = st.radio("报告种类", kinds, format_func=kinds.__getitem__, key="kind", bind="query-params", horizontal=True)
    format = st.radio(
        "文件格式", download.FORMATS, format_func=download.FORMATS.__getitem__, key="format", bind="query-params", horizontal=True
    )
kind = EvaluationKind(picked)
st.download_button(
    f"下载{kind.word}报告", partial(download.report, run.path, run.actor, run.shown, plan, kind, day, format),
    type="primary", file_name=f"{plan.short}{kind.word}报告_{day.isoformat()}.{format}", mime=download.MIMES[format],
    on_click="ignore", icon=":material/download:", key="download",
)  # fmt: skip
st.caption("同样的数据、同样的截至日，写出的报告每次相同。截至日在页面上方选。")

contents = loaders.contents(plan, kind, day)
st.subheader("报告要点", anchor=False)
with st.container(border=True):
    st.markdown(f"**{escaped(contents.title)}**")
    for said in contents.warnings:
        st.markdown(f":orange-badge[注意] {escaped(said)}")
    for said in (*contents.overall, *contents.background):
        st.markdown(escaped(said))
if contents.problems:
    st.subheader("存在问题", anchor=False)
    components.bullets([problem.sentences[0] for problem in contents.problems[:20]], none="")
st.subheader("建议", anchor=False)
components.bullets(list(contents.suggestions), none="没有。")
