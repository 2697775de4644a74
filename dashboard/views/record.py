import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import record
from dashboard.views import _record_check, _record_list, _record_search
from trackers.model.record_words import Names
from trackers.queries.audit import entries
from trackers.queries.plans import plans

components.heading("操作记录", "谁、何时、做了什么、改前改后，被拒绝的也在内。只增不改，每一条都接着前一条的摘要。")
run = session.run()
names = Names(plans(run.store), run.rights.tree)
_record_check.draw()
asked = _record_search.asked(names)
before = _record_search.place(asked)
found = entries(run.store, by=run.actor, limit=record.PAGE + 1, before=before, **asked)
more, shown = len(found) > record.PAGE, found.head(record.PAGE)
if shown.empty:
    components.nothing("没有符合条件的记录。可以放宽条件再查；您能看到的是自己和所管账号的操作。")
    st.stop()
_record_list.draw(shown, names)
_record_search.turn_over(int(shown["id"].iloc[-1]) if more else None)
_record_list.download_button(asked)
