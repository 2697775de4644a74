import streamlit as st

from dashboard import components, loaders, session
from dashboard.views import _cockpit_cards as cards
from dashboard.views import _cockpit_plans, _cockpit_take

chosen = session.choice()
with st.container(key="cockpit", gap="small"):
    beside = components.heading("驾驶舱", "各规划的进展、落后、变化和督办，一屏看完；点任一数字看它的明细")
    seen = loaders.cockpit(chosen.plan, chosen.day)
    if not seen.standings:
        said = "您能查看的规划都没有可以计数的指标，没有可以汇总的数。"
        components.nothing(said, {components.PLAN: "看规划的目标和任务"})
        st.stop()
    _cockpit_take.draw(beside, seen)
    if not seen.there.reported:
        said = "还没有填报数据：下面只有指标的个数，没有进度可以判断。"
        components.nothing(said, {components.ENTRY: "去填报", components.PERIODS: "看填报期"})
    cards.draw(cards.verdicts, seen)
    left, middle, right = st.columns([9, 10, 9], gap="small")
    with left:
        _cockpit_plans.draw(seen)
    with middle:
        cards.draw(cards.worst, seen)
    with right:
        cards.draw(cards.doings, seen)
