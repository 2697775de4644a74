"""Columns of numbers as JSON writes them, the same text as Python's own, sooner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trackers.model.figure_table import Floats, Ints

# Numbers between them pyarrow writes as Python does; it begins earlier to write an exponent.
LEAST, MOST, MOST_WHOLE = 1e-4, 1e9, 1e15


def joined(columns: Sequence[Ints | Floats], after: str, between: str) -> str:
    """Rows of numbers: the cells of each joined by a comma, `after` behind it, and `between` it and the next."""
    rows = pc.binary_join_element_wise(*[number_texts(column) for column in columns], ", ")
    whole = pa.ListArray.from_arrays(pa.array([0, len(rows)], pa.int32()), rows)
    return str(pc.binary_join(whole, after + between)[0]) + after if len(rows) else ""


def number_texts(numbers: Ints | Floats) -> Any:
    """Each number as `json.dumps` writes it, `null` for NaN, as an array of pyarrow."""
    if numbers.dtype.kind == "i":
        return pc.cast(pa.array(numbers), pa.string())
    absent = np.isnan(numbers)
    if absent.all():
        return pa.repeat(pa.scalar("null"), len(numbers))
    size = np.abs(numbers)
    whole = (numbers == np.floor(numbers)) & (size < MOST_WHOLE) & ~((numbers == 0) & np.signbit(numbers))
    broken = ~whole & (size >= LEAST) & (size < MOST)
    texts = _whole(np.where(whole, numbers, 0))
    if broken.any():
        texts = pc.if_else(pa.array(broken), pc.cast(pa.array(numbers), pa.string()), texts)
    if absent.any():
        texts = pc.if_else(pa.array(absent), "null", texts)
    odd = ~(whole | broken | absent)
    return pc.replace_with_mask(texts, pa.array(odd), _written(numbers[odd])) if odd.any() else texts


def _whole(numbers: Floats) -> Any:
    texts = pc.cast(pa.array(numbers.astype(np.int64)), pa.string())
    return pc.binary_join_element_wise(texts, ".0", "")


def _written(numbers: Floats) -> Any:
    return pa.array([repr(number) for number in numbers.tolist()], pa.string())
