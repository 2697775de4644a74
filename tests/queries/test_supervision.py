from __future__ import annotations

import time
from datetime import timedelta

import pytest

from tests.orders import AT, CITY, COUNTY, DUE, OTHER, PLAN, TODAY, catch_up, issued, lagging_store
from tests.people import add_person, grant
from tests.samples import OPERATOR
from trackers.actions.supervision import accept_answer, answer_order, close_order
from trackers.errors import ForbiddenError, UnknownNameError
from trackers.model.supervision import OrderState
from trackers.queries.supervision import ORDERS, board, find_order, open_orders, order_story, orders, turned
from trackers.queries.versions import versions

LATE = DUE + timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    with lagging_store(tmp_path) as store:
        yield store


@pytest.fixture
def reporter(store):
    return add_person(store, "haizhou", grant("reporter", COUNTY))


def answered(store, order, reporter):
    answer_order(store, order.id, "加紧", until=DUE, by=reporter, at=AT)


def test_a_list_without_orders_has_its_columns(store):
    found = orders(store, by=OPERATOR, on=TODAY)
    assert found.empty and tuple(found.columns) == ORDERS
    assert board(store, by=OPERATOR, on=TODAY).empty and turned(store, by=OPERATOR, on=TODAY).empty


def test_an_order_is_told_with_its_names_its_state_and_the_days_left(store):
    issued(store)
    row = orders(store, by=OPERATOR, plan=PLAN.id, on=TODAY).iloc[0]
    assert (row["number"], row["region_name"], row["indicator_name"]) == ("2024-0001", "海州区", "完成项目")
    assert row["state"] is OrderState.ISSUED and row["days"] == 17 and not row["overdue"] and row["due"] == DUE
    assert orders(store, by=OPERATOR, plan="other", on=TODAY).empty


def test_overdue_ones_rise_to_the_top_and_closed_ones_sink(store, reporter):
    city = issued(store, indicator="own", region=CITY, due=TODAY)
    county = issued(store)
    assert list(orders(store, by=OPERATOR, on=TODAY)["id"]) == [city.id, county.id]
    close_order(store, city.id, reason="撤销", by=OPERATOR, at=AT)
    again = issued(store, indicator="own", region=CITY, due=DUE + timedelta(days=9))
    assert list(orders(store, by=OPERATOR, on=LATE)["id"]) == [county.id, again.id, city.id]
    assert list(orders(store, by=OPERATOR, on=LATE)["overdue"]) == [True, False, False]


@pytest.mark.parametrize(("days", "overdue"), [(-1, False), (0, False), (1, True)])
def test_an_answer_that_nobody_accepted_does_not_stop_the_clock(store, reporter, days, overdue):
    order = issued(store)
    answered(store, order, reporter)
    assert orders(store, by=OPERATOR, on=DUE + timedelta(days=days))["overdue"].tolist() == [overdue]
    accept_answer(store, order.id, by=OPERATOR, at=AT)
    assert orders(store, by=OPERATOR, on=DUE + timedelta(days=days))["overdue"].tolist() == [False]


def test_the_board_counts_each_order_once(store, reporter):
    county, city = issued(store), issued(store, indicator="own", region=CITY)
    answered(store, county, reporter)
    found = board(store, by=OPERATOR, on=TODAY).set_index("region")
    assert found.loc[COUNTY, ["waiting", "answered", "overdue", "open", "closed"]].tolist() == [0, 1, 0, 1, 0]
    close_order(store, city.id, reason="撤销", by=OPERATOR, at=AT)
    found = board(store, by=OPERATOR, on=LATE).set_index("region")
    assert found.loc[COUNTY, ["waiting", "answered", "overdue", "open", "closed"]].tolist() == [0, 0, 1, 1, 0]
    assert found.loc[CITY, ["waiting", "answered", "overdue", "open", "closed"]].tolist() == [0, 0, 0, 0, 1]


def test_people_see_the_orders_of_the_regions_they_may_see_and_no_others(store, reporter):
    order = issued(store)
    neighbour = add_person(store, "xinqiu", grant("reporter", OTHER))
    above = add_person(store, "province", grant("leader", "210000", below=True))
    for each, number in ((reporter, 1), (neighbour, 0), (above, 1)):
        assert len(orders(store, by=each, on=TODAY)) == len(board(store, by=each, on=TODAY)) == number
    assert open_orders(store, PLAN.id, by=neighbour, on=TODAY) == {}
    with pytest.raises(ForbiddenError):
        order_story(store, order.id, by=neighbour)


def test_an_order_is_found_by_its_number_or_id(store):
    order = issued(store)
    assert find_order(store, " 2024-0001 ") == find_order(store, "1") == order.id
    for wrong in ("2023-0001", "2024-0002", "2", "", "x", "２", "9" * 30):
        with pytest.raises(UnknownNameError):
            find_order(store, wrong)


def test_an_order_that_turned_is_offered_with_how_it_stands_now(store):
    issued(store)
    assert turned(store, by=OPERATOR, on=TODAY).empty
    catch_up(store)
    row = turned(store, by=OPERATOR, on=TODAY).iloc[0]
    assert (row["word_now"], row["value_now"], row["day_now"], row["value"]) == ("快于预期", 20, TODAY, 5)


def test_which_rows_have_an_open_order_is_told_in_words(store, reporter):
    order = issued(store)
    assert open_orders(store, PLAN.id, by=OPERATOR, on=TODAY) == {("done", COUNTY): "2024-0001 待答复"}
    assert open_orders(store, PLAN.id, by=OPERATOR, on=LATE) == {("done", COUNTY): "2024-0001 已逾期，待答复"}
    close_order(store, order.id, reason="撤销", by=OPERATOR, at=AT)
    assert open_orders(store, PLAN.id, by=OPERATOR, on=LATE) == {}


def test_screens_are_made_anew_when_an_order_goes_on(store, reporter):
    before = versions(store).approved
    order = issued(store)
    issued_ = versions(store).approved
    answered(store, order, reporter)
    assert len({before, issued_, versions(store).approved}) == 3


def test_ten_thousand_orders_are_listed_quickly(store):
    issued(store)
    with store.writing():
        run = store.connection.execute
        columns = [row[1] for row in run("PRAGMA table_info(supervision_order)")][1:]
        names = ", ".join(columns)
        run(
            f"WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            f"INSERT INTO supervision_order (id, {names}) SELECT i, {names} FROM n, supervision_order WHERE id = 1"
        )
        run(
            "INSERT INTO supervision_step (order_id, number, kind, said, at, by) "
            "SELECT id, 1, 'closed', '撤销', at, by FROM supervision_order WHERE id % 2"
        )
    began = time.perf_counter()
    found = board(store, by=OPERATOR, on=TODAY)
    assert found["closed"].sum() == 5000 and time.perf_counter() - began < 2
