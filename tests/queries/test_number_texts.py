from __future__ import annotations

import json
from math import nan

import numpy as np
import pytest

from trackers.queries.number_texts import joined, number_texts

EDGES = [
    0.0, -0.0, 1.0, -1.0, 0.1, -0.1, 0.1 + 0.2, 2 / 3, 100 / 3, 1e-4, 9.999999999999999e-05, 1.2345e-4, 5e-324, 2.5e-5, 1e15,
    1e16, 1e22, 999999999999999.9, 999999999999999.0, 1e15 + 0.5, 123456789012345.67, 1e-7, 2.0**53, -2.0**63,
    1.7976931348623157e308, 98.76543209876543, 41.5, 33.33, 1e5, 123456.7, 1e6 + 0.5, 1e7 + 0.25, 12345678.9, 1e14 + 0.5,
]  # fmt: skip


def written(numbers: list[float]) -> list[str]:
    return ["null" if number != number else json.dumps(number) for number in numbers]


@pytest.mark.parametrize("number", EDGES)
def test_a_number_is_written_as_json_writes_it(number):
    assert number_texts(np.array([number])).to_pylist() == [json.dumps(number)]
    assert number_texts(np.array([number, nan])).to_pylist() == [json.dumps(number), "null"]


@pytest.mark.parametrize("seed", range(5))
def test_any_number_is_written_as_json_writes_it(seed):
    draw = np.random.default_rng(seed)
    bits = draw.integers(-(2**63), 2**63 - 1, 5000).view(np.float64)
    sizes = 10.0 ** draw.integers(-20, 20, 5000)
    cut = np.round(draw.normal(size=5000) * sizes, draw.integers(0, 6)) + 0.0
    shares = draw.integers(0, 1000, 5000) / draw.integers(1, 1000, 5000) * 100
    numbers = np.concatenate([bits[np.isfinite(bits)], draw.normal(size=5000) * sizes, cut, shares, [nan] * 10])
    draw.shuffle(numbers)
    assert number_texts(numbers).to_pylist() == written(numbers.tolist())


def test_whole_numbers_are_written_without_a_point():
    assert number_texts(np.array([0, -5, 2**62, 201303312])).to_pylist() == ["0", "-5", str(2**62), "201303312"]


def test_nothing_but_absent_numbers_is_written_as_null():
    assert number_texts(np.array([nan, nan])).to_pylist() == ["null", "null"]


def test_rows_are_joined():
    columns = [np.array([1, 2]), np.array([0.5, nan]), np.array([7.0, 1e300])]
    assert joined(columns, "]", ", [") == "1, 0.5, 7.0], [2, null, 1e+300]"
    assert joined([np.array([], dtype=np.int64)], "]", ", [") == ""
