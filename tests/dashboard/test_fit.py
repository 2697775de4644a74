from __future__ import annotations

import pytest

from dashboard.viewmodels.fit import (
    EDGES,
    HEAD,
    LEAST,
    LONGEST,
    MORE,
    NAME,
    ROW,
    SCREEN,
    SEVERAL,
    SIGN,
    TAG,
    TYPED,
    WRAPPED,
    fit,
    row_of,
    shortened,
    wide,
)


def test_chinese_signs_take_more_room_than_letters():
    assert wide("计量") == 2 * SIGN and SIGN < wide("86%") < 3 * SIGN
    assert wide("") == 0


def test_a_column_is_as_wide_as_its_longest_cell_wherever_it_stands():
    found = fit({"地区": ["海州区"] * 99 + ["塔什库尔干塔吉克自治县"]})
    assert found.widths == {"地区": wide("塔什库尔干塔吉克自治县") + EDGES} and found.row is None


def test_a_column_is_never_narrower_than_its_heading_and_an_empty_one_no_wider():
    found = fit({"督办": ["", ""], "截至日应达": ["1"], "现值": ["1"]}, {"现值": "现值（万台件）"})
    assert found.widths == {"督办": LEAST, "截至日应达": wide("截至日应达") + EDGES, "现值": wide("现值（万台件）") + EDGES}


def test_a_coloured_tag_has_room_for_its_ground():
    assert fit({"判定": ["▲ 快于预期"]}, tags=["判定"]).widths["判定"] == wide("▲ 快于预期") + TAG


@pytest.mark.parametrize("signs", [38, 80, 400])
def test_long_words_stand_in_several_lines_that_hold_all_of_them(signs):
    long, name = "责" * signs, "诚信计量示范单位"
    found = fit({"指标": [name], "责任单位": ["海州区", long]})
    lines = found.row // 20
    assert lines >= WRAPPED and (found.widths["责任单位"] - EDGES) // SIGN * lines >= signs
    assert found.widths["责任单位"] <= LONGEST + 4 * SIGN + EDGES
    assert found.widths["指标"] == wide(name) + EDGES  # short names stay in one line


def test_a_table_shows_all_its_rows_up_to_a_screenful():
    assert fit({"指标": ["一"] * 3}).height == 3 * ROW + HEAD
    assert fit({"指标": ["一"] * 300}).height == SCREEN
    assert fit({"指标": []}).height == HEAD


def test_rows_to_be_filled_in_are_higher_only_where_a_name_is_longer_than_its_column():
    fitting, longer = "计" * ((NAME - EDGES) // SIGN), "计" * ((NAME - EDGES) // SIGN + 1)
    assert row_of([fitting]) == TYPED and row_of([fitting, longer]) == SEVERAL


@pytest.mark.parametrize(("text", "most", "shown"), [
    ("计量", 2 * SIGN, "计量"), ("计量标准", 4 * SIGN - 1, f"计{MORE}"), ("两\n行", 99, "两 行"), ("", 10, ""),
])  # fmt: skip
def test_a_text_longer_than_its_line_ends_with_a_sign_that_there_is_more(text, most, shown):
    assert shortened(text, most) == shown and wide(shown) <= most
