from __future__ import annotations

from dashboard.palette import SILENT, Tone
from dashboard.viewmodels import tiles
from dashboard.viewmodels.grid import PROVINCES
from dashboard.viewmodels.placed import Placed
from tests.dashboard.frames import frame, lagging, row, unfilled
from tests.samples import indicator, sample_plan, target
from trackers.exchange.region_file import read_regions
from trackers.model.plan import Level, Plan
from trackers.settings import SEEDS

TREE = read_regions(SEEDS / "regions" / "regions.csv")


def plan(region: str) -> Plan:
    own = [indicator(id, level="county", targets=[target(100)]) for id in ("a", "b")]
    return sample_plan(region=region, indicators=own)


def placed(region: str, *rows: dict, home: str | None = None) -> Placed:
    return Placed(frame(*rows), TREE, plan(region), home or region)


def at(code: str, made, *about, **more):
    region = TREE[code]
    return made(*about, region=code, region_name=region.name, region_level=region.level.value, **more)


NATION = (
    at("100000", row, "a"), at("210000", row, "a"), at("330000", lagging, "a", 0.5, "severe"), at("320000", unfilled, "a"),
    at("210000", lagging, "b", 0.8, "mild"), at("210900", row, "a"), at("210902", row, "a"),
)  # fmt: skip


def by_code(grid: tiles.Grid) -> dict[str, tiles.Tile]:
    return {tile.code: tile for tile in grid.tiles}


def test_every_province_of_the_list_of_regions_has_a_tile_of_its_own():
    assert set(PROVINCES) == {code for code, region in TREE.by_code.items() if region.level is Level.PROVINCE}
    assert len(set(PROVINCES.values())) == len(PROVINCES) == 34


def test_neighbours_stand_near_each_other():
    def apart(one: str, other: str) -> int:
        return max(abs(PROVINCES[one][axis] - PROVINCES[other][axis]) for axis in (0, 1))

    neighbours = [("11", "12"), ("11", "13"), ("21", "22"), ("22", "23"), ("31", "32"), ("44", "81"), ("44", "82"), ("51", "50")]
    assert all(apart(f"{one}0000", f"{other}0000") <= 1 for one, other in neighbours)


def test_the_nation_shows_all_provinces_those_outside_the_plan_cannot_be_opened():
    grid = tiles.grid(placed("100000", *NATION), "100000", tiles.SHARE)
    found = by_code(grid)
    assert len(found) == 34 and grid.columns == 9
    assert {code for code, tile in found.items() if tile.there} == {"210000", "320000", "330000"}
    assert found["110000"].title == "北京　不在本规划填报范围"
    assert (found["210000"].name, found["210000"].word, found["210000"].detail) == ("辽宁", "部分滞后", "1/2项")


def test_an_area_shows_its_own_provinces_drawn_together():
    found = tiles.grid(placed("changsanjiao", at("changsanjiao", row, "a"), *NATION[2:4]), "changsanjiao", tiles.SHARE)
    assert {tile.code for tile in found.tiles} == {"320000", "330000"}
    assert min(tile.row for tile in found.tiles) == min(tile.column for tile in found.tiles) == 1


def test_regions_below_a_province_stand_one_after_the_other_with_their_whole_name():
    grid = tiles.grid(placed("210000", *NATION[1:2], *NATION[5:]), "210900", tiles.SHARE)
    assert grid.columns == 0 and [tile.name for tile in grid.tiles] == ["海州区"]


def test_a_tile_without_figures_has_no_ground_and_says_so():
    found = by_code(tiles.grid(placed("100000", *NATION), "100000", tiles.SHARE))["320000"]
    assert (found.sign, found.word, found.shade) == ("－", "未填报", SILENT)
    worst = by_code(tiles.grid(placed("100000", *NATION), "100000", tiles.WORST))["320000"]
    assert (worst.sign, worst.word, worst.shade) == ("－", "未填报", SILENT)


def test_the_worst_verdict_colours_a_tile_by_that_rule():
    found = by_code(tiles.grid(placed("100000", *NATION), "100000", tiles.WORST))
    assert (found["330000"].sign, found["330000"].word) == ("▼", "滞后（严重）")
    assert found["330000"].shade == Tone.BEHIND.shade
    assert found["210000"].word == "滞后（轻度）"


def test_one_indicator_colours_a_tile_and_gives_its_value():
    found = by_code(tiles.grid(placed("100000", *NATION), "100000", "b"))
    assert (found["210000"].word, found["210000"].detail) == ("滞后（轻度）", "52项")
    assert (found["330000"].word, found["330000"].shade) == ("不填报此项", "")
    assert "目标≥100项" in found["210000"].title


def test_kinds_are_counted_the_good_ones_first_and_those_outside_not_at_all():
    grid = tiles.grid(placed("100000", *NATION), "100000", tiles.SHARE)
    assert [(label, number) for label, _, number in grid.kinds] == [("▽ 部分滞后", 1), ("▼ 多数滞后", 1), ("－ 未填报", 1)]
    assert "80%" in grid.rule and "不按零计" in grid.rule


def test_a_mark_says_that_figures_are_demonstrations():
    assert tiles.in_words(frame(row("a"), row("b", demo=True))) == "演示数据" and tiles.in_words(frame(row("a"))) == ""
    assert tiles.in_words(frame(row("a", unreviewed=True))) == "未经复核"


def test_the_way_to_a_region_passes_over_regions_without_rows():
    one = placed("100000", at("100000", row, "a"), at("210000", row, "a"), at("210902", row, "a"))
    assert one.way("210902") == ["100000", "210000", "210902"]
    assert one.children("210000") == ["210902"] and one.superior("100000") is None
    assert one.below("100000") == ["210000", "210902"]


def test_the_way_begins_at_the_top_of_what_a_person_may_see():
    one = placed("210000", at("210900", row, "a"), at("210902", row, "a"), home="210900")
    assert one.way("210902") == ["210900", "210902"]


def test_rows_of_regions_come_in_the_order_of_the_judgement():
    one = placed("100000", *NATION)
    assert list(one.rows("210000")["indicator"]) == ["a", "b"]
    assert list(one.rows("330000", "100000")["region"]) == ["100000", "330000"]
    assert one.rows("650000").empty
