import streamlit as st

from dashboard import components, loaders, session
from dashboard.viewmodels import compare
from dashboard.viewmodels.words import escaped
from trackers.queries.compared_records import lacking_sentences, nothing_sentence

chosen = session.choice()
components.heading("规划对照")
st.caption("上级规划与贯彻它的规划，同口径的指标并列。哪些同口径由规划文件写明并附依据，不按名称猜；比率和平均数只并列，不相加。")
families = loaders.compared(chosen.plan, chosen.day)
if not families:
    components.nothing(nothing_sentence(chosen.plan), {components.PLAN: "看规划"})
for family in families:
    st.subheader(escaped(family.superior.title), anchor=False)
    for beside in compare.indicators(family):
        with st.container(border=True):
            st.markdown(f"**{escaped(beside.name)}**　{escaped(beside.sentence)}")
            about = f"{beside.name}：上级规划与贯彻它的规划"
            components.plain_table(beside.table, key=f"beside-{family.superior.id}-{beside.id}", about=about)
            with st.expander("为什么说是同口径"):
                components.bullets(beside.grounds, none="")
    components.bullets(lacking_sentences(family), none="")
