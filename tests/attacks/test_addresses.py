"""Another region's figure by a changed address: no page shows it, no file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import menu
from tests.attacks.checks import texts_of
from tests.attacks.conftest import entered
from tests.attacks.others import OWN, OWN_FIGURE, SECRETS, found, make
from tests.attacks.visits import everything
from tests.people import grant

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
# The places somebody may put into an address: by name and by code, as each page names them.
PLACES = {
    "平级": {"plan": "样例", "region": "新邱区", "region-0": "新邱区", "history-region": "210903", "review-region": "210903"},
    "平级的代码": {"plan": "sample-2013", "region": "210903", "region-0": "210903", "region-1": "210903"},
    "上级": {"plan": "样例", "region": "阜新市", "region-0": "阜新市（本级）", "region-1": "新邱区"},
    "外地": {"plan": "外地", "region": "长春市", "region-0": "长春市"},
    "外地的编号": {"plan": "foreign-2013", "region": "220100", "region-0": "220100"},
}  # fmt: skip
MORE = {
    "day": "2017-06-30", "indicator": "指标mean", "every": "true", "period": "2016年第四季度",
    "level": "county", "by": "指标mean",
}  # fmt: skip
PARTS = {"periods": "催报名单", "indicator": "明细"}  # the part of a page that names most regions
ASKS_FOR_A_REGION = {"region", "indicator", "entry", "periods"}
TRIES = [
    (page, place)
    for page, *_ in menu.PAGES for place in PLACES
    if page in ASKS_FOR_A_REGION or place in ("平级", "外地")
]  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("others"))


@pytest.fixture(scope="module")
def offered() -> list[tuple[str, Any]]:
    return []


@pytest.fixture(scope="module")
def reporter(database: Path, offered: list[tuple[str, Any]]) -> Iterator[Path]:
    with entered(database, "reporter", grant("reporter", OWN)) as patch:
        patch.setattr(st, "download_button", lambda label, data, *_, **__: offered.append((label, data)))
        yield database


def opened(page: str, asked: dict[str, str]) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in {**MORE, "part": PARTS.get(page, ""), **asked}.items():
        app.query_params[name] = value
    return app.switch_page(f"views/{page}.py").run()


@pytest.mark.parametrize(("page", "place"), TRIES)
def test_no_page_shows_a_figure_of_another_region_however_it_is_asked_for(reporter, offered, page: str, place: str):
    offered.clear()
    app = opened(page, PLACES[place])
    assert not app.exception, [str(each.value) for each in app.exception]
    assert found(everything(app)) == []
    for label, data in offered:
        content = data() if callable(data) else data
        assert found("\n".join(texts_of(content)) + content.decode("utf-8", "ignore")) == [], label


def test_the_own_figure_is_shown_so_that_the_looking_is_worth_something(reporter):
    assert OWN_FIGURE in everything(opened("region", {"plan": "样例", "region": "海州区"}))


@pytest.mark.parametrize("page", ["region", "review", "indicator", "overview"])
def test_who_may_see_them_is_shown_others_figures_by_the_same_addresses(database: Path, page: str):
    with entered(database, "everybody"):
        seen = found(everything(opened(page, PLACES["平级"])))
    assert set(seen) & set(SECRETS["210903"])
