from __future__ import annotations

import numpy as np
import pytest

from trackers.model.figure_table import distinct


@pytest.mark.parametrize("numbers", [[], [0], [5, 5, 5], [3, 0, 3, 900_000, 1]])
def test_the_distinct_numbers_are_told_in_their_order(numbers):
    assert distinct(np.array(numbers, dtype=np.int64)) == sorted(set(numbers))
