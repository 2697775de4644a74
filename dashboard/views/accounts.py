import streamlit as st

from dashboard import components, session
from dashboard.viewmodels.accounts import Named
from dashboard.views import (
    _accounts_change,
    _accounts_done,
    _accounts_handover,
    _accounts_import,
    _accounts_list,
    _accounts_map,
    _accounts_new,
)
from trackers.queries.accounts import accounts
from trackers.queries.plans import plans

SECTIONS = {"list": "名册", "new": "新建", "change": "修改", "handover": "移交", "import": "导入", "map": "地图"}

components.heading("账号", "谁能登录，在哪些地区、对哪些规划做什么。这里只列您所管理的地区的账号；每次改动都记入操作记录。")
_accounts_done.shown()
store = session.run().store
kept = accounts(store, by=session.actor())
named = Named(session.rights().tree, plans(store))
section = st.segmented_control(
    "要做什么", SECTIONS, format_func=SECTIONS.__getitem__, default="list", key="do", bind="query-params",
    label_visibility="collapsed",
)
if section == "new":
    _accounts_new.draw(named)
elif section == "change":
    _accounts_change.draw(kept, named)
elif section == "handover":
    _accounts_handover.draw(kept, named)
elif section == "import":
    _accounts_import.draw(named)
elif section == "map":
    _accounts_map.draw(named.tree)
else:
    _accounts_list.draw(kept, named)
