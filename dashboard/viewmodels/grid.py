"""Where each of the 34 provincial units stands in the grid of tiles: an arrangement of our own, not a map.

Neighbours stand near each other as far as a grid of nine columns allows; sizes and outlines say nothing.
"""

from __future__ import annotations

# A row a line, a column a pair of signs: the first two digits of the code, `..` where no tile stands.
PICTURE = """
.. .. .. .. .. .. .. .. 23
.. .. .. .. 15 .. .. .. 22
65 .. 62 64 14 13 11 12 21
54 63 .. 61 41 37 .. .. ..
.. .. 51 50 42 34 32 31 ..
.. .. 53 52 43 36 33 .. ..
.. .. .. 45 44 35 .. 71 ..
.. .. .. 46 82 81 .. .. ..
"""


def _read(picture: str) -> dict[str, tuple[int, int]]:
    lines = [line.split() for line in picture.split("\n") if line]
    return {
        f"{sign}0000": (row, column) for row, line in enumerate(lines) for column, sign in enumerate(line) if sign != ".."
    }


PROVINCES = _read(PICTURE)  # code → (row, column), from 0
