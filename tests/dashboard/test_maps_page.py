from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import outlines
from tests.outlines import NUMBER
from tests.people import grant
from tests.samples import OPERATOR
from trackers.queries.maps import map_files
from trackers.store import open_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


@pytest.fixture
def database(demo_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_database, tmp_path / "own.db"))


@pytest.fixture
def page(database: Path, enter) -> AppTest:
    enter(database, "manager", grant("administrator", "210900", below=True))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["do"] = "地图"
    return app.switch_page("views/accounts.py").run()


def add(page: AppTest, content: bytes, number: str = NUMBER) -> AppTest:
    page.file_uploader[0].set_value(("阜新.json", content, "application/json"))
    page.text_input[0].set_value(number)
    page.run()
    return page.button(key="add-map").click().run()


def kept(database: Path) -> list[str]:
    with open_store(database) as store:
        return [each.number for each in map_files(store, by=OPERATOR)]


def test_an_administrator_adds_a_map_with_its_number_and_removes_it(page, database):
    assert "还没有地图" in page.info[0].value and page.button(key="add-map").disabled
    add(page, outlines.of("210902", "210903"))
    assert not page.exception and "已装入地图" in page.success[0].value and kept(database) == [NUMBER]
    page.button(key="remove-map-210900").click().run()
    assert "已移除地图" in page.success[0].value and kept(database) == []


@pytest.mark.parametrize(
    ("content", "number", "said"),
    [
        (outlines.of("210902"), "", "没有写审图号"), (outlines.of("990000"), NUMBER, "对不上地区"), (b"{}", NUMBER, "GeoJSON"),
        (outlines.of("220000"), NUMBER, "没有“装入地图”的权限"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_in_a_sentence(page, database, content, number, said):
    add(page, content, number)
    assert said in page.error[0].value.replace("\\", "") and kept(database) == []
