"""Plan files: one TOML file a plan, read into the model and refused where it contradicts itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from trackers.errors import FileError, PlanError
from trackers.exchange.plan_checks import contradictions
from trackers.exchange.plan_links import mismatches
from trackers.model.plan import Plan
from trackers.model.region import RegionTree

PARTS = {
    "indicators": "指标",
    "goals": "定性目标",
    "tasks": "任务",
    "safeguards": "保障措施",
    "evaluations": "评估",
}
YES_OR_NO = {"keep", "year_inferred", "third_party", "published", "second_source_only"}
SENTENCES = {
    "missing": "缺少这个字段，请补上",
    "extra_forbidden": "没有这个字段，请核对拼写",
    "string_too_long": "读到“{input}”，最多 {max_length} 个字",
    "string_too_short": "不能是空的",
    "too_short": "不能是空的，至少要有 {min_length} 项",
    "string_pattern_mismatch": "读到“{input}”，应为小写英文字母、数字和连字符",
    "greater_than_equal": "读到“{input}”，不能小于 {ge:g}",
    "greater_than": "读到“{input}”，应大于 {gt:g}",
    "finite_number": "读到“{input}”，应为有限的数",
    "value_error": "{error}",
}
EXPECTED = {
    "enum": "{expected} 之一",
    "int": "整数",
    "float": "数",
    "string": "加引号的文字",
    "bool": "true 或 false",
    "date": "日期，如 2015-03-10",
    "list": "列表",
    "dict": "表",
    "model": "表",
}


def read_plan(path: Path, regions: RegionTree) -> Plan:
    """The plan in one TOML file (UTF-8), checked against itself and the regions.

    Raises PlanError naming the file, the part and the field of the first problem, FileError where
    the file cannot be opened.
    """
    raw = _parsed(path)
    for where, field, problem in _yes_or_no_as_number(raw):
        raise PlanError(path.name, where, field, problem)
    try:
        plan = Plan.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where, field = _place(raw, first["loc"])
        raise PlanError(path.name, where, field, sentence(first)) from None
    for where, field, problem in contradictions(plan, regions):
        raise PlanError(path.name, where, field, problem)
    return plan


def read_plans(folder: Path, regions: RegionTree) -> list[Plan]:
    """Every plan of the folder (`*.toml`), by file name; the plans may name one another.

    Raises PlanError as `read_plan` does, and where an id is used twice, `carries_out` names a plan that
    is not there, or `same_as` an indicator that does not count the same; FileError where there is no such folder.
    """
    if not folder.is_dir():
        raise FileError(f"没有文件夹 {folder}，应为存放规划文件（*.toml）的文件夹")
    plans = {path.name: read_plan(path, regions) for path in sorted(folder.glob("*.toml"))}
    files: dict[str, str] = {}
    for file, plan in plans.items():
        if plan.id in files:
            raise PlanError(file, "规划", "id", f"“{plan.id}”已在 {files[plan.id]} 中使用，请改用别的 id")
        files[plan.id] = file
    for file, plan in plans.items():
        for superior in plan.carries_out:
            if superior.plan and (superior.plan not in files or superior.plan == plan.id):
                problem = f"没有 id 为“{superior.plan}”的上级规划，请核对，或只写 title 和 number"
                raise PlanError(file, "规划", "carries_out.plan", problem)
    for file, plan in plans.items():
        for where, field, problem in mismatches(plan, list(plans.values()), regions):
            raise PlanError(file, where, field, problem)
    return list(plans.values())


def _parsed(path: Path) -> dict[str, Any]:
    try:
        # Windows editors put a byte order mark before the text, which TOML does not know.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileError(f"打不开规划文件 {path}：{error.strerror}") from None
    except UnicodeDecodeError:
        raise PlanError(path.name, "规划", "（编码）", "不是 UTF-8 文本，请另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise PlanError(path.name, "规划", "（格式）", f"不是合乎格式的 TOML：{error}") from None


def _yes_or_no_as_number(raw: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """A `true` where a number belongs would otherwise be read as 1."""
    for loc, value in _leaves(raw, ()):
        if isinstance(value, bool) and loc[-1] not in YES_OR_NO:
            where, field = _place(raw, loc)
            yield where, field, f"读到“{str(value).lower()}”，这里不能写 true 或 false"


def _leaves(value: Any, loc: tuple[int | str, ...]) -> Iterator[tuple[tuple[int | str, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*loc, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*loc, number))
    else:
        yield loc, value


def _place(raw: dict[str, Any], loc: tuple[int | str, ...]) -> tuple[str, str]:
    """Which part of the plan and which field an error lies in; lists are counted from 1."""
    if len(loc) < 2 or loc[0] not in PARTS or not isinstance(loc[1], int):
        return "规划", _dotted(loc)
    part = raw[str(loc[0])][loc[1]]
    named = part if isinstance(part, dict) else {}
    label = named.get("id") or named.get("kind") or f"第 {loc[1] + 1} 个"
    name = f"（{named['name']}）" if "name" in named else ""
    return f"{PARTS[str(loc[0])]} {label}{name}", _dotted(loc[2:])


def _dotted(loc: tuple[int | str, ...]) -> str:
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in loc)
    return text.removeprefix(".") or "（整体）"


def sentence(error: ErrorDetails) -> str:
    """What the model refused, said in Chinese: what was read and what is expected."""
    values = {"input": error["input"], **error.get("ctx", {})}
    if template := SENTENCES.get(error["type"]):
        return template.format(**values)
    expected = EXPECTED.get(error["type"].split("_")[0])
    if expected is None:
        return f"读到“{error['input']}”，不合要求：{error['msg']}"
    choices = expected.format(**values).replace(" or ", "、").replace(", ", "、")
    return f"读到“{error['input']}”，应为{choices}"
