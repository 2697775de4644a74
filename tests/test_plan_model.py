from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from trackers.model.plan import Plan, Source, Target, fits_shape

SOURCE = {"section": "一", "start": 0, "end": 2}
ELSEWHERE: dict[str, Any] = {"source": SOURCE, "reference": "甲"}


def target(**fields: Any) -> Target:
    return Target.model_validate({"year": 2025, "comparator": ">=", **fields})


def test_the_four_confidences_in_their_right_form() -> None:
    assert target(value=80, confidence="confirmed", source=SOURCE).value == 80
    assert target(value=3600, confidence="corroborated", shape="□600", **ELSEWHERE).shape == "□600"
    assert target(value=1, confidence="secondary", shape="□", **ELSEWHERE).value == 1
    assert target(confidence="unverified", shape="□0", source=SOURCE).value is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"confidence": "confirmed", "source": SOURCE}, "待核实"),
        ({"value": 80, "confidence": "unverified"}, "待核实"),
        ({"value": 80, "confidence": "confirmed"}, "须写 source"),
        ({"value": 80, "confidence": "confirmed", "source": SOURCE, "shape": "□0"}, "没有残损形"),
        ({"value": 80, "confidence": "corroborated", "shape": "□0", "source": SOURCE}, "reference"),
        ({"value": 80, "confidence": "secondary"}, "reference"),
        ({"value": 1, "confidence": "corroborated", "shape": "□", **ELSEWHERE}, "谈不上印证"),
        ({"value": 10, "confidence": "secondary", "shape": "□0", "reference": "甲"}, "留有数字"),
        ({"value": 3500, "confidence": "corroborated", "shape": "□600", **ELSEWHERE}, "不合"),
        ({"value": float("inf"), "confidence": "confirmed", "source": SOURCE}, "finite"),
    ],
)
def test_a_target_that_does_not_tell_truly_is_refused(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        target(**fields)


@pytest.mark.parametrize(
    ("value", "shape", "fits"),
    [
        (3600, "□600", True), (600, "□600", False), (13600, "□600", True), (3601, "□600", False),
        (20, "□0", True), (2, "□", True), (120, "□20", True), (120.5, "□20", False), (102, "1□2", True),
    ],
)  # fmt: skip
def test_surviving_digits_keep_their_place(value: float, shape: str, fits: bool) -> None:
    assert fits_shape(value, shape) is fits


def test_a_target_is_due_at_the_end_of_its_year_unless_it_says_otherwise() -> None:
    assert target(confidence="unverified").day == date(2025, 12, 31)
    assert target(confidence="unverified", date="2025-06-30").day == date(2025, 6, 30)


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValidationError, match="空的"):
        Source(section="一", start=5, end=5)


def test_a_plan_starts_the_day_before_its_first_year_and_ends_with_its_last_milestone() -> None:
    plan = Plan(
        id="demo", title="示例", short="示例", region="210000", start=2021, end=2035, milestones=[2025, 2030]
    )
    assert plan.first_day == date(2020, 12, 31)
    assert plan.last_day == date(2030, 12, 31)


def test_the_units_of_an_indicator_are_those_of_its_tasks_in_order() -> None:
    tasks = [
        {"id": f"t{n}", "number": str(n), "group": "一", "name": "任务", "units": units, "source": SOURCE}
        for n, units in enumerate([["丙局"], ["甲局", "乙局"], ["乙局", "丁局"]])
    ]
    indicator = {
        "id": "x", "name": "指标", "unit": "项", "aggregation": "own", "measure": "count", "level": "city",
        "targets": [{"year": 2025, "comparator": "=", "confidence": "unverified"}], "tasks": ["t2", "t1"],
    }  # fmt: skip
    plan = Plan.model_validate(
        {"id": "demo", "title": "示例", "short": "示例", "region": "210900", "start": 2021, "end": 2025}
        | {"milestones": [2025], "indicators": [indicator], "tasks": tasks}
    )
    assert plan.units_for(plan.indicator("x")) == ["甲局", "乙局", "丁局"]
