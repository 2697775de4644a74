from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from benchmarks import judging
from benchmarks.__main__ import MEASURES
from benchmarks.filling import BY
from benchmarks.indicators import courses
from benchmarks.measure import HEAD, Row, interleaved, table
from benchmarks.national import NATION, PAST, PERIODS, TODAY, make, regions_for
from benchmarks.sets import Made
from trackers.exchange.region_file import read_regions
from trackers.model.period import day_number
from trackers.model.plan import Level
from trackers.queries import standings
from trackers.queries.assess import assess, series_judged
from trackers.queries.check import faults
from trackers.queries.history import folded, reports_of
from trackers.queries.plans import plans
from trackers.queries.readers import FEW, MANY, end_readers, folded_in_bulk, worth_asking
from trackers.queries.remembered import forget
from trackers.settings import SEEDS
from trackers.store import EVER, open_store

SHARE = 0.5


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("national") / "small.db"
    make(path, SHARE)
    return Made(SHARE, path)


@pytest.fixture
def store(made):
    with open_store(made.path) as store:
        yield store


def test_the_whole_set_has_every_province_prefecture_and_county():
    tree = read_regions(SEEDS / "regions" / "regions.csv")
    expected = [r for r in [tree[NATION], *tree.below(NATION, PERIODS[-1].end)] if r.level is not Level.AREA]
    assert [r.code for r in regions_for(100)] == sorted(r.code for r in expected)
    assert len(courses()) == 30 and len(PERIODS) == 60
    assert 5.5e6 < (len(regions_for(100)) - 1) * len(courses()) * len(PERIODS) < 6e6


def test_a_share_is_whole_prefectures_with_what_lies_above_them():
    regions = {region.code: region for region in regions_for(1)}
    assert 30 <= len(regions) <= 60
    assert all(region.parent in regions for region in regions.values() if region.level is not Level.NATION)


def test_what_is_made_is_a_sound_database_of_marked_figures(store):
    assert faults(store) == []
    assert store.connection.execute("SELECT min(demo), max(reviewed) FROM batch").fetchone() == (1, 0)
    found = store.connection.execute("SELECT max(revision), avg(revision > 1) FROM report").fetchone()
    assert found[0] == 3 and 0.02 < found[1] < 0.08


def test_the_same_seed_makes_the_same_figures(made, tmp_path):
    make(tmp_path / "again.db", SHARE)
    query = "SELECT count(*), sum(value), sum(value * period), sum(observed * revision) FROM report"
    told = []
    for path in (made.path, tmp_path / "again.db"):
        with open_store(path) as store:
            told.append(store.connection.execute(query).fetchone())
    assert told[0] == told[1]


@pytest.mark.parametrize("day", [TODAY, PAST, date(2012, 3, 31), date(2010, 3, 31)])
def test_the_log_folded_in_memory_tells_what_the_stores_own_statement_tells(store, day):
    ids = [row["id"] for row in store.rows("all_series_ids")]
    kept = pd.DataFrame(store.rows("standings_from_log", series=str(ids), day=day_number(day), known=EVER))
    told = pd.DataFrame(folded(reports_of(store, ids, day_number(day), EVER)))
    kept = kept.rename(columns={"first_value": "first"})[told.columns].astype(float)
    pd.testing.assert_frame_equal(told.astype(float), kept, rtol=1e-12, atol=0)


def test_series_are_judged_the_same_with_and_without_words(store):
    for plan in plans(store):
        frame = assess(store, plan, PAST, by=BY).set_index(["indicator", "region"])
        bare = series_judged(store, plan, PAST, by=BY)
        shown = frame[frame["basis"] == "reported"]
        assert len(bare) == len(shown)
        assert bare["verdict"].tolist() == shown["verdict"].tolist()
        pd.testing.assert_series_equal(bare["pace"], shown["pace"], check_index=False)


@pytest.mark.parametrize("day", [PAST, date(2012, 3, 31)])
def test_series_are_judged_the_same_by_readers_in_processes_of_their_own(store, monkeypatch, day):
    def judged(plan):
        forget()
        bare = series_judged(store, plan, day, by=BY)
        forget()
        return bare, assess(store, plan, day, by=BY)

    for plan in plans(store):
        monkeypatch.setattr(standings, "worth_asking", lambda _: False)
        alone = judged(plan)
        monkeypatch.setattr(standings, "worth_asking", bool)
        for own, other in zip(judged(plan), alone, strict=True):
            pd.testing.assert_frame_equal(own, other, rtol=1e-12, atol=0)
    end_readers()


def test_readers_are_started_for_very_many_series_and_asked_for_fewer_while_they_run(store):
    assert worth_asking(MANY) and not worth_asking(MANY - 1)
    folded_in_bulk(store, range(1, 3), 18262, EVER, {})
    assert worth_asking(FEW) and not worth_asking(FEW - 1)
    end_readers()
    assert not worth_asking(FEW)


def test_judging_is_measured_and_told(made, monkeypatch):
    monkeypatch.setattr(judging, "ROUNDS", 1)
    monkeypatch.setattr(judging, "APPLIED", 600)
    rows = list(judging.rows([made]))
    assert [row.goal for row in rows] == ["≤ 0.3", "≥ 300", "≤ 4", "", "", ""]
    assert all(row.ratio and row.ratio > 0 for row in rows)
    assert set(MEASURES) >= {"judging"}


def test_things_are_measured_in_turns():
    done: list[str] = []
    interleaved([lambda: done.append("one"), lambda: done.append("other")], 2)
    assert done == ["one", "other"] * 2


def test_the_table_is_text_or_markdown():
    row = Row("1 %", "a thing", "2 ms", "scan 1 ms", 2.0, "≤ 0.3", False, "why")
    assert table([row], markdown=False).splitlines()[1].split("  ")[0] == "1 %"
    assert table([row], markdown=True).splitlines()[2] == "| 1 % | a thing | 2 ms | scan 1 ms | 2 | ≤ 0.3 | no — why |"
    assert len(HEAD) == 7
