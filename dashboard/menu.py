"""The menu: every page there is, and what a person must be allowed to do somewhere to find it there."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path
from typing import Any

from trackers.model.plan import Plan
from trackers.model.rights import Permission as P
from trackers.model.rights import Rights

VIEWS = frozenset(path.stem for path in (Path(__file__).parent / "views").glob("*.py"))
# File, title, permissions of which one is enough.
PAGES = [
    ("todo", "待办", {P.ENTER, P.REVIEW, P.SUPERVISE, P.ANSWER}),
    ("cockpit", "驾驶舱", {P.SEE}),
    ("screen", "会议屏", {P.SEE}),
    ("overview", "总览", {P.SEE}),
    ("across", "各规划指标", {P.SEE}),
    ("region", "区域", {P.SEE}),
    ("indicator", "指标", {P.SEE}),
    ("warnings", "滞后预警", {P.SEE}),
    ("supervision", "督办", {P.SUPERVISE, P.ANSWER, P.SEE}),
    ("plan", "规划", {P.SEE}),
    ("compare", "规划对照", {P.SEE}),
    ("adjustments", "指标调整", {P.PROPOSE, P.EXAMINE, P.ADJUST}),
    ("entry", "填报", {P.ENTER}),
    ("review", "审核", {P.REVIEW}),
    ("periods", "填报期", {P.SEE}),
    ("evaluation", "评估", {P.SEE, P.EVALUATE, P.BESIDE, P.PUBLISH}),
    ("report", "报告", {P.SEE}),
    ("accounts", "账号", {P.ACCOUNTS}),
    ("record", "操作记录", {P.RECORD}),
]
ABOUT = """**计量规划目标跟踪平台**

按时序进度判断各项指标：完成率 =（现值 − 基期值）÷（目标值 − 基期值），与已过去的时间所占比例相比。
另有两种公开方法并列，结论不同时会写明。缺的数字写作“—”，不按零计；残损未核实的目标不判断。"""
# Every page has an address of its own, the first one too, so that it can be sent to people who see another one first.
WAYS_IN: list[dict[str, Any]] = [
    {"url_path": "home", "default": True, "visibility": "hidden"},
    {"url_path": "sso", "visibility": "hidden"},
]
HIDDEN = {"across", "screen"}  # pages that numbers and buttons lead to; the menu does not name them
WITHOUT_PLAN = {"待办", "评估", "账号", "操作记录"}  # pages that speak of no one plan and no one day


def seen(file: str) -> dict[str, Any]:
    """Whether the menu names the page, as `st.Page` takes it."""
    return {"visibility": "hidden"} if file in HIDDEN else {}


def pages_for(rights: Rights, plans: Sequence[Plan]) -> dict[str, str]:
    """The titles of the pages a person may use, by file; those of others are not there for them.

    A report speaks of a whole plan: it is there for those who may see the whole of one of the plans.
    """
    reports = any(rights.sees_whole(plan) for plan in plans)
    return {
        file: title
        for file, title, needed in PAGES
        if any(rights.may(each) for each in needed) and (reports or file != "report")
        and file in VIEWS
    }


def not_given(pages: Container[str]) -> dict[str, str]:
    """The titles of the pages that somebody who has these does not have, by file: their addresses say so."""
    return {file: title for file, title, _ in PAGES if file not in pages and file in VIEWS}
