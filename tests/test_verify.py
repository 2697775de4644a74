from pathlib import Path
from typing import Any

import pytest

from trackers.model.plan import Plan
from trackers.reading.verify import numeral, verify_plan, verify_plans

TEXT = "到2025年，標準達到80項，規範?600项，另有?家。\r\n（一）加強計量監(jiān)管。做好各項工作。"
LAST_LINE = TEXT[TEXT.index("（一）") :]
Fields = dict[str, Any]


def source(phrase: str, text: str = TEXT) -> Fields:
    start = text.index(phrase)
    return {"section": "一", "start": start, "end": start + len(phrase)}


def plan(target: Fields | None = None, **changes: Any) -> Plan:
    target = target or confirmed()
    indicator = {
        "id": "standards", "name": "计量标准", "unit": "项", "aggregation": "own", "measure": "stock",
        "level": "city", "targets": [{"year": 2025, "comparator": ">=", **target}],
    }  # fmt: skip
    task = {"id": "t01", "number": "1", "group": "一", "name": "加强计量监管", "source": source(LAST_LINE)}
    parts = {"indicators": [indicator], "tasks": [task], "source_file": "demo.txt", **changes}
    return Plan.model_validate(
        {"id": "demo", "title": "示例", "short": "示例", "region": "210900", "start": 2021, "end": 2025}
        | {"milestones": [2025]} | parts
    )  # fmt: skip


def confirmed(value: float = 80, phrase: str = "80") -> Fields:
    return {"value": value, "confidence": "confirmed", "source": source(phrase)}


def damaged(shape: str, phrase: str, value: float | None = None, sure: str = "unverified") -> Fields:
    fields = {"value": value, "confidence": sure, "shape": shape, "source": source(phrase)}
    return fields | {"reference": "另一来源"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with (tmp_path / "demo.txt").open("w", encoding="utf-8", newline="") as file:
        file.write(TEXT)
    return tmp_path


@pytest.mark.parametrize(
    "target",
    [
        confirmed(),
        damaged("□600", "?600", 3600, "corroborated"),
        damaged("□600", "?600"),
        damaged("□", "?", 2, "secondary") | {"source": source("?家") | {"end": TEXT.index("家")}},
    ],
)
def test_figures_that_stand_in_the_document_are_found(folder: Path, target: Fields) -> None:
    assert verify_plan(plan(target), folder) == []


@pytest.mark.parametrize(
    ("target", "expected", "found"),
    [
        (confirmed(90), "数字 90", "“80”"),
        (confirmed(80, "到80"), "数字 80", "“到80”"),
        (confirmed(8, "8"), "完整的数字", "“到80”"),
        (confirmed(600, "600"), "完整的数字", "“?600项”"),
        (damaged("□60", "?60"), "完整的数字", "“範?600”"),
        (damaged("□500", "?600"), "残损形“□500”", "“?600”"),
    ],
)
def test_a_figure_that_differs_is_named(
    folder: Path, target: Fields, expected: str, found: str
) -> None:
    (mismatch,) = verify_plan(plan(target), folder)
    assert (mismatch.plan, mismatch.field) == ("demo", "targets.source")
    assert mismatch.part == "指标 standards（计量标准）2025 年目标"
    assert mismatch.expected == expected
    assert mismatch.found.startswith(found)
    assert f"[{mismatch.start}, {mismatch.end})" in str(mismatch)


def test_a_place_beyond_the_end_is_named(folder: Path) -> None:
    beyond = {"section": "一", "start": 0, "end": len(TEXT) + 1}
    goal = {"id": "g1", "name": "目标", "year": 2025, "source": beyond}
    order = {"kind": "final", "source": beyond}
    target = confirmed() | {"source": beyond}
    found = verify_plan(plan(target, goals=[goal], evaluations=[order]), folder)
    assert [each.part.split()[0] for each in found] == ["指标", "定性目标", "评估"]
    assert all("区间" in each.expected for each in found)
    order["source"] = goal["source"] = beyond | {"end": len(TEXT)}
    assert verify_plan(plan(goals=[goal], evaluations=[order]), folder) == []


def test_a_task_whose_name_stands_elsewhere_is_named(folder: Path) -> None:
    task = {"id": "t01", "number": "1", "group": "一", "name": "强化计量监管", "source": source(LAST_LINE)}
    (mismatch,) = verify_plan(plan(tasks=[task]), folder)
    assert "任务 t01（强化计量监管）" in str(mismatch)


def test_line_ends_are_read_as_they_are(folder: Path) -> None:
    (folder / "demo.txt").write_bytes(TEXT.replace("\r\n", "\n").encode())
    assert len(verify_plan(plan(), folder)) == 1  # the task's span now ends one beyond the text


def test_a_document_that_is_missing_or_undecodable_is_one_mismatch(folder: Path) -> None:
    (folder / "demo.txt").write_bytes(TEXT.encode("gb18030"))
    found = verify_plans([plan(), plan(source_file="none.txt")], folder)
    assert ["UTF-8" in each.found for each in found] == [True, False]
    assert "none.txt" in str(found[1])


def test_a_plan_without_a_document_has_nothing_to_compare(folder: Path) -> None:
    assert verify_plan(plan(source_file=None), folder) == []


@pytest.mark.parametrize(
    ("read", "value"),
    [("80", 80), ("８０", 80), ("62.5", 62.5), ("1,400", 1400), ("10万", 100000), ("?0", None), ("", None)],
)
def test_printed_numerals_are_understood(read: str, value: float | None) -> None:
    assert numeral(read) == value
