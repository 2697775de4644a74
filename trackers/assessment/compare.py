"""Comparing figures at their limits, and dividing without inventing a number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Figures are decimals of at most 15 digits; as binary numbers their sums and quotients miss the exact result by
# some 1e-16 of it (9 of 100 after a tenth of the time is a pace of 0.9, yet may be computed as 0.8999999999999999).
# Whatever lies this close to a limit is at the limit. No reported figure comes as close without being equal.
TOLERANCE = 1e-12


def below(a: Floats, b: Floats | float) -> Flags:
    """Whether a < b by more than the rounding of binary numbers; false where either is absent (NaN)."""
    slack = TOLERANCE * np.maximum(np.abs(a), np.abs(b))
    return np.asarray(a < b - slack)


def at_least(a: Floats, b: Floats | float) -> Flags:
    """Whether a ≥ b, rounding aside; false where either is absent (NaN)."""
    slack = TOLERANCE * np.maximum(np.abs(a), np.abs(b))
    return np.asarray(a >= b - slack)


def meets(sign: Floats, value: Floats, target: Floats) -> Flags:
    """Whether the value meets the target; `sign` is 1 where more is better, −1 where less is.

    The direction decides, not the comparator: 12 of "10" is met where more is better.
    """
    return at_least(sign * value, sign * target)


def divide(a: Floats, b: Floats) -> Floats:
    """a / b, absent (NaN) where b is 0 or either is absent; never a negative zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(b == 0, np.nan, a / b) + 0.0


def first_of(cases: Sequence[tuple[Flags, str | None]]) -> NDArray[Any]:
    """For each entry the word of the first case that applies, None where none does."""
    words = np.array([word for _, word in cases] + [None], dtype=object)
    chosen = np.select([flags for flags, _ in cases], range(len(cases)), len(cases))
    return np.asarray(words[chosen])
