"""What stands beside the cells to be filled: why an entry is closed, what was given back, what is handed in."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import components, loaders
from dashboard.session import Choice, run, today
from dashboard.viewmodels import entry, entry_check
from dashboard.viewmodels.words import escaped
from dashboard.views._entry_drafts import TYPED, of
from trackers.exchange.entry_template import Line
from trackers.exchange.import_figures import Reading
from trackers.model.region import Region
from trackers.queries.drafts import drafts_of
from trackers.queries.entry import Beside, closed_periods

OTHERS = "仍可在下面改正被退回的数，或更正已审核、已锁定的数（要写理由，同样经过审核）。"


def draw(chosen: Choice, region: Region, lines: Sequence[Line], beside: Beside) -> list[Line]:
    """Say what is closed and what was given back; the lines that can be filled in."""
    closed = closed_periods(run().store, chosen.plan, region.code, {line.period for line in lines}, today())
    fillable = entry.open_lines(lines, beside, closed)
    if closed:
        told = [*dict.fromkeys(closed.values()), *([OTHERS] if fillable else [])]
        st.info("\n\n".join(escaped(each) for each in told), icon=":material/lock_clock:")
    if back := entry.given_back(lines, beside):
        listed = "\n".join(f"- {escaped(each)}" for each in back)
        st.warning(f"**被退回、要改正后再提交的：**\n\n{listed}")
    if len(fillable) < len(lines):
        left = [line for line in lines if line not in fillable]
        frame = entry.sheet(left, beside, {})[entry.LOOKED_AT]
        st.dataframe(frame, key="entry-closed", alt="现在不能填的指标", hide_index=True, **components.fitted(frame))
    return fillable


def without_closed(reading: Reading) -> Reading:
    """The reading with a fault for every first figure of a closed period."""
    first = {(each.plan.id, each.figure.region): each.plan for each in entry_check.first_figures(reading)}
    periods = {each.figure.period for each in entry_check.first_figures(reading)}
    closed = {
        (id, region, period): why
        for (id, region), plan in first.items()
        for period, why in closed_periods(run().store, plan, region, periods, today()).items()
    }
    return entry_check.with_closed(reading, closed)


def others(chosen: Choice, name: str) -> None:
    """Other sheets with something that is not handed in yet."""
    plans = {plan.id: plan for plan in loaders.plans()}
    sheets = [each.sheet for each in drafts_of(run().store, by=run().actor)]
    kept = [entry.label(plans[each.plan_id], chosen.tree[each.region], each.period) for each in sheets]
    mine = [other for other, cells in of(TYPED).items() if cells]
    if found := [escaped(other) for other in dict.fromkeys([*mine, *kept]) if other != name]:
        st.caption(f"还有填了没有提交的：{'；'.join(found)}。换回去可以接着填。")
