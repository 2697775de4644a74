"""What stands beside the cells to be filled: why an entry is closed, what was given back, what is handed in."""

from __future__ import annotations

import streamlit as st

from dashboard import components, loaders
from dashboard.session import Choice, run
from dashboard.viewmodels import entry
from dashboard.viewmodels.words import escaped
from dashboard.views._entry_drafts import TYPED, of
from dashboard.views._entry_found import There
from trackers.queries.drafts import drafts_of

OTHERS = "仍可在下面改正被退回的数，或更正已审核、已锁定的数（要写理由，同样经过审核）。"


def draw(there: There) -> None:
    """Say what is closed and what was given back, and list what cannot be filled in now."""
    if there.closed:
        told = [*dict.fromkeys(there.closed.values()), *([OTHERS] if there.fillable else [])]
        st.info("\n\n".join(escaped(each) for each in told), icon=":material/lock_clock:")
    if back := entry.given_back(there.lines, there.beside):
        listed = "\n".join(f"- {escaped(each)}" for each in back)
        st.warning(f"**被退回、要改正后再提交的：**\n\n{listed}")
    if len(there.fillable) < len(there.lines):
        left = [line for line in there.lines if line not in there.fillable]
        frame = entry.sheet(left, there.beside, {})[entry.LOOKED_AT]
        st.dataframe(frame, key="entry-closed", alt="现在不能填的指标", hide_index=True, **components.fitted(frame))


def others(chosen: Choice, name: str) -> None:
    """Other sheets with something that is not handed in yet."""
    plans = {plan.id: plan for plan in loaders.plans()}
    sheets = [each.sheet for each in drafts_of(run().store, by=run().actor)]
    kept = [entry.label(plans[each.plan_id], chosen.tree[each.region], each.period) for each in sheets]
    mine = [other for other, cells in of(TYPED).items() if cells]
    if found := [escaped(other) for other in dict.fromkeys([*mine, *kept]) if other != name]:
        st.caption(f"还有填了没有提交的：{'；'.join(found)}。换回去可以接着填。")
