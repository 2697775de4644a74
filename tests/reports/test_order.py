from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import timedelta

import pytest
from docx import Document

from tests.orders import COUNTY, DUE, OTHER, PLAN, catch_up, issued, lagging_store
from tests.people import add_person, grant
from tests.samples import OPERATOR, tree
from trackers.errors import ForbiddenError
from trackers.model.supervision import LONGEST_ASKED, OrderLevel
from trackers.queries.supervision import order_story
from trackers.reports.order import DEMO, _document, order_docx, order_lines


@pytest.fixture
def store(tmp_path):
    with lagging_store(tmp_path) as store:
        yield store


def texts(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def pages(content: bytes, folder) -> int:
    file = folder / "order.docx"
    file.write_bytes(content)
    office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(folder), str(file)], check=True, capture_output=True, timeout=120)
    return len(re.findall(rb"/Type\s*/Page[^s]", (folder / "order.pdf").read_bytes()))


def test_an_order_says_what_it_rests_on_and_what_is_asked(store):
    order = issued(store)
    told = dict(order_lines(order, PLAN, tree()))
    assert told["编号"] == "2024-0001" and told["指标"] == "完成项目" and told["地区"] == "辽宁省阜新市海州区"
    assert told["责任单位"] == "市市场监管局、市财政局"
    assert told["判定"] == "截至2024年6月2日：滞后于预期（严重）"
    assert (told["目标"], told["现值"], told["差额"]) == ("≥30项", "5项（2024年3月31日）", "9.5项")
    assert told["要求"] == "请说明原因" and told["时限"] == "2024年6月20日前书面答复"
    assert told["签发"] == "命令行操作员 test　2024年6月3日"


def test_an_indicator_without_units_is_answered_by_its_region(store):
    told = dict(order_lines(issued(store, indicator="own", region="210900"), PLAN, tree()))
    assert told["责任单位"] == "规划未写明，由辽宁省阜新市负责答复"


@pytest.mark.parametrize(("level", "title"), [("reminder", "提醒单"), ("order", "督办单"), ("talk", "约谈通知单")])
def test_the_page_is_titled_by_its_level_and_has_room_for_a_receipt(store, level, title):
    said = texts(order_docx(store, issued(store, level=OrderLevel(level)).id, by=OPERATOR))
    assert said[0].endswith(title) and "单位（盖章）及日期" in said and any("回执" in each for each in said)
    assert DEMO not in said


def test_an_order_over_demonstration_figures_says_so(tmp_path):
    with lagging_store(tmp_path, demo=True) as store:
        assert DEMO in texts(order_docx(store, issued(store).id, by=OPERATOR))


def test_an_order_is_the_same_to_the_byte_whatever_became_of_the_figures(store):
    id = issued(store).id
    before = order_docx(store, id, by=OPERATOR)
    catch_up(store)
    assert order_docx(store, id, by=OPERATOR) == before


def test_an_order_is_printed_for_those_who_may_see_its_region(store):
    id = issued(store).id
    assert order_docx(store, id, by=add_person(store, "haizhou", grant("reporter", COUNTY)))
    with pytest.raises(ForbiddenError):
        order_docx(store, id, by=add_person(store, "xinqiu", grant("reporter", OTHER)))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["short", "long", "units", "broken", "torn", "demo"])
def test_an_order_fills_one_page_exactly(store, tmp_path, kind):
    asked = {"long": "整改" * (LONGEST_ASKED // 2), "broken": "一\n" * 8, "torn": "一\n" * 140}.get(kind, "请说明原因")
    order = order_story(store, issued(store, asked=asked, due=DUE + timedelta(days=9)).id, by=OPERATOR).order
    if kind in ("units", "long"):
        order = order.model_copy(update={"units": tuple(f"市第{place}局及其下属单位" for place in range(30))})
    if kind in ("long", "demo"):
        order = order.model_copy(update={"demo": True, "unreviewed": True})
    assert pages(_document(order, order_lines(order, PLAN, tree())), tmp_path) == 1
