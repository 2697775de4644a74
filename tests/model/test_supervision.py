from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from trackers.model.supervision import (
    OrderLevel,
    OrderState,
    StepKind,
    order_number,
    state_after,
    usual_request,
)

DUE = date(2024, 6, 20)


def test_an_order_without_a_step_waits_for_its_answer_and_each_step_makes_its_state():
    assert state_after(None) is OrderState.ISSUED
    assert [state_after(kind).value for kind in StepKind] == [kind.value for kind in StepKind]


@pytest.mark.parametrize(
    ("state", "region", "issuer", "open_"),
    [("issued", True, False, True), ("answered", False, True, True), ("returned", True, False, True),
     ("accepted", False, False, True), ("closed", False, False, False)],
)  # fmt: skip
def test_the_state_says_for_whom_it_waits(state, region, issuer, open_):
    found = OrderState(state)
    assert (found.waits_for_region, found.waits_for_issuer, found.is_open) == (region, issuer, open_)
    assert (StepKind.CLOSED in found.next) is open_


@pytest.mark.parametrize("state", ["issued", "answered", "returned"])
def test_an_order_is_overdue_the_day_after_it_was_due(state):
    found = OrderState(state)
    assert [found.is_overdue(DUE, DUE + timedelta(days=days)) for days in (-1, 0, 1)] == [False, False, True]


@pytest.mark.parametrize("state", ["accepted", "closed"])
def test_an_order_whose_answer_was_accepted_is_never_overdue(state):
    assert not OrderState(state).is_overdue(DUE, DUE + timedelta(days=99))


def test_every_state_step_and_level_has_its_word():
    assert all(each.word for kinds in (OrderState, StepKind, OrderLevel) for each in kinds)


def test_an_order_is_numbered_by_the_year_in_beijing():
    assert order_number(3, datetime(2024, 12, 31, 16, tzinfo=UTC)) == "2025-0003"
    assert order_number(12345, datetime(2024, 12, 31, 15, 59, tzinfo=UTC)) == "2024-12345"


def test_the_usual_request_names_the_day():
    assert "2024年6月20日" in usual_request(DUE)
