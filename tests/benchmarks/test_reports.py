"""A report of 15 indicators in 100 regions against the bare tables: asked for by name."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document

from tests.samples import OPERATOR, REGIONS, figure, indicator, sample_plan, target
from trackers.actions.evaluations import freeze, open_evaluation
from trackers.actions.figures import HandIn, record_figures
from trackers.actions.plans import load_plans, load_regions
from trackers.model.plan import EvaluationKind
from trackers.model.region import Region
from trackers.reports import columns
from trackers.reports.evaluated import evaluation_report
from trackers.reports.make import make_evaluation_report
from trackers.reports.tables import tables_of
from trackers.store import Store, open_store

AT = datetime(2024, 6, 1, 8, tzinfo=UTC)
COUNTIES = [f"2109{number:03d}" for number in range(100)]
INDICATORS, TIMES = 15, 5
TABLES = {
    "indicators": columns.INDICATORS, "regions": columns.REGIONS, "regional_problems": columns.FAR, "figures": columns.FIGURES,
    "comparisons": columns.COMPARISONS, "policy": columns.SETTINGS, "methods": columns.SETTINGS, "sources": columns.SOURCES,
}  # fmt: skip


def filled(folder: Path) -> Store:
    """A plan of 15 indicators that 100 counties report, some of which lag, evaluated and frozen."""
    store = open_store(folder / "tracker.db", create=True)
    counties = [Region(code=code, name=f"第{code}县", short=code, level="county", parent="210900") for code in COUNTIES]
    load_regions(store, [*REGIONS[:3], *counties], by=OPERATOR, at=AT)
    parts = [
        indicator(f"i{number}", name=f"指标第{number}项", aggregation="mean", measure="stock", level="county",
                  targets=[target(30)])
        for number in range(INDICATORS)
    ]  # fmt: skip
    load_plans(store, [sample_plan(indicators=parts)], by=OPERATOR, at=AT)
    figures = [
        figure(f"i{number}", code, period, value + (number + place) % 17)
        for number in range(INDICATORS) for place, code in enumerate(COUNTIES)
        for period, value in (("2013Q4", 2.0), ("2016Q4", 9.5))
    ]  # fmt: skip
    record_figures(store, "sample-2013", figures, HandIn(origin="import", file="a.csv"), by=OPERATOR, at=AT)
    about = open_evaluation(store, "sample-2013", EvaluationKind.MIDTERM, date(2016, 12, 31), by=OPERATOR, at=AT)
    freeze(store, about.id, by=OPERATOR, at=AT, despite="缺")
    return store


def bare(tables: dict) -> bytes:
    """The same tables as python-docx writes them by itself."""
    document = Document()
    for name, own in TABLES.items():
        rows = tables[name]
        table = document.add_table(rows=1 + len(rows), cols=len(own))
        for cells, values in zip(table.rows, [[c[0] for c in own], *([r[c[1]] for c in own] for r in rows)], strict=True):
            for cell, value in zip(cells.cells, values, strict=True):
                cell.text = value
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made


@pytest.mark.benchmark
def test_a_report_of_1500_figures_takes_at_most_five_times_its_bare_tables(tmp_path: Path, capsys):
    with filled(tmp_path) as store:
        tables = dict(tables_of(evaluation_report(store, 1, by=OPERATOR)))
        make_evaluation_report(store, 1, "xlsx", by=OPERATOR)  # libraries are loaded before anything is timed
        plain, made = timed(lambda: bare(tables))
        took = {format: timed(lambda format=format: make_evaluation_report(store, 1, format, by=OPERATOR))
                for format in ("docx", "xlsx", "pdf", "html")}  # fmt: skip
    assert len(tables["figures"]) == INDICATORS * (len(COUNTIES) + 1) and len(made) > 50_000
    with capsys.disabled():
        print(f"\n裸表 {plain:.2f} 秒；" + "，".join(f"{f} {t:.2f} 秒（{t / plain:.2f} 倍）" for f, (t, _) in took.items()))
    rows = sum(len(each.rows) for each in Document(io.BytesIO(took["docx"][1])).tables)
    assert rows > 2 * INDICATORS * len(COUNTIES) * 0.7
    assert took["docx"][0] <= TIMES * plain
