"""报告: files made of the frozen figures, with a template and logo of the office's own."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from dashboard import components, download, session
from dashboard.viewmodels import evaluation as model
from dashboard.views import _evaluation_compare, _evaluation_given
from dashboard.views._evaluation_choice import Seen
from trackers.errors import TrackerError
from trackers.reports.make import Form, make_evaluation_report

SAME = "同样的冻结数据、意见、模板和程序版本，写出的文件每次都相同；以后的更正不改变它。文件末尾印有两个摘要。"


def draw(seen: Seen) -> None:
    about = seen.about
    if not about.state.is_frozen:
        components.nothing("报告由冻结的数据写成。这次评估还没有冻结，请先在“办理”里冻结。")
        return
    forms = model.forms(about, seen.plan, session.rights(), session.actor())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        form = Form(st.selectbox("写什么", forms, format_func=forms.__getitem__, key=f"report-{about.id}-form", width=170))
        format = st.selectbox("文件格式", form.formats, format_func=download.FORMATS.__getitem__, key=f"report-{form}", width=170)
        region = _region(seen, whole=Form.REPORT.value in forms) if form is Form.REGION else None
    given: Any = _evaluation_given.given(form, format, f"report-{about.id}")
    run, place = session.run(), f"_{seen.names[region]}" if region else ""
    made: Any = partial(download.evaluation_report, run.path, run.actor, run.shown, about.id, format, form, region)
    if given:
        try:  # what is wrong with a template or a logo is said before anything is offered
            made = make_evaluation_report(run.store, about.id, format, form=form, region=region, by=run.actor, **given)
        except TrackerError as error:
            components.show_error(error)
            return
    st.download_button(
        f"下载{form.word}", made, f"{seen.plan.short}{about.kind.word}{form.word}{place}_{about.cutoff}.{format}",
        download.MIMES[format], type="primary", on_click="ignore", icon=":material/download:", key=f"report-{about.id}-get",
    )  # fmt: skip
    st.caption(SAME)
    if Form.REPORT.value in forms:
        _evaluation_compare.draw(seen)


def _region(seen: Seen, *, whole: bool) -> str:
    """Which region; who does not see the whole evaluation is not offered that of the plan."""
    names = {code: name for code, name in seen.names.items() if whole or code != seen.plan.region}
    return str(st.selectbox("哪个地区", names, format_func=names.__getitem__, key=f"report-{seen.about.id}-of", width=240))
