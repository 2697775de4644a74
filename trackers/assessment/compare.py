"""Comparing figures at their limits, and dividing without inventing a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Words:
    """A word, or None, for each entry: kept as numbers, since there are few words and very many entries."""

    code: NDArray[np.int8]
    known: tuple[str | None, ...]

    @property
    def text(self) -> NDArray[Any]:
        """The words themselves."""
        return np.array([None if word is None else str(word) for word in self.known], dtype=object)[self.code]

    def among(self, *words: str) -> Flags:
        """Whether each is one of these words."""
        return np.array([word in words for word in self.known], dtype=bool)[self.code]

    def where(self, keep: Flags, other: Words) -> Words:
        """These words where `keep` holds, the other ones elsewhere."""
        code = np.where(keep, self.code, other.code + len(self.known)).astype(np.int8)
        return Words(code, self.known + other.known)

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.text.tolist())

    def __getitem__(self, place: int) -> str | None:
        return self.known[int(self.code[place])]


def first_of(cases: Sequence[tuple[Flags, str | None]]) -> Words:
    """For each entry the word of the first case that applies, None where none does."""
    code = np.full(len(cases[0][0]), len(cases), dtype=np.int8)
    for number, (applies, _) in reversed(list(enumerate(cases))):
        code[applies] = number
    return Words(code, tuple(word for _, word in cases) + (None,))


def everywhere(word: str, like: Flags) -> Words:
    """One word for every entry."""
    return Words(np.zeros(len(like), dtype=np.int8), (word,))
