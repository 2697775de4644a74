"""Numbers in a report's text, and how a number of `evaluation show --json` may be written in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from trackers.model.wording import (
    BEIJING,
    clock_text,
    computed_text,
    date_text,
    decimal_of,
    gap_text,
    moment_text,
    number_text,
    percent_text,
    points_text,
    rounded,
)

# A moment, a day, a year, or a number with up to four signs behind it, in which its unit is looked for.
NUMBER = re.compile(r"\d+年\d+月\d+日(?:\d\d:\d\d)?|\d{4}年|-?\d[\d,]*(?:\.\d+)?(?:个百分点|%|[^\W\d_A-Za-z]{0,4})")
PLAIN = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
COUNTED = {"项", "个", "条", "件", "组", "天", "%", "个百分点"}
DIGEST = re.compile("[0-9a-f]{64}")
PER_UNIT = {"value": number_text, "baseline": number_text, "target": number_text, "reported": number_text, "checked": number_text,
            "expected": computed_text, "projected": computed_text, "projected_low": computed_text,
            "projected_high": computed_text}  # fmt: skip
GAPS = ("shortfall", "needed_per_year", "actual_per_year", "difference")
SHARES = ("completion", "attainment", "time_progress")


def numbers(text: str) -> list[str]:
    """Every number of a text with what follows it: 2016年12月31日, 71.7%, 86项快于预."""
    return NUMBER.findall(text)


def allowed(shown: dict[str, Any]) -> set[str]:
    """Everything a number of a report of this evaluation may be: numbers of the JSON as the report rounds them, days and
    years of it, counts of it with their units, and numbers inside its texts with what follows them."""
    found: set[str] = set()
    for row in shown["rows"]:
        found |= _of_row(row)
    for record in (*shown["checks"], *shown["orders"]):
        unit = record.get("unit") or next(r["unit"] for r in shown["rows"] if r["indicator"] == record["indicator"])
        found |= _in_unit(record, unit)
    for key, count in _counts(shown["counts"]):
        found |= {percent_text(count)} if key == "share" else {f"{count}{unit}" for unit in ("项", "个", "条", "件", "组", "")}
    for change in shown["adjustments"]:
        unit = next(r["unit"] for r in shown["rows"] if r["indicator"] == change["change"]["indicator"])
        found |= {number_text(change["change"][name], unit) for name in ("old", "value")}
    for text in _texts(shown):
        times = _times(text)
        found |= times or (set() if DIGEST.fullmatch(text) else {*numbers(text), *PLAIN.findall(text), *_with_units(text)})
    for year in (shown["frozen"]["plan"]["start"], shown["frozen"]["plan"]["end"], *_years(shown["frozen"]["plan"])):
        found |= {f"{year}年", f"{year}"}
    steps = {str(step["number"]) for step in shown["steps"]}
    return found | _policy(shown["frozen"]["policy"]) | steps | {str(shown["id"])}


def _with_units(text: str) -> set[str]:
    """Numbers within a text of the JSON with each beginning of what follows them: 第3页台, 第3页, 3页."""
    return {number[: len(number) - cut] for number in numbers(text) for cut in range(5)}


def lacking(text: str, shown: dict[str, Any]) -> list[str]:
    """The numbers of a text that are not in the JSON, as the report may write them."""
    known, units = allowed(shown), {row["unit"] for row in shown["rows"]} | COUNTED
    return [each for each in numbers(text) if not any(way in known for way in _ways(each, units))]


def _ways(number: str, units: set[str]) -> list[str]:
    """What a number must be found as: a day or year as it is, one before a unit with that unit, else with what follows."""
    bare = PLAIN.match(number)
    assert bare is not None
    behind = number[len(bare[0]) :]
    if behind.startswith("年"):
        return [number]
    if unit := max((unit for unit in units if behind.startswith(unit)), key=len, default=""):
        return [bare[0] + unit, number]
    return [number[: len(number) - cut] for cut in range(len(behind) + 1)]


def _of_row(row: dict[str, Any]) -> set[str]:
    found = _in_unit(row, row["unit"]) | {percent_text(row[name]) for name in SHARES}
    if row["completion"] is not None and row["time_progress"] is not None:
        found.add(points_text(abs(row["completion"] - row["time_progress"])))
    found |= {_two(number) for number in (row["pace"], *_methods(row)) if number is not None}
    found |= {f"{row[name]}{unit}" for name in ("reported_regions", "expected_regions") for unit in ("个", "")}
    return found | {f"{row['target_year']}年"}


def _in_unit(record: dict[str, Any], unit: str) -> set[str]:
    found = {write(record[name], suffix) for name, write in PER_UNIT.items() if name in record for suffix in (unit, "")}
    for name in GAPS:
        value = record.get(name)
        if value is not None:
            found |= {gap_text(value, unit), gap_text(abs(value), unit)}
    return found


def _methods(row: dict[str, Any]) -> Iterator[float | None]:
    for said in (row.get("methods") or {}).values():
        if isinstance(said, dict):
            yield said.get("ratio", said.get("q"))


def _two(number: float) -> str:
    return f"{rounded(decimal_of(number), 2):f}"


def _counts(node: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for name, each in node.items():
            yield from _counts(each, name)
    elif isinstance(node, list):
        for each in node:
            yield from _counts(each)
    elif isinstance(node, int | float):
        yield key, node


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _texts(each)
    elif isinstance(node, str):
        yield node


def _times(text: str) -> set[str]:
    """A day or moment of the JSON as a report writes it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return set()
    if len(text) == 10:
        return {date_text(date.fromisoformat(text)), f"{text[:4]}年"}
    if moment.tzinfo is None:
        return set()
    there = moment.astimezone(BEIJING)
    return {clock_text(moment), date_text(there.date()), *PLAIN.findall(moment_text(text))}


def _years(plan: dict[str, Any]) -> set[int]:
    targets = [target for each in plan["indicators"] for target in (*each["targets"], *each["annual_targets"])]
    return {*plan["milestones"], *(each["year"] for each in (*targets, *plan["goals"])),
            *(each["year"] for each in plan["evaluations"] if each["year"])}  # fmt: skip


def _policy(policy: dict[str, Any]) -> set[str]:
    numbers = [number for key, number in _counts(policy)]
    return {write(number) for number in numbers for write in (number_text, percent_text)} | {f"{number}天" for number in numbers}
