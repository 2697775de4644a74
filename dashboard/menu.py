"""The menu: every page there is, and what a person must be allowed to do somewhere to find it there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trackers.model.plan import Plan
from trackers.model.rights import Permission as P
from trackers.model.rights import Rights

VIEWS = Path(__file__).parent / "views"
# File, title, permissions of which one is enough.
PAGES = [
    ("todo", "待办", {P.ENTER, P.REVIEW, P.ACCOUNTS}),
    ("overview", "总览", {P.SEE}),
    ("region", "区域", {P.SEE}),
    ("indicator", "指标", {P.SEE}),
    ("warnings", "滞后预警", {P.SEE}),
    ("plan", "规划", {P.SEE}),
    ("entry", "填报", {P.ENTER}),
    ("review", "审核", {P.REVIEW}),
    ("periods", "填报期", {P.SEE}),
    ("report", "报告", {P.SEE}),
    ("accounts", "账号", {P.ACCOUNTS}),
    ("record", "操作记录", {P.RECORD}),
]


def pages_for(rights: Rights, plans: Sequence[Plan]) -> dict[str, str]:
    """The titles of the pages a person may use, by file; those of others are not there for them.

    A report speaks of a whole plan: it is there for those who may see the whole of one of the plans.
    """
    reports = any(rights.sees_whole(plan) for plan in plans)
    return {
        file: title
        for file, title, needed in PAGES
        if any(rights.may(each) for each in needed) and (reports or file != "report")
        and (VIEWS / f"{file}.py").exists()
    }
