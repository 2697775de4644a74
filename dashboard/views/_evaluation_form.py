"""The form in which a voice writes what it finds."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _done as done
from dashboard.views._evaluation_choice import Seen
from trackers.actions.findings import SCALES, write_finding
from trackers.model.finding import LONGEST_TEXT, Cause, Delivered, Draft, Place, Subject, Voice

EVIDENCE = ("依据", "依据（必填：文件、台账或查看的情况）")


def draw(seen: Seen, place: Place, may: list[Voice]) -> None:
    if not may:
        return
    key = f"finding-{seen.about.id}-{'-'.join(place)}-{done.turn()}"
    st.subheader("写一条意见", anchor=False)
    told: dict[str, Any] = place._asdict()
    indicator = place.subject is Subject.INDICATOR
    grades = ({"": model.AGREES} if indicator else {}) | SCALES[place.subject]
    with st.container(horizontal=True):
        told["voice"] = st.selectbox("以什么身份", may, format_func=model.voice_text, key=f"{key}-voice", width=260)
        told["grade"] = st.selectbox("评定", grades, format_func=grades.__getitem__, key=f"{key}-grade", width=260)
        told["cause"] = st.selectbox("原因", [None, *Cause], format_func=model.cause_text, key=f"{key}-cause", width=260)
    if place.subject is Subject.GOAL:
        components.bullets(model.GOAL_SCALE, none="")
    if indicator and told["grade"]:
        told["reason"] = _text("与计算的判定不同的理由", f"{key}-reason")
    told |= {name: _text(word, f"{key}-{name}") for name, word in (("explained", "原因说明"), ("suggestion", "建议"))}
    told["evidence"] = _text(EVIDENCE[place.subject is Subject.GOAL], f"{key}-evidence")
    told["delivered"] = _delivered(seen, place, key)
    if st.button("提交意见", key=key, type="primary"):
        act = partial(write_finding, session.run().store, seen.about.id, by=session.actor(), at=datetime.now(UTC))
        done.do(partial(act, Draft(**told)), f"已写{told['voice'].word}意见。")


def _text(label: str, key: str) -> str:
    return str(st.text_area(label, key=key, max_chars=LONGEST_TEXT, height=80))


def _delivered(seen: Seen, place: Place, key: str) -> tuple[Delivered, ...]:
    """A day for each deliverable that is there."""
    found: list[Delivered] = []
    days: dict[str, Any] = {"min_value": seen.plan.first_day, "max_value": session.today(), "format": "YYYY-MM-DD"}
    for number, name in enumerate(model.deliverables(seen.plan, place), start=1):
        label = f"成果 {number}：{escaped(name)}（完成日期，没有完成的留空）"
        if day := st.date_input(label, None, key=f"{key}-{number}", width=560, **days):
            found.append(Delivered(number, day))
    return tuple(found)
