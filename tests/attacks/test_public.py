"""Public pages, and the report that is one page, of a database full of attacks: no text is more than a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import public
from tests.attacks.checks import told
from tests.attacks.published import published_copy
from tests.attacks.texts import ATTACKS, ODD
from tests.pages import Page
from tests.reports.test_html import KNOWN
from tests.samples import OPERATOR
from trackers.reports.make import make_evaluation_report
from trackers.store import open_store

WAYS = ("/public", "/public/evaluation/1", "/public/evaluation/2", "/public/evaluation/<script>alert(1)</script>")


@pytest.fixture(scope="module")
def pages(attacked: Path, tmp_path_factory: pytest.TempPathFactory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKERS_DB", str(published_copy(attacked, tmp_path_factory.mktemp("published"))))
        with TestClient(Starlette(routes=public.ROUTES)) as client:
            made = {way: Page(client.get(way).content) for way in WAYS}
    with open_store(attacked) as store:
        yield made | {"report": Page(make_evaluation_report(store, 1, "html", by=OPERATOR))}


@pytest.mark.parametrize("way", [*WAYS, "report"])
def test_no_text_becomes_an_element_or_an_attribute(pages, way: str):
    page = pages[way]
    assert {each.tag for each in page.elements} <= KNOWN | {"ul"}
    assert not [name for each in page.elements for name in each.attributes if name.startswith("on") or name == "style"]
    assert len(page.of("script")) == len(page.of("style")) == 1
    assert all(each.attributes["href"].startswith(("#", "/public")) for each in page.of("a"))


@pytest.mark.parametrize("way", ["/public/evaluation/1", "report"])
def test_names_read_as_they_were_typed(pages, way: str):
    texts = {each.text for each in pages[way].elements}
    assert [name for name in ATTACKS if name not in ODD | {"long"} and not told(texts, name)] == []


def test_an_address_that_is_an_attack_is_not_said_again(pages):
    assert "alert(1)" not in pages[WAYS[-1]].text
