"""One judged figure as a report keeps it: plain values of the judgement, with what the region said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from pydantic import BaseModel, ConfigDict

from trackers.model.plan import Plan
from trackers.model.region import RegionTree
from trackers.queries.records import plain


class Frozen(BaseModel):
    """Base of everything a report freezes."""

    model_config = ConfigDict(frozen=True)


class MethodWord(Frozen):
    """What another published method says of a series: `number` is its ratio or q; absent where it says nothing."""

    number: float | None = None
    status: str = ""
    reason: str | None = None


class Row(Frozen):
    """One series or aggregate as judged on the report's day; fractions are fractions, values in `unit`.

    The fields are those of `trackers.queries.assess.assess`, `year_inferred` is the target's; `note`, `evidence`
    and `origin` belong to the report that gave the value.
    """

    indicator: str
    indicator_name: str
    unit: str
    direction: str
    aggregation: str
    measure: str
    region: str
    region_name: str
    region_level: str
    basis: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    period: str | None = None
    observed: date | None = None
    baseline: float | None = None
    baseline_date: date | None = None
    baseline_origin: str | None = None
    target: float | None = None
    target_year: int
    target_day: date
    comparator: str
    confidence: str
    target_text: str
    attainment: float | None = None
    completion: float | None = None
    time_progress: float | None = None
    pace: float | None = None
    verdict: str
    severity: str | None = None
    reason: str | None = None
    reason_word: str | None = None
    word: str
    sign: str
    expected: float | None = None
    shortfall: float | None = None
    needed_per_year: float | None = None
    actual_per_year: float | None = None
    projected: float | None = None
    projected_low: float | None = None
    projected_high: float | None = None
    attained_on: date | None = None
    falling: bool = False
    kept: bool = False
    disagree: bool = False
    reported_regions: int = 0
    expected_regions: int = 0
    demo: bool = False
    unreviewed: bool = False
    units: tuple[str, ...] = ()
    methods: dict[str, MethodWord] = {}
    year_inferred: bool = False  # the document does not state the target's year beside the figure
    note: str = ""
    evidence: str = ""
    origin: str = ""

    @property
    def target_year_text(self) -> str:
        """2025年, 2025年（推定）."""
        return f"{self.target_year}年{'（推定）' if self.year_inferred else ''}"

    @property
    def partial(self) -> bool:
        """Whether the value is an aggregate that not all its regions have reported to, too few to be judged."""
        return self.basis == "aggregate" and self.reason == "incomplete"

    def due(self, as_of: date) -> bool:
        """Whether the target's day has come: the words then are 已实现 and 未实现."""
        return as_of >= self.target_day


Told = Mapping[tuple[str, str], Mapping[str, Any]]


def rows_of(plan: Plan, tree: RegionTree, frame: pd.DataFrame, told: Told) -> tuple[Row, ...]:
    """The rows of a judgement of a plan; `told` gives note, evidence and origin by (indicator, region)."""
    inferred = {(i.id, target.year) for i in plan.indicators for target in i.targets if target.year_inferred}
    named = frame.assign(region_name=frame["region"].map(distinct_names(plan, tree, frame["region"])))
    return tuple(_row(record, told, inferred) for record in named.to_dict("records"))


def distinct_names(plan: Plan, tree: RegionTree, codes: Iterable[str]) -> dict[str, str]:
    """The name of each region; where two share one (铁西区), with what is above it in the plan's region before it."""
    regions = set(codes)
    shared = Counter(tree[code].name for code in regions)
    top = tree.path_name(plan.region)
    return {
        code: tree[code].name if shared[tree[code].name] == 1 else tree.path_name(code).removeprefix(top)
        for code in regions
    }


def _row(record: Mapping[Any, Any], told: Told, inferred: set[tuple[str, int]]) -> Row:
    fields = {name: plain(value) for name, value in record.items() if name in Row.model_fields}
    methods = fields.pop("methods", None) or {}
    words = {name: _method(said) for name, said in methods.items()}
    known = {name: value for name, value in fields.items() if value is not None}
    extra = told.get((known["indicator"], known["region"]), {}) if known["basis"] == "reported" else {}
    year_inferred = (known["indicator"], known["target_year"]) in inferred
    return Row(**known, **extra, methods=words, year_inferred=year_inferred)


def _method(said: Mapping[str, Any]) -> MethodWord:
    number = said.get("ratio", said.get("q"))
    return MethodWord(number=number, status=str(said.get("status") or ""), reason=said.get("reason"))
