"""A file read by columns is answered as one read by rows: in faults, doubts, counts, and what is kept of it."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.people import add_person, grant
from tests.samples import AT, OPERATOR, figure, indicator, new_store, ratio, record, sample_plan
from tests.windows import open_county
from trackers.actions import figure_tables as taking_in
from trackers.actions.figures import HandIn, submit_figures
from trackers.actions.plans import load_plans
from trackers.actions.review import give_back
from trackers.errors import FileError, ForbiddenError, RefusedError
from trackers.exchange import large_csv
from trackers.exchange.import_figures import Reading, import_figures, read_figures
from trackers.exchange.large_csv import is_large_csv
from trackers.exchange.large_file import LargeReading, import_large, read_large
from trackers.model.account import Actor
from trackers.model.period import Period
from trackers.queries import figure_tables
from trackers.queries.check import faults
from trackers.queries.figures import Change, series_in
from trackers.queries.plans import plan_by_id
from trackers.queries.review import ReportKey
from trackers.store import Store

HEADER = ["地区", "指标", "填报期", "填报值", "分子", "分母", "备注", "佐证地址", "理由"]
PLAN = "sample-2013"
REGIONS = ["海州区", "210902", "新邱区", "210903", "彰武", " 彰武县 ", "阜新市", "210900", "海洲区", "", "辽宁省", "２１０９０２"]
INDICATORS = ["own", "指标own", "summed", "rate", "mean", "percent", "指标rate", " 指标mean", "none", ""]
PERIODS = ["2016Q4", "2016", "2016年第四季度", "2016Q3", "2016-12", "2016-05-20", "2015", "2014Q1", "2024Q4", "2016H2", "x", ""]
VALUES = [
    "40", "0", "-0", "40.0", "41.5", "-3", "0.5", "120", "1,234", "４０", "40项", "95%", "约40", "1e3", " ", "", " 7 ", "007",
    "12345678901234567", "1234567890123456", "0.1234567890123456", "999999999999999.9", "=1+1", "-", "+5", "4.", ".5",
]  # fmt: skip
PARTS = ["", "", "", "95", "100", "3", "0", "7.50", "0.00", "1,000", "-1", "x"]
NOTES = ["", "", "", "年报", " 年报 ", "a\x07b", "长" * 501]
EVIDENCE = ["", "", "", "https://a.cn"]


@pytest.fixture
def store(tmp_path):
    with kept_before(tmp_path / "one") as store:
        yield store


def kept_before(folder: Path) -> Store:
    """A store with figures of each state: approved, made up, waiting, given back."""
    percent = indicator("percent", unit="%", measure="rate", frequency="year", level="county", aggregation="mean")
    plan = sample_plan()
    store = new_store(folder, plan.model_validate({**plan.model_dump(by_alias=True), "indicators": [*plan.indicators, percent]}))
    later = sample_plan(id="later-2021", title="后一规划", short="后一", start=2021, end=2025, milestones=[2025])
    load_plans(store, [later], by=OPERATOR, at=AT)
    record(store, figure("own", "210900", "2016Q3", 38, note="年报"), figure("own", "210900", "2016Q4", 40))
    record(store, figure("summed", "210902", "2016Q3", 41), ratio("210902", "2016", 95, 100))
    record(store, figure("mean", "210903", "2016Q4", 40))
    record(store, figure("mean", "210902", "2016Q3", 40), hand_in=HandIn(origin="demonstration", demo=True))
    open_county(store, PLAN, "2016Q1", "2016Q4")
    person = add_person(store, "tian", grant("reporter", "210902"))
    reviewer = add_person(store, "shen", grant("reviewer", "210900"))
    at = datetime.now(UTC)
    for period, value in (("2016Q4", 40), ("2016Q2", 39)):
        submit_figures(store, PLAN, [figure("mean", "210902", period, value)], HandIn(origin="page"), by=person, at=at)
    key = ReportKey(series_in(store, PLAN)["mean", "210902"], Period.parse("2016Q2").number, 1)
    give_back(store, [key], comment="请核对", by=reviewer, at=at)
    return store


def written(folder: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, **more: Any) -> Path:
    file = folder / "填报.csv"
    with file.open("w", newline="", **{"encoding": "utf-8", **more}) as text:
        csv.writer(text).writerows([header, *rows])
    return file


def drawn(seed: int, rows: int) -> list[list[str]]:
    """Rows of which most are sound and some are odd in one cell or in all."""
    pick = random.Random(seed).choice
    pools = (REGIONS, INDICATORS, PERIODS, VALUES, PARTS, PARTS, NOTES, EVIDENCE, ["", "", "核对"])
    found = [sound(pick) if number % 5 else [pick(pool) for pool in pools] for number in range(rows)]
    for row in found[::7]:
        column = pick(range(len(pools)))
        row[column] = pick(pools[column])
    return found


def sound(pick: Callable[[Sequence[str]], str]) -> list[str]:
    year, quarter = pick(["2013", "2014", "2015", "2016"]), pick(["Q1", "Q2", "Q3", "Q4"])
    id = pick(["own", "summed", "mean", "percent", "rate", "rate"])
    region = pick(["阜新市", "210900"]) if id == "own" else pick(["海州区", "210903", "彰武县"])
    period = year if id in ("percent", "rate") else year + quarter
    parts = [pick(["0", "1", "2.5", "95"]), pick(["96", "100", "333.30"])] if id == "rate" else ["", ""]
    value = "" if id == "rate" else pick(["38", "39", "40", "41", "95", "400"])
    return [region, pick([id, f"指标{id}"]), period, value, *parts, pick(["", "", "年报"]), "", ""]


def answers(store: Store, file: Path, plan: str | None = PLAN, by: Actor = OPERATOR) -> tuple[Reading, LargeReading]:
    """Assert that both ways of reading tell the same; returns both."""
    held, on = plan_by_id(store, plan) if plan else None, date(2016, 12, 1)
    small, large = read_figures(store, file, held, by=by, on=on), read_large(store, file, held, by=by, on=on)
    assert large.faults == small.faults
    assert large.warnings == small.warnings
    assert (large.empty, large.demo, large.name, large.digest) == (small.empty, small.demo, small.name, small.digest)
    assert [large.count(change) for change in Change] == [small.count(change) for change in Change]
    figures = {int(table.row[at]): table.figure(at) for _, table in large.tables for at in range(len(table))}
    assert figures == {each.row: each.figure for each in small.taken}
    return small, large


@pytest.mark.parametrize("plan", [PLAN, None], ids=["of one plan", "of whatever plan"])
@pytest.mark.parametrize("seed", range(6))
def test_odd_rows_are_answered_the_same_and_the_sound_ones_kept_the_same(tmp_path, store, seed, plan):
    file = written(tmp_path, drawn(seed, 150))
    with kept_before(tmp_path / "two") as other:
        small, large = answers(store, file, plan)
        assert large.taken > 10 and large.faults and large.warnings
        done = import_figures(store, small, by=OPERATOR, at=AT, accept_valid=True)
        assert import_large(other, large, by=OPERATOR, at=AT, accept_valid=True) == done
        assert kept(store) == kept(other)
        assert faults(store) == faults(other) == []
        assert import_large(other, read_large(other, file, by=OPERATOR), by=OPERATOR, at=AT, accept_valid=True)[0].batch is None


def kept(store: Store) -> dict[str, Any]:
    """What a hand-in leaves, with what the record tells of it; series by what they are about, for they are numbered anew."""
    place = "(SELECT indicator || region FROM place WHERE series_id = {}.series_id)"
    asked = {
        "report": f"SELECT {place.format('report')}, period, revision, value, numerator, denominator, batch_id FROM report",
        "report_text": f"SELECT {place.format('report_text')}, period, revision, note, evidence, reason, doubts FROM report_text",
        "standing": f"SELECT {place.format('standing')}, n, first_value, value, day, previous, round(sum_xy), demo FROM standing",
        "batch": "SELECT origin, file, file_digest, demo, reviewed FROM batch",
        "audit": "SELECT by, action, subject, json_remove(detail, '$.digest') FROM audit",
    }
    return {name: sorted(store.connection.execute(sql).fetchall(), key=str) for name, sql in asked.items()}


def of_region(id: str, period: str, *cells: str, region: str = "海州区") -> list[str]:
    return [region, id, period, *cells, *[""] * (6 - len(cells))]


@pytest.mark.parametrize("at_once", [1, 7])
def test_the_answers_do_not_depend_on_where_the_parts_are_cut(tmp_path, store, monkeypatch, at_once):
    monkeypatch.setattr(large_csv, "AT_ONCE", at_once)
    monkeypatch.setattr(figure_tables, "AT_ONCE", at_once)
    answers(store, written(tmp_path, drawn(11, 100)))
    answers(store, written(tmp_path, drawn(12, 100)), None)


def test_a_row_of_a_region_that_is_not_ones_own_has_a_fault(tmp_path, store):
    file = written(tmp_path, [of_region("mean", "2015Q1", "40"), of_region("mean", "2015Q1", "40", region="新邱区")])
    _, large = answers(store, file, by=Actor(login="tian"))
    assert [fault.row for fault in large.faults] == [3]
    with pytest.raises(ForbiddenError, match="直接入库"):
        import_large(store, large, by=Actor(login="tian"), at=AT, accept_valid=True)


def test_a_sheet_that_repeats_the_last_one_in_every_row_is_doubted(tmp_path, store):
    file = written(tmp_path, [of_region("own", "2017Q1", "40", region="阜新市"), of_region("summed", "2017Q1", "41")])
    _, large = answers(store, file)
    assert sum("完全相同" in str(doubt) for doubt in large.warnings) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("by", [",", ";", "\t"])
def test_the_header_is_found_whatever_the_file_is_written_in(tmp_path, store, encoding, by):
    rows = [["1", "阜新市", "own", "2015Q1", "7"], [], ["2", "海州区", "mean", "2015Q1", "约5"]]
    lines = [["填报表"], [], ["序号", *HEADER[:4]], *rows]
    file = tmp_path / "填报.csv"
    file.write_text("\n".join(by.join(line) for line in lines), encoding=encoding)
    _, large = answers(store, file)
    assert (large.taken, [fault.row for fault in large.faults]) == (1, [6])


def test_rows_shorter_and_longer_than_the_header_are_read(tmp_path, store):
    file = written(tmp_path, [["阜新市", "own", "2015Q1", "7"], ["阜新市"], ["阜新市", "own", "2015Q2", "8", *["", ""] * 5], []])
    _, large = answers(store, file)
    assert (large.taken, large.empty) == (2, 0)


@pytest.mark.parametrize(
    "content",
    ["甲,乙\n1,2\n".encode(), "地区,指标,填报期,填报值\n阜新市,own,2015Q1,7\n\"阜新市,own".encode(),
     "地区,指标,填报期,填报值,数值\n".encode(), b"\0\1\2\xff\xff"],
)  # fmt: skip
def test_what_cannot_be_read_as_a_table_is_refused_in_the_same_words(tmp_path, store, content):
    file = tmp_path / "填报.csv"
    file.write_bytes(content)
    with pytest.raises(FileError) as small:
        read_figures(store, file, by=OPERATOR)
    with pytest.raises(FileError) as large:
        read_large(store, file, by=OPERATOR)
    assert str(large.value) == str(small.value)


def test_one_entry_in_the_record_speaks_for_the_whole_file(tmp_path, store):
    rows = [of_region("summed", f"{year}Q{quarter}", "41") for year in (2013, 2014, 2015) for quarter in (1, 2, 3, 4)]
    before = store.rows("audit_last")[0]["id"]
    (done,) = import_large(store, read_large(store, written(tmp_path, rows), by=OPERATOR), by=OPERATOR, at=AT)
    assert (done.new, store.rows("audit_last")[0]["id"]) == (12, before + 1)
    store.connection.execute("DROP TRIGGER report_is_decided_once")
    store.connection.execute("UPDATE report SET value = value + 1 WHERE batch_id = ? AND period = ?", (done.batch, 201303312))
    assert f"第 {done.batch} 次填报的内容与操作记录不一致" in faults(store)


def test_a_file_with_faults_or_without_a_figure_changes_nothing(tmp_path, store):
    wrong = written(tmp_path, [of_region("summed", "2013Q1", "41"), of_region("summed", "2013Q2", "约41")])
    with pytest.raises(RefusedError, match="1 行有误，没有导入任何数据.*其余 1 行"):
        import_large(store, read_large(store, wrong, by=OPERATOR), by=OPERATOR, at=AT)
    with pytest.raises(RefusedError, match="没有可以导入的数据"):
        import_large(store, read_large(store, written(tmp_path, []), by=OPERATOR), by=OPERATOR, at=AT)


def test_a_file_is_taken_in_as_a_whole_or_not_at_all(tmp_path, store, monkeypatch):
    monkeypatch.setattr(figure_tables, "AT_ONCE", 1)
    rows = [of_region("summed", "2013Q1", "41"), of_region("summed", "2013Q1", "41", region="新邱区")]
    reading, before = read_large(store, written(tmp_path, rows), by=OPERATOR), kept(store)
    asked = iter([0])

    def fails_the_second_time(*given: Any) -> None:
        next(asked)

    monkeypatch.setattr(taking_in, "begin_standings", fails_the_second_time)
    with pytest.raises(StopIteration):
        taking_in.record_tables(store, {PLAN: reading.tables[0][1]}, HandIn(origin="import"), by=OPERATOR, at=AT)
    assert kept(store) == before


def test_only_large_text_is_read_by_columns(tmp_path, monkeypatch):
    monkeypatch.setattr(large_csv, "LARGE", 10)
    files = {"a.csv": b"x" * 10, "b.csv": b"x" * 9, "c.xlsx": b"x" * 10, "d.csv": b"PK" + b"x" * 10}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert [name for name in files if is_large_csv(tmp_path / name)] == ["a.csv"]
    assert not is_large_csv(tmp_path / "none.csv")
