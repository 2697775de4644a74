"""The regions below one on the page 区域, side by side."""

from __future__ import annotations

from dashboard import components
from dashboard.viewmodels import overview
from dashboard.viewmodels.placed import Placed


def draw(placed: Placed, below: list[str]) -> None:
    """`below` are the codes of the regions directly below."""
    components.region_matrix(overview.matrix(placed.rows(*below), below))
