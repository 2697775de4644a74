"""评估意见: of one indicator, goal or task in one region, what each voice says side by side, with comments."""

from __future__ import annotations

import streamlit as st

from dashboard import components, session
from dashboard.viewmodels import evaluation as model
from dashboard.viewmodels.words import escaped
from dashboard.views import _evaluation_comment, _evaluation_form
from dashboard.views._evaluation_choice import Seen
from trackers.model.finding import Finding, Place, Subject, Voice


def draw(seen: Seen) -> None:
    place = _place(seen)
    if place is None:
        return
    if line := model.computed_line(seen.rows, place):
        st.markdown(f"**{escaped(line)}**")
    may = model.voices(seen.about, seen.plan, session.rights(), session.actor(), place.region)
    own = [each for each in seen.findings if each.place == place]
    for column, voice in zip(st.columns(len(Voice), gap="small"), Voice, strict=True):
        with column, st.container(border=True):
            st.markdown(f"**{voice.word}**")
            _voice(seen, [each for each in own if each.voice is voice], bool(may))
    _evaluation_form.draw(seen, place, may)


def _place(seen: Seen) -> Place | None:
    """Which indicator, goal or task, in which region."""
    subjects = {each.value: each.word for each in Subject if model.codes(seen.plan, seen.rows, each)}
    if not subjects:
        components.nothing("这次评估里没有可以写意见的指标、目标或任务：这份规划没有收录。", {components.PLAN: "看规划"})
        return None
    with st.container(horizontal=True):
        subject = Subject(st.selectbox("对象", subjects, format_func=subjects.__getitem__, key="of-subject", width=130))
        codes = model.codes(seen.plan, seen.rows, subject)
        code = st.selectbox(subject.word, codes, format_func=codes.__getitem__, key=f"of-{subject}", width=340)
        regions = model.regions(seen.plan, seen.rows, subject, code, seen.names)
        region = st.selectbox("地区", regions, format_func=regions.__getitem__, key=f"of-{subject}-region", width=240)
    return Place(subject, code, region) if region else None


def _voice(seen: Seen, own: list[Finding], may_comment: bool) -> None:
    if not own:
        st.caption("还没有写。")
    for finding in own[::-1]:
        if not finding.counts:
            st.caption("以前写的，已被后写的取代：")
        components.bullets(model.lines(finding, seen.plan), none="")
        st.caption(escaped(model.signed(finding)))
        components.bullets(model.comment_lines(finding), none="")
        if finding.counts and may_comment:
            _evaluation_comment.draw(finding)
