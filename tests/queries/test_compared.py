from __future__ import annotations

from datetime import date

import pytest

from tests.families import CITY, FAMILY, SUPERIOR, built, family_store, lower_plan
from tests.people import add_person, grant
from tests.samples import OPERATOR
from trackers.assessment.coverage import LeftOut
from trackers.queries.compared import COMPARED, compared, superiors_of
from trackers.queries.compared_records import (
    compared_record,
    covered_sentence,
    lacking_sentences,
    nothing_sentence,
    remark_text,
    target_text,
    verdict_text,
)

DAY = date(2016, 12, 31)


@pytest.fixture
def store(tmp_path):
    with family_store(tmp_path) as store:
        yield store


def of(found, side: str, indicator: str = "built") -> list[dict]:
    record = next(each for each in compared_record(found)["indicators"] if each["indicator"] == indicator)
    return record[side] if side == "lower" else [record[side]]


def test_a_plan_is_compared_below_itself_or_below_what_it_carries_out(store):
    assert [each.id for each in superiors_of(store, SUPERIOR)] == [SUPERIOR.id]
    assert [each.id for each in superiors_of(store, CITY)] == [SUPERIOR.id]
    alone = SUPERIOR.model_copy(update={"id": "lonely"})
    assert superiors_of(store, alone) == []


def test_lower_targets_stand_beside_the_superior_one_and_none_is_counted_twice(store):
    found = compared(store, SUPERIOR, DAY, by=OPERATOR)
    assert tuple(found.frame.columns) == COMPARED
    (above,), lower = of(found, "superior"), of(found, "lower")
    assert (above["target"], above["value"], above["verdict"], above["share"]) == (100, 40, "lagging", None)
    assert [(r["plan"], r["target"], r["share"], r["counted"], r["left_out"]) for r in lower] == [
        ("sample-2013", 30, 0.3, True, None), ("other-2013", 50, 0.5, True, None), ("county-2013", 10, 0.1, False, "inside"),
    ]  # fmt: skip
    assert [(r["value"], r["verdict"]) for r in lower] == [(20, "ahead"), (None, "no_data"), (None, "no_data")]
    said = found.coverage["built"]
    assert (said.total, said.share, said.rest) == (80, 0.8, 20)
    assert covered_sentence(said, above) == "下级目标合计80项（2份规划），占上级目标100项的80.0%，其余20项没有落到所列的规划。"
    assert (found.alone, found.unmatched) == (("省级中心",), ("新邱",))
    assert lacking_sentences(found)[0] == "下级规划里没有同口径指标的：省级中心。"


def test_rates_stand_side_by_side_and_are_never_added_up(store):
    found = compared(store, SUPERIOR, DAY, by=OPERATOR)
    (row,) = of(found, "lower", "checked")
    assert (row["target"], row["share"], row["counted"]) == (90, None, False)
    assert remark_text(row) == LeftOut.RATE.word and target_text(row) == "≥90%（2020年）"
    assert covered_sentence(found.coverage["checked"], row) == "不合计：比率和平均数不能相加，只并列。"


def test_a_mean_is_not_added_up_either(tmp_path):
    mean = lower_plan("mean-2013", "210900", "平均", built(30, "county", aggregation="mean"))
    with family_store(tmp_path, SUPERIOR, mean, CITY) as store:
        assert compared(store, SUPERIOR, DAY, by=OPERATOR).coverage["built"].total is None


def test_targets_that_are_not_known_are_said_to_be(tmp_path):
    lost = lower_plan("other-2013", "210100", "沈阳", built(None))
    with family_store(tmp_path, SUPERIOR, CITY, lost) as store:
        found = compared(store, SUPERIOR, DAY, by=OPERATOR)
    row = of(found, "lower")[1]
    assert target_text(row) == "待核实（2020年）" and "没有计入" in remark_text(row)
    assert found.coverage["built"].total == 30


def test_who_may_not_see_a_plans_figures_sees_its_target_and_no_figure(store):
    city = add_person(store, "leader", grant("leader", "210900"))
    found = compared(store, SUPERIOR, DAY, by=city)
    (above,), lower = of(found, "superior"), of(found, "lower")
    assert (above["target"], above["value"], above["verdict"], above["observed"]) == (100, None, None, None)
    assert verdict_text(above) == "无权查看"
    assert (lower[0]["value"], lower[0]["open"]) == (20, True)
    nobody = compared(store, SUPERIOR, DAY, by=add_person(store, "nobody"))
    assert nobody.frame["value"].isna().all() and not nobody.frame["open"].any()


def test_a_later_year_of_the_lower_plan_is_not_judged_as_that_of_the_superior(tmp_path):
    both = built(30) | {"targets": [*built(20)["targets"], {**built(30)["targets"][0], "year": 2025}]}
    late = lower_plan("sample-2013", "210900", "阜新", both).model_copy(update={"end": 2025, "milestones": [2020, 2025]})
    with family_store(tmp_path, SUPERIOR, late) as store:
        (row,) = of(compared(store, SUPERIOR, date(2022, 12, 31), by=OPERATOR), "lower")
    assert (row["target"], row["target_year"], row["value"]) == (20, 2020, 20)
    assert row["verdict"] is None and row["word"] is None


def test_why_there_is_nothing_to_compare_is_said():
    named = CITY.model_copy(update={"carries_out": [each.model_copy(update={"plan": None}) for each in CITY.carries_out]})
    assert nothing_sentence(named).startswith("它贯彻的《省规划》没有收录")
    assert nothing_sentence(FAMILY[0]).startswith("没有收录它贯彻的上级规划")
