"""What `python -m benchmarks --only importing` measures, with few rows."""

from __future__ import annotations

from benchmarks import importing
from benchmarks.__main__ import MEASURES


def test_a_file_is_taken_in_and_inserted_and_both_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "ROUNDS", 1)
    rows = list(importing._of(tmp_path, 300))
    assert [row.goal for row in rows] == ["≥ 1", ""]
    assert all(row.ratio and row.ratio > 0 and "MB" in row.note for row in rows)
    assert MEASURES["importing"] is importing.rows
    assert len((tmp_path / "figures.csv").read_text(encoding="utf-8").splitlines()) == 301
