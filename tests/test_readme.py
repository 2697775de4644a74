"""Each command of the README runs as it stands."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from trackers.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    blocks = re.findall(r"^```\n(.*?)^```$", README, re.M | re.S)
    return [line for block in blocks for line in block.splitlines()]


def test_the_commands_of_the_readme_run_one_after_the_other(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRACKERS_DB", str(tmp_path / "data" / "tracker.db"))
    run = [line for line in commands() if line.startswith("python -m trackers ")]
    assert len(run) >= 10
    for line in run:
        if " import " in line:
            fill_in(tmp_path / "entry.xlsx")
        monkeypatch.setattr(sys, "argv", shlex.split(line)[2:])
        with pytest.raises(SystemExit) as stopped:
            main()
        assert not stopped.value.code, f"{line}: {capsys.readouterr().err}"


def fill_in(sheet: Path) -> None:
    """What a person does between two commands: type a figure into the sheet."""
    import openpyxl

    book = openpyxl.load_workbook(sheet)
    page = book.active
    header = next(row for row in page.iter_rows() if "指标" in [cell.value for cell in row])
    indicator = next(cell.column for cell in header if cell.value == "指标")
    value = next(cell.column for cell in header if str(cell.value).startswith("填报值"))
    row = next(r for r in page.iter_rows(min_row=header[0].row + 1) if r[indicator - 1].value == "省部级科研项目")
    page.cell(row[0].row, value).value = "1"
    book.save(sheet)


def test_the_two_commands_of_a_newcomer_are_there():
    assert "pip install -r requirements.txt && python -m dashboard" in commands()
    assert "pip install -r requirements-dev.txt && python -m pytest" in commands()


def test_every_file_and_folder_the_readme_names_exists():
    for name in re.findall(r"\]\(([^)h][^)]*)\)", README) + re.findall(r"`((?:docs|trackers|tests|seeds)/[\w./-]+)`", README):
        assert (ROOT / name).exists() or name.endswith("ID.toml"), name
