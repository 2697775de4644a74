from __future__ import annotations

import multiprocessing
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.samples import OPERATOR
from trackers.actions.figures import HandIn, record_figures
from trackers.errors import PlanError, StoreError
from trackers.exchange import first_start
from trackers.exchange.first_start import open_or_create
from trackers.model.period import Period
from trackers.model.report import Figure
from trackers.queries.audit import entries
from trackers.queries.check import faults
from trackers.queries.figures import revisions
from trackers.queries.plans import plan_by_id, plans, published, region_tree
from trackers.settings import SEEDS

AT = datetime(2026, 1, 15, 8, tzinfo=UTC)
SPECIFICATIONS = ("liaoning-2021", "local-specifications", "210000")


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the seed files that a test may change."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def opened(tmp_path: Path, **more: object):
    return open_or_create(tmp_path / "data" / "tracker.db", at=AT, **more)


def edited(seeds: Path, file: str, old: str, new: str) -> None:
    path = seeds / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_missing_database_is_made_with_regions_plans_and_published_figures(tmp_path):
    with opened(tmp_path) as store:
        assert {"fuxin-2013", "liaoning-2021", "neimenggu-2021", "guofa-2013"} <= {p.id for p in plans(store)}
        assert region_tree(store)["210900"].name == "阜新市"
        assert len(published(store, "liaoning-2021")) > 1
        assert faults(store) == []


def test_a_judged_published_figure_is_a_report_with_its_address_and_is_not_reviewed(tmp_path):
    with opened(tmp_path) as store:
        rows = revisions(store, *SPECIFICATIONS, by=OPERATOR)
        row = rows.iloc[0]
        assert (len(rows), row["value"], str(Period.from_number(row["period"]))) == (1, 86, "2024-05-20")
        assert row["evidence"].startswith("http") and "单一来源" in row["note"]
        assert (row["origin"], row["reviewed"], row["demo"]) == ("published", 0, 0)
        assert revisions(store, "liaoning-2021", "public-standards", "210000", by=OPERATOR).empty


def test_a_second_start_changes_nothing_and_reads_no_seed_again(tmp_path, monkeypatch):
    with opened(tmp_path) as store:
        before = entries(store, by=OPERATOR)
    monkeypatch.setattr(first_start, "read_plans", None)
    start = time.perf_counter()
    with opened(tmp_path) as store:
        assert time.perf_counter() - start < 0.5
        assert len(entries(store, by=OPERATOR)) == len(before)


def test_a_changed_seed_file_is_taken_up_and_nothing_else(tmp_path, seeds):
    opened(tmp_path, seeds=seeds).close()
    edited(seeds, "plans/guofa-2013.toml", "remarks = [", 'remarks = [\n  "一条新说明",')
    with opened(tmp_path, seeds=seeds) as store:
        assert plan_by_id(store, "guofa-2013").remarks[0] == "一条新说明"
        assert len(revisions(store, *SPECIFICATIONS, by=OPERATOR)) == 1


def test_a_figure_corrected_here_is_not_put_back_when_a_seed_file_changes(tmp_path, seeds):
    with opened(tmp_path, seeds=seeds) as store:
        corrected = Figure(
            indicator="local-specifications", region="210000", period=Period.parse("2024-05-20"), value=87
        )
        record_figures(store, "liaoning-2021", [corrected], HandIn(origin="import"), by=OPERATOR, at=AT)
    edited(seeds, "plans/guofa-2013.toml", "remarks = [", 'remarks = [\n  "一条新说明",')
    with opened(tmp_path, seeds=seeds) as store:
        assert revisions(store, *SPECIFICATIONS, by=OPERATOR)["value"].tolist() == [86, 87]


def test_a_new_published_figure_is_recorded_with_the_next_start(tmp_path, seeds):
    opened(tmp_path, seeds=seeds).close()
    entry = """
[[figures]]
plan = "liaoning-2021"
indicator = "local-specifications"
region = "210000"
period = "2025-05-20"
value = 110
unit = "项"
name = "制修订地方计量技术规范"
address = "https://example.org/2025"
confidence = "单一来源"
judged = true
"""
    file = seeds / "figures" / "published.toml"
    file.write_text(file.read_text(encoding="utf-8") + entry, encoding="utf-8")
    with opened(tmp_path, seeds=seeds) as store:
        assert revisions(store, *SPECIFICATIONS, by=OPERATOR)["value"].tolist() == [86, 110]


def test_a_wrong_seed_file_fills_nothing_and_names_the_place(tmp_path, seeds):
    edited(seeds, "plans/guofa-2013.toml", 'region = "100000"', 'region = "999999"')
    with pytest.raises(PlanError, match="guofa-2013.toml"):
        opened(tmp_path, seeds=seeds)
    edited(seeds, "plans/guofa-2013.toml", 'region = "999999"', 'region = "100000"')
    with opened(tmp_path, seeds=seeds) as store:
        assert len(plans(store)) == len(list((seeds / "plans").glob("*.toml")))


def test_filling_that_breaks_off_leaves_nothing_behind(tmp_path, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("broken off")

    with monkeypatch.context() as broken:
        broken.setattr("trackers.actions.seeds.load_published", fails)
        with pytest.raises(RuntimeError):
            opened(tmp_path)
    with opened(tmp_path) as store:
        assert [entry["id"] for entry in entries(store, by=OPERATOR).to_dict("records")][0] < 20
        assert faults(store) == []


def _start(path: Path, demo: bool, go: object, answers: object) -> None:
    go.wait()
    try:
        with open_or_create(path, at=AT, demo=demo) as store:
            answers.put((len(plans(store)), len(entries(store, by=OPERATOR)), len(faults(store))))
    except Exception as error:
        answers.put(repr(error))


@pytest.mark.parametrize("demo", [False, True])
def test_two_processes_that_start_at_once_both_find_one_sound_database(tmp_path, demo):
    method = multiprocessing.get_context("fork")
    go, answers = method.Event(), method.Queue()
    path = tmp_path / "data" / "tracker.db"
    both = [method.Process(target=_start, args=(path, demo, go, answers)) for _ in range(2)]
    for each in both:
        each.start()
    go.set()
    told = [answers.get(timeout=60) for _ in both]
    for each in both:
        each.join()
    assert told[0] == told[1] and told[0][2] == 0, told


def marks(store):
    """Of each approved figure of the plan whether it is one of a demonstration."""
    asked = """
        SELECT b.demo FROM report AS r JOIN batch AS b ON b.id = r.batch_id JOIN place AS s ON s.series_id = r.series_id
        WHERE s.plan = 'liaoning-2021' AND r.approved_at IS NOT NULL
    """
    return [demo for (demo,) in store.connection.execute(asked)]


def test_a_demonstration_database_holds_made_up_figures_only_and_stays_one(tmp_path, seeds):
    with opened(tmp_path, demo=True, seeds=seeds) as store:
        demo = marks(store)
        assert len(demo) > 300 and set(demo) == {1}
        assert len(published(store, "liaoning-2021")) > 1
        count = len(entries(store, by=OPERATOR))
    with opened(tmp_path, seeds=seeds) as store:
        assert len(entries(store, by=OPERATOR)) == count
    edited(seeds, "plans/guofa-2013.toml", "remarks = [", 'remarks = [\n  "一条新说明",')
    with opened(tmp_path, seeds=seeds) as store:
        assert plan_by_id(store, "guofa-2013").remarks[0] == "一条新说明"
        assert set(marks(store)) == {1}


def test_a_real_database_takes_no_demonstration_figures(tmp_path):
    opened(tmp_path).close()
    with pytest.raises(StoreError, match="正式数据库"):
        opened(tmp_path, demo=True)
