"""Documents of the operator's in which every free text is an attack: a plan, its regions, published figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from tests.attacks.texts import ATTACKS, NAME, VOICES, short
from trackers.model.plan import Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import Region

NOW = datetime.now(UTC)  # when all of it is entered
COUNTY, PLACES = "210902", ("210902", "210903", "210922")
# Places in documents that hold a code, which is compared with what there is, and no free text.
CODES = {
    "plan.region", "plan.carries_out[].plan", "plan.indicators[].unit", "plan.indicators[].tasks[]",
    "plan.indicators[].regional_targets[].region", "region.code", "region.parent", "region.successors[]",
    "plan.indicators[].targets[].approval",  # put there by an approval, never by a file
    "region.members[]", "published.region", "published.period", "published.unit",
}  # fmt: skip
SOURCE = {"section": "", "start": 0, "end": 1}


def attacked_regions() -> list[Region]:
    """Counties whose names are the voices, below a city whose name is Markdown."""
    above = [
        Region(code="100000", name="全国", short="全国", level="nation"),
        Region(code="210000", name="辽宁省", short="辽宁", level="province", parent="100000"),
        Region(code="210900", name=ATTACKS["markdown"], short=ATTACKS["markdown"], level="city", parent="210000"),
    ]
    return above + [
        Region(code=code, name=ATTACKS[voice], short=ATTACKS[voice], level="county", parent="210900", former=[ATTACKS[voice]])
        for code, voice in zip(PLACES, VOICES, strict=True)
    ]


def attacked_plan(voice: str, *, every: bool) -> Plan:
    """A plan that says `voice` wherever a plan says something once; its lists hold every attack, or the voice."""
    names = list(ATTACKS) if every else [voice]
    text, source = ATTACKS[voice], SOURCE | {"section": ATTACKS[voice]}
    return Plan.model_validate({
        "id": f"attacked-{voice}", "title": text, "short": short(voice), "number": text, "number_remark": text,
        "issuer": text, "region": "210900", "start": 2013, "end": 2020, "start_remark": text, "milestones": [2020],
        "carries_out": [{"title": text, "number": text, "plan": None if every else f"attacked-{VOICES[0]}"}],
        "source_file": text, "reference": text,
        "remarks": [ATTACKS[name] for name in names], "units": [ATTACKS[name] for name in names],
        "indicators": [_indicator(f"i{place}", name) for place, name in enumerate(names)],
        "goals": [{"id": f"g{n}", "name": short(name), "year": 2020, "source": source} for n, name in enumerate(names)],
        "tasks": [
            {"id": f"t{n}", "number": ATTACKS[name], "group": ATTACKS[name], "name": ATTACKS[name][:NAME],
             "deliverables": [ATTACKS[name]], "units": [ATTACKS[name]], "source": source}
            for n, name in enumerate(names)
        ],
        "safeguards": [
            {"id": f"s{n}", "number": ATTACKS[name], "name": ATTACKS[name][:NAME], "units": [ATTACKS[name]],
             "duties": {ATTACKS[name]: ATTACKS[name]}, "source": source}
            for n, name in enumerate(names)
        ],
        "evaluations": [{"kind": "midterm", "by": [text], "approval": text, "source": source}],
    })  # fmt: skip


def _indicator(id: str, name: str) -> dict[str, Any]:
    text = ATTACKS[name]
    address = f"https://example.org/{text}"
    known = {"comparator": ">=", "value": 100, "confidence": "secondary", "reference": address, "remark": text}
    lost = {"comparator": ">=", "confidence": "unverified", "shape": text, "source": SOURCE | {"section": text}}
    return {
        "id": id, "name": text[:NAME], "unit": "项", "aggregation": "mean", "measure": "stock", "level": "county",
        "baseline": {"value": 10, "date": "2012-12-31", "reference": address},
        "targets": [{"year": 2020, **known}, {"year": 2019, **lost}],
        "annual_targets": [{"year": 2016, "value": 50, "reference": address}],
        "regional_targets": [{"region": COUNTY, "year": 2020, "value": 90, "reference": address}],
        "definition": text, "data_source": text, "remark": text, "tasks": [id.replace("i", "t")],
        "same_as": [{"plan": f"attacked-{VOICES[0]}", "indicator": "i0", "ground": text}],
    }  # fmt: skip


def attacked_published(voice: str) -> PublishedFigure:
    text = ATTACKS[voice]
    return PublishedFigure(
        plan=f"attacked-{VOICES[0]}", indicator="i0", region=COUNTY, period="2015", value=33.0, unit="项", name=text,
        address=f"https://example.org/{text}", confidence=text, judged=False, remark=text,
    )  # fmt: skip


def free_texts(model: type[BaseModel], root: str) -> set[str]:
    """The places in a document that may hold any text at all, from the model's own schema."""
    schema = model.model_json_schema(by_alias=True)
    return set(_places(schema, root, schema.get("$defs", {}))) - CODES


def _places(node: dict[str, Any], here: str, known: dict[str, Any]) -> Iterator[str]:
    if "$ref" in node:
        node = known[node["$ref"].rpartition("/")[2]]
    for each in node.get("anyOf", []):
        yield from _places(each, here, known)
    if node.get("type") == "string" and not node.keys() & {"enum", "pattern", "format", "const"}:
        yield here
    if node.get("type") == "array":
        yield from _places(node.get("items", {}), f"{here}[]", known)
    if node.get("type") == "object":
        for name, each in node.get("properties", {}).items():
            yield from _places(each, f"{here}.{name}", known)
        if more := node.get("additionalProperties"):
            yield from _places(more, f"{here}{{}}", known)


def texts_in(document: Any, here: str) -> Iterator[tuple[str, str]]:
    """Every text of a document with the place it stands in, as `free_texts` names places."""
    if isinstance(document, str):
        yield here, document
    elif isinstance(document, list):
        for each in document:
            yield from texts_in(each, f"{here}[]")
    elif isinstance(document, dict):
        free = here.endswith("duties")
        for name, each in document.items():
            yield from texts_in(each, f"{here}{{}}" if free else f"{here}.{name}")
