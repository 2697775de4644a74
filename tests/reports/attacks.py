"""Texts that must stay texts, in a plan, its regions' figures and their notes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.samples import AT, OPERATOR, figure, indicator, new_store, record, sample_plan, target
from trackers.actions.figures import HandIn
from trackers.model.plan import EvaluationKind
from trackers.reports.contents import evaluation_contents
from trackers.reports.outline import Contents

TEMPLATE, TAG, MARKUP, FORMULA, MATHS = "{{7*7}}", "{% for x in y %}", "<img onerror=alert(1)>&", "=cmd|' /C calc'!A0", "$x_{"
CONTROL = "前\x00\x07\x0b\x1b\ud800\uffff后"
LONG = "长" * 5000
NOTES = [TEMPLATE, TAG, MARKUP, FORMULA, CONTROL, LONG, "一行\n二行"]


def attacked_contents(folder: Path) -> Contents:
    names = [TEMPLATE, TAG, MARKUP, FORMULA, MATHS]
    plan = sample_plan(
        title="{{ title }}<b>规划</b>", remarks=[TEMPLATE, MARKUP],
        indicators=[
            indicator(f"own{n}", name=name, targets=[target(100, reference=f"https://example.org/{name}")], tasks=["t1"])
            for n, name in enumerate(names)
        ],
        tasks=[
            {"id": "t1", "number": "1", "group": TAG, "name": TEMPLATE, "deliverables": [MARKUP], "units": [FORMULA],
             "source": {"section": "一", "start": 0, "end": 1}},
        ],
    )  # fmt: skip
    with new_store(folder, plan) as store:
        for n in range(len(names)):
            note = LONG + "".join(NOTES) if n == 0 else NOTES[n]
            storable = note.encode("utf-8", "ignore").decode()
            given = figure(f"own{n}", "210900", "2015Q4", n + 1.0, note=storable, evidence=FORMULA)
            record(store, given, hand_in=HandIn(origin="import", file=MARKUP, demo=n == 1), at=AT)
        return evaluation_contents(store, plan, EvaluationKind.MIDTERM, date(2016, 12, 31), by=OPERATOR)
