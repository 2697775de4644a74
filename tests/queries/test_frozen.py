from __future__ import annotations

import json
import math
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from tests.evaluated import (
    AT,
    CITY,
    COUNTY,
    CUTOFF,
    LATER,
    OTHER,
    PLAN,
    evaluated_store,
    frozen_evaluation,
    opened,
)
from tests.people import add_person, grant
from tests.samples import OPERATOR, figure, record
from trackers.actions.evaluations import assign, freeze, reopen
from trackers.errors import ForbiddenError, FrozenError, RefusedError, UnknownNameError
from trackers.model.account import Actor
from trackers.queries.assess import assess
from trackers.queries.check import faults
from trackers.queries.evaluations import policy_of
from trackers.queries.figures import kept_figures
from trackers.queries.frozen import (
    DOCUMENT,
    PROGRAM,
    canonical,
    digest_of,
    frame_of,
    frozen,
    rows_of,
)
from trackers.queries.plans import plan_by_id
from trackers.store import open_store


@pytest.fixture
def store(tmp_path):
    with evaluated_store(tmp_path) as store:
        yield store


def bend(store, old: str, new: str) -> None:
    run = store.connection.execute
    run("DROP TRIGGER evaluation_frozen_is_never_changed")
    run("UPDATE evaluation_frozen SET document = replace(document, ?, ?)", (old, new))


def same(a: pd.DataFrame, b: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(a, b, check_exact=True)
    for name in a:
        assert [type(value) for value in a[name].tolist()] == [type(value) for value in b[name].tolist()], name


def through(frame: pd.DataFrame) -> pd.DataFrame:
    return frame_of(json.loads(canonical(rows_of(frame))))


def test_a_frame_comes_back_with_its_types_absent_values_and_days():
    frame = pd.DataFrame(
        {
            "number": [0.1 + 0.2, math.nan, -0.0, 1e300, math.inf], "whole": [1, 2, 3, 4, 5], "flag": [True, False] * 2 + [True],
            "mixed": pd.Series([None, math.nan, date(2016, 12, 31), "文", (1, None)], dtype=object),
            "nested": pd.Series([{"a": {"q": None, "x": 1.0}}, {}, ["甲", "乙"], [], True], dtype=object),
        }
    )  # fmt: skip
    same(through(frame), frame)
    assert math.copysign(1, through(frame)["number"][2]) == -1


def test_an_empty_frame_comes_back_with_its_columns():
    frame = pd.DataFrame({"value": pd.Series(dtype=float), "name": pd.Series(dtype=object), "n": pd.Series(dtype="int64")})
    same(through(frame), frame)


@pytest.mark.parametrize("value", [object(), pd.Timestamp("2016-01-01"), {"$": 1}, {1: 2}])
def test_what_would_not_come_back_as_it_is_cannot_be_frozen(value):
    with pytest.raises(TypeError):
        rows_of(pd.DataFrame({"odd": pd.Series([value], dtype=object)}))


@pytest.mark.parametrize("name", ["fuxin-2013", "liaoning-2021", "fuyang-2021"])
def test_every_judgement_comes_back_as_it_was(demo_database: Path, name):
    with open_store(demo_database) as store:
        plan = plan_by_id(store, name)
        frame = assess(store, plan, date(2023, 6, 30), by=OPERATOR)
        same(through(frame), frame)


def test_what_was_frozen_is_the_judgement_the_targets_and_the_figures_of_then(store):
    about = frozen_evaluation(store)
    judged = assess(store, PLAN, CUTOFF, by=OPERATOR, known_at=LATER)
    record(store, figure("own", CITY, "2016Q4", 44), at=LATER + timedelta(days=1))
    made = frozen(store, about.id, by=OPERATOR)
    same(made.rows, judged)
    assert (made.kind.value, made.cutoff, made.known_at, made.plan) == ("midterm", CUTOFF, LATER, PLAN)
    assert made.policy == policy_of(about) and made.digest == about.digest
    values = made.figures.set_index(["indicator", "region", "period"])["value"]
    assert values["own", CITY, "2016Q4"] == 40 and ("own", CITY, "2017Q4") not in values
    one = made.figures[made.figures["indicator"] == "rate"].iloc[0]
    assert (one["numerator"], one["denominator"], one["revision"]) == (90, 100, 1)
    assert (one["origin"], one["unreviewed"]) == ("import", True)
    assert one["approved_at"] == int(AT.timestamp())
    assert {region.code for region in made.regions} >= {CITY, COUNTY, OTHER}


def test_the_document_has_the_keys_it_is_said_to_have_and_is_written_in_one_way(store):
    frozen_evaluation(store)
    (text,) = store.connection.execute("SELECT document FROM evaluation_frozen").fetchone()
    document = json.loads(text)
    assert sorted(document) == sorted(DOCUMENT) and canonical(document) == text
    assert "NaN" not in text and ": " not in text and "指标own" in text


def test_frozen_twice_from_the_same_data_for_the_same_moment_it_has_the_same_digest(store):
    about = frozen_evaluation(store)
    reopen(store, about.id, reason="再看一遍", by=OPERATOR, at=LATER)
    again = freeze(store, about.id, despite="县里没有报", by=OPERATOR, at=LATER)
    assert again.digest == about.digest
    record(store, figure("own", CITY, "2016Q4", 44), at=LATER)
    reopen(store, about.id, reason="更正", by=OPERATOR, at=LATER)
    assert freeze(store, about.id, despite="同上", by=OPERATOR, at=LATER).digest != about.digest


def test_what_was_frozen_before_it_was_opened_again_stays(store):
    about = frozen_evaluation(store)
    reopen(store, about.id, reason="更正", by=OPERATOR, at=LATER)
    with pytest.raises(RefusedError, match="还没有冻结的数据"):
        frozen(store, about.id, by=OPERATOR)
    record(store, figure("own", CITY, "2016Q4", 44), at=LATER + timedelta(hours=1))
    freeze(store, about.id, despite="同上", by=OPERATOR, at=LATER + timedelta(hours=2))
    values = [frozen(store, about.id, by=OPERATOR, number=number).figures["value"] for number in (2, 4)]
    assert [44.0 in set(each) for each in values] == [False, True]
    with pytest.raises(UnknownNameError):
        frozen(store, about.id, by=OPERATOR, number=3)


def test_changed_bytes_are_a_clear_error_and_the_check_names_them(store):
    about = frozen_evaluation(store)
    assert faults(store) == []
    bend(store, "40.0", "41.0")
    with pytest.raises(FrozenError, match=f"第 {about.id} 号评估的冻结数据与摘要不符"):
        frozen(store, about.id, by=OPERATOR)
    assert [each for each in faults(store) if "冻结数据与摘要不符" in each]


def test_a_frozen_document_cannot_be_changed_or_deleted(store):
    frozen_evaluation(store)
    for change in ("UPDATE evaluation_frozen SET document = ''", "DELETE FROM evaluation_frozen", "DELETE FROM evaluation_step"):
        with pytest.raises(Exception, match="append-only"):
            store.connection.execute(change)


def test_somebody_gets_the_part_of_their_regions_and_a_third_party_what_it_was_assigned(store):
    about = frozen_evaluation(store)
    county = add_person(store, "county", grant("reporter", COUNTY))
    assert set(frozen(store, about.id, by=county).rows["region"]) == {COUNTY}
    assert set(frozen(store, about.id, by=county).figures["region"]) == {COUNTY}
    beside = add_person(store, "beside", grant("third_party", CITY, below=True))
    other = opened(store, date(2018, 12, 31))
    for id in (about.id, other.id):
        with pytest.raises(ForbiddenError):
            frozen(store, id, by=beside)
    assign(store, about.id, "beside", by=OPERATOR, at=LATER)
    same(frozen(store, about.id, by=beside).rows, frozen(store, about.id, by=OPERATOR).rows)
    with pytest.raises(ForbiddenError):
        frozen(store, other.id, by=beside)
    with pytest.raises(ForbiddenError):
        frozen(store, about.id, by=Actor(login="nobody"))


def test_a_report_that_a_frozen_evaluation_used_is_locked_until_it_is_opened_again(store):
    def state(period):
        return kept_figures(store, PLAN.id)["own", CITY, period].state.word

    about = opened(store)
    numbers = {text: figure("own", CITY, text, 1).period.number for text in ("2016Q4", "2017Q4")}
    assert state(numbers["2016Q4"]) == "已审核"
    freeze(store, about.id, despite="缺数", by=OPERATOR, at=AT)  # at the very moment of the approval
    assert (state(numbers["2016Q4"]), state(numbers["2017Q4"])) == ("已锁定", "已审核")
    record(store, figure("own", CITY, "2016Q4", 44), at=AT + timedelta(seconds=1))
    assert state(numbers["2016Q4"]) == "已审核"  # the correction is none of the evaluation's figures
    reopen(store, about.id, reason="更正", by=OPERATOR, at=LATER)
    freeze(store, about.id, despite="缺数", by=OPERATOR, at=LATER)
    assert state(numbers["2016Q4"]) == "已锁定"
    reopen(store, about.id, reason="更正", by=OPERATOR, at=LATER)
    assert state(numbers["2016Q4"]) == "已审核"


def test_the_program_named_in_the_document_is_this_one():
    text = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["project"]["version"] == PROGRAM


def test_the_digest_is_that_of_the_text():
    assert digest_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
