"""Shares worked out many at a time are those that are worked out exactly."""

from __future__ import annotations

from decimal import Decimal
from math import inf, nan

import numpy as np
import pytest

from tests.samples import indicator
from trackers.exchange.meanings import Meanings, made
from trackers.model.plan import Indicator, Plan

KINDS = [
    Indicator.model_validate(indicator("share", unit="%", measure="rate", aggregation="ratio")),
    Indicator.model_validate(indicator("times", unit="倍", measure="rate", aggregation="ratio")),
    Indicator.model_validate(indicator("counted", unit="项", measure="count", aggregation="sum")),
]


@pytest.fixture
def meanings():
    return Meanings(None, None, Plan.model_construct(indicators=KINDS))


def exactly(kinds: np.ndarray, *parts: np.ndarray) -> list[float]:
    rows = zip(kinds.tolist(), *(part.tolist() for part in parts), strict=True)
    return [made(KINDS[kind], None, *(Decimal(repr(number)) for number in own)) for kind, *own in rows]


@pytest.mark.parametrize("most", [3, 50, 10**4, 10**6, 10**9 - 1])
def test_a_share_is_the_float_nearest_to_it(meanings, most):
    draw = np.random.default_rng(most)
    kind, denominator = draw.integers(0, 2, 20_000), draw.integers(1, most + 1, 20_000).astype(float)
    numerator = np.floor(denominator * draw.random(20_000))
    assert meanings.shares(kind, np.full(20_000, nan), numerator, denominator).tolist() == exactly(kind, numerator, denominator)


@pytest.mark.parametrize(
    ("kind", "value", "numerator", "denominator"),
    [(0, nan, 1, 0), (0, nan, 2, 1), (0, nan, -1, 1), (0, nan, 0.5, 1), (0, nan, 1, 2.5), (0, nan, nan, 1), (0, nan, 1, nan),
     (0, 50, 1, 2), (0, inf, 1, 2), (0, nan, 1, 1e9), (0, nan, inf, inf), (2, nan, 1, 2)],
)  # fmt: skip
def test_what_is_no_plain_share_is_left_to_be_looked_at(meanings, kind, value, numerator, denominator):
    columns = [np.array([kind])] + [np.array([number], dtype=float) for number in (value, numerator, denominator)]
    assert meanings.shares(*columns).tolist() == [inf]
