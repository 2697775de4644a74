"""抽查核实: figures drawn at random or chosen, and the value found on the spot beside the reported one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation as model
from dashboard.views import _done as done
from dashboard.views import _evaluation_pick
from dashboard.views._evaluation_choice import Seen
from trackers.actions.findings import draw_checks, record_check
from trackers.errors import TrackerError
from trackers.exchange.numbers import parse_number
from trackers.model.finding import LONGEST_TEXT, SpotCheck
from trackers.queries.evaluations import spot_checks


def draw(seen: Seen) -> None:
    found = spot_checks(session.run().store, seen.about.id, by=session.actor())
    frame = model.checks_table(found, seen.plan, seen.names)
    components.plain_table(frame, key=f"checks-{seen.about.id}", about="抽查的数", none="还没有抽查。")
    if not model.may_check(seen.about, seen.plan, session.rights(), session.actor()):
        return
    told: dict[str, Any] = {"by": session.actor(), "at": datetime.now(UTC)}
    key, store = f"check-{seen.about.id}-{done.turn()}", session.run().store
    with components.folded("随机抽取", key=f"draw-{seen.about.id}"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            number = st.text_input("抽几个数", "5", key=f"{key}-number", width=120)
            seed = st.text_input("抽样种子（不写则随机产生并留存）", key=f"{key}-seed", max_chars=LONGEST_TEXT, width=260)
            pressed = st.button("抽取", key=f"{key}-draw")
        if pressed:
            many = int(number) if number.strip().isdecimal() else 0  # what is no number is refused
            act = partial(draw_checks, store, seen.about.id, many, seed=seed.strip() or None, **told)
            done.do(act, f"已随机抽取 {many} 个数。")
    _evaluation_pick.draw(seen, key)
    if found:
        _record(seen, found, key, told)


def _record(seen: Seen, found: list[SpotCheck], key: str, told: dict[str, Any]) -> None:
    labels = model.check_labels(found, seen.plan, seen.names)
    with components.folded("登记核实结果", key=f"record-{seen.about.id}", unfolded=True):
        id = st.selectbox("哪一个数", labels, format_func=labels.__getitem__, key=f"{key}-which", width=480)
        unit = seen.plan.indicator(next(each.indicator for each in found if each.id == id)).unit
        typed = st.text_input(f"核实的数值（{unit}）", key=f"{key}-{id}-value", width=200)
        evidence = st.text_area("核实依据（查看了什么、在哪里）", key=f"{key}-{id}-evidence", max_chars=LONGEST_TEXT, height=80)
        if st.button("登记", key=f"{key}-record", type="primary"):
            try:
                value = float(parse_number(typed, unit, column="核实的数值"))
            except TrackerError as error:
                components.show_error(error)
                return
            act = partial(record_check, session.run().store, id, value, evidence, **told)
            done.do(act, f"已登记第 {id} 号抽查的结果。")
