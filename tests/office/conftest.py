"""LibreOffice, which opens our files as an office does: what it makes of them, page by page."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trackers.store import Store, open_store

Convert = Callable[[bytes, str, str], bytes]
PROGRAMS = ("soffice", "libreoffice")
LIMIT = 180  # seconds


def installed() -> str | None:
    """LibreOffice of this machine, with what draws the pages of a PDF."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    return program if program and shutil.which("pdftoppm") else None


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Open the bytes of a file of one kind (docx, xlsx) and write them as another, by its ending and filter; its bytes."""
    program = installed()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice or pdftoppm is not installed", pytrace=False)
        pytest.skip("LibreOffice or pdftoppm is not installed")
    folder = tmp_path_factory.mktemp("office")

    def opened(content: bytes, kind: str, wanted: str) -> bytes:
        given, made = folder / f"given.{kind}", folder / f"given.{wanted.partition(':')[0]}"
        given.write_bytes(content)
        made.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(program), profile, "--headless", "--convert-to", wanted, "--outdir", str(folder), str(given)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
        assert made.exists(), f"LibreOffice did not open it: {done.stdout}{done.stderr}"
        return made.read_bytes()

    return opened


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], list[Path]]:
    """The pages of a PDF as pictures of 60 points an inch."""

    def pictures(pdf: bytes) -> list[Path]:
        folder = tmp_path_factory.mktemp("pages")
        (folder / "made.pdf").write_bytes(pdf)
        command = ["pdftoppm", "-r", "60", "-png", str(folder / "made.pdf"), str(folder / "page")]
        subprocess.run(command, capture_output=True, timeout=LIMIT, check=True)
        return sorted(folder.glob("page*.png"))

    return pictures


@pytest.fixture(scope="session")
def evaluated(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """阜新 evaluated in 2016 and 2020; never written to."""
    from tests.reported import story

    path = tmp_path_factory.mktemp("story") / "tracker.db"
    shutil.copy(demo_database, path)
    story(path)
    with open_store(path) as store:
        yield store
