from __future__ import annotations

from dashboard.viewmodels import heat
from tests.dashboard.frames import row, unfilled
from tests.dashboard.test_tiles import NATION, at, placed


def made(shown: str = heat.VERDICT, *codes: str):
    return heat.heat(placed("100000", *NATION), codes or ("210000", "320000", "330000"), shown)


def told(table) -> dict[str, list]:
    return table.to_pydict()


def test_each_cell_is_the_verdict_with_its_sign_and_empty_where_a_region_has_no_such_row():
    cells = told(made().table)
    assert cells["指标a"] == [["● 基本符合预期"], ["－ 未填报"], ["▼ 滞后于预期"]]
    assert cells["指标b"] == [["▼ 滞后于预期"], [], []]


def test_cells_may_hold_values_or_completions_and_never_a_nought_for_what_is_missing():
    assert told(made(heat.VALUE).table)["指标a"] == ["● 60项", "－ 未填报", "▼ 32.5项"]
    assert told(made(heat.COMPLETION).table)["指标a"] == ["● 60.0%", "－ 未填报", "▼ 32.5%"]


def test_rows_say_what_lies_behind_and_what_was_reported():
    cells = told(made().table)
    assert cells["地区"] == ["辽宁省", "江苏省", "浙江省"]
    assert cells["落后项"] == [1, 0, 1] and cells["已填报"] == ["2/2", "0/1", "1/1"]
    assert "上级" not in cells, "all lie below the same"


def test_regions_of_several_superiors_say_which_and_stay_together():
    one = placed("100000", *NATION, at("330100", row, "a"))
    by_level = heat.levels_below(one, "100000")
    assert by_level == {"province": ["210000", "320000", "330000"], "city": ["210900", "330100"], "county": ["210902"]}
    cells = told(heat.heat(one, by_level["city"], heat.VERDICT).table)
    assert cells["上级"] == ["辽宁省", "浙江省"]


def chosen(order: str = heat.PLACE, text: str = "", lagging_only: bool = False) -> list[str]:
    return told(heat.chosen(made(), order, text, lagging_only=lagging_only))["code"]


def test_the_table_is_searched_by_the_names_of_regions():
    assert chosen(text="辽宁") == ["210000"] and chosen(text="江 省") == ["320000", "330000"] and chosen(text="火星") == []


def test_the_table_is_sorted_and_narrowed_to_what_lags():
    assert chosen() == ["210000", "320000", "330000"]
    assert chosen(order=heat.LAGGING) == ["210000", "330000", "320000"]
    assert chosen(order=heat.SHARE) == ["330000", "210000", "320000"], "who reported nothing comes last, not first"
    assert chosen(lagging_only=True) == ["210000", "330000"]


def test_marks_say_which_rows_hold_demonstrations():
    marked = at("210000", row, "a", demo=True), at("320000", row, "a", unreviewed=True)
    one = placed("100000", *marked, at("330000", unfilled, "a"))
    cells = told(heat.heat(one, ("210000", "320000", "330000"), heat.VERDICT).table)
    assert cells["标注"] == ["演示数据", "未经复核", ""]


