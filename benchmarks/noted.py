"""What a server that notes how long its scripts take is told by its environment."""

from __future__ import annotations

APPLICATION, TIMES = "BENCHMARKED_APPLICATION", "BENCHMARKED_TIMES"
