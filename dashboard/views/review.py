import streamlit as st

from dashboard import components
from dashboard.viewmodels import review
from dashboard.views import _review_decide, _review_one, _review_queue

components.heading(
    "审核", "下级报来、等您审核的数：最早报来的在前，同一天里滞后的在前。您自己填报的由别人审核，不在这里。"
)
_review_decide.carry_out()
_review_decide.outcome()

queue = _review_queue.waiting()
if queue.empty:
    components.nothing("现在没有等您审核的数。", {components.OVERVIEW: "看总览"})
    st.stop()
shown, every = _review_queue.narrowed(queue)
if shown.empty:
    st.info(f"这个规划没有等您审核的数；其他规划还有 {len(queue)} 个，打开“全部规划”可以看到。")
    st.stop()

st.caption(f"共 {len(shown)} 个数。点“查看”看一个数的详情；勾选左边的方框，可以一次通过或退回多个。")
ticked = _review_queue.table(shown, every=every)
if len(ticked):
    with st.container(border=True):
        st.markdown(review.selection(ticked))
        _review_decide.buttons(review.keys(ticked), about="many")
_review_one.draw(review.chosen(shown, st.session_state.get(_review_queue.ONE)))
