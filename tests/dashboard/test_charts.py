from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.charts.progress import progress_chart
from dashboard.charts.regions import ranking_chart
from dashboard.charts.room import BAR, for_a_room
from dashboard.charts.standing import standing_chart
from dashboard.charts.trend import trend_chart
from dashboard.viewmodels import overview, region
from tests.dashboard.frames import DAY, NAN, frame, lagging, row


def points(*values: float, **fields) -> pd.DataFrame:
    days = [date(2021 + place, 12, 31) for place in range(len(values))]
    plain = {"day": days, "value": values, "period": [f"{day.year}" for day in days]}
    return pd.DataFrame({**plain, "demo": False, "complete": True, "revision": 1, **fields})


def test_each_bar_of_progress_carries_its_indicator_sign_and_source():
    figure = progress_chart(overview.drawn(frame(row("a"), lagging("b", 0.5, "severe"))))
    bar = figure.data[0]
    assert [each[0] for each in bar.customdata] == ["a", "b"]
    assert list(bar.x) == [0.6, 0.325]
    assert "来源 导入文件：表.xlsx" in bar.hovertext[0] and "2024年3月31日" in bar.hovertext[0]
    texts = [note.text for note in figure.layout.annotations]
    assert "● 指标a" in texts and "▼ 指标b" in texts and "60.0%" in texts


def test_nothing_is_clamped_or_cut_off():
    rows = overview.drawn(frame(row("a", completion=4.45), row("b", completion=-0.3)))
    low, high = progress_chart(rows).layout.xaxis.range
    assert low < -0.3 and high > 4.45


def test_a_figure_far_off_leaves_the_others_readable_and_its_bar_says_that_it_is_longer():
    rows = overview.drawn(frame(row("a", completion=288.8), row("b", completion=-20.0), row("c", completion=0.6)))
    figure = progress_chart(rows)
    low, high = figure.layout.xaxis.range
    assert -6 < low < 0 and 1 < high < 6 and list(figure.data[0].x) == [288.8, -20.0, 0.6]
    texts = [note.text for note in figure.layout.annotations]
    assert "箭头：条比图长，以数字为准" in texts and "28880.0%" in texts
    arrows = [(each.y[0], each.marker.symbol) for each in figure.data if each.type == "scatter" and len(each.y) == 1]
    assert arrows == [(0, "triangle-right"), (1, "triangle-left")]


def test_a_demonstration_is_marked_in_the_chart_and_at_its_mark():
    rows = frame(row("a", demo=True))
    for figure in (progress_chart(overview.drawn(rows)), standing_chart(rows), ranking_chart(rows)):
        assert "演示数据" in [note.text for note in figure.layout.annotations]
        assert "演示数据" in figure.data[0].hovertext[0]


def test_where_only_some_figures_are_demonstrations_those_say_so():
    figure = ranking_chart(frame(row(region="1", region_name="甲", demo=True), row(region="2", region_name="乙")))
    assert list(figure.data[0].y) == ["● 甲　60项（演示）", "● 乙　60项"]


def test_one_target_is_a_line_and_differing_targets_are_marks():
    same = ranking_chart(frame(row(region_name="甲"), row(region_name="乙")))
    assert len(same.layout.shapes) == 1 and "目标 ≥100项" in [note.text for note in same.layout.annotations]
    differing = ranking_chart(frame(row(region_name="甲"), row(region_name="乙", target=50.0)))
    assert not differing.layout.shapes and list(differing.data[-1].x) == [100.0, 50.0]


def test_a_region_is_drawn_against_each_own_target():
    figure = standing_chart(region.drawn(frame(row("a", value=30.0, target=120.0, expected=60.0))))
    assert list(figure.data[0].x) == [0.25]
    assert 0.5 in [x for trace in figure.data[1:] for x in trace.x]



def test_a_course_shows_values_target_way_and_where_it_is_heading():
    one = row("a", target_day=date(2025, 12, 31))
    way = [(date(2020, 12, 31), 0.0), (date(2025, 12, 31), 100.0)]
    figure = trend_chart(points(10, 30, 60), one, DAY, way)
    assert [trace.name for trace in figure.data] == ["按时序应达", "目标 ≥100项", "填报值", "按现有趋势"]
    assert figure.data[-1].error_y.array[1] == pytest.approx(96.6 - 92.3)


def test_a_course_leaves_out_what_is_not_known():
    one = row("a", target=NAN, projected=NAN)
    figure = trend_chart(points(10, demo=True, complete=False), one, DAY, [])
    assert [trace.name for trace in figure.data] == ["数据不全的合计（演示数据）"]
    assert "数据不全" in figure.data[0].hovertext[0] and "演示数据" in figure.data[0].hovertext[0]


def test_a_target_of_a_single_day_is_a_mark_because_a_line_would_not_be_seen():
    one = row("a", baseline_date=None, target_day=date(2025, 12, 31), projected=NAN)
    for shown, mode in ((points(), "markers"), (points(10), "lines")):
        target = next(trace for trace in trend_chart(shown, one, DAY, []).data if trace.name == "目标 ≥100项")
        assert target.mode == mode


def test_an_interval_is_drawn_only_where_there_is_one():
    figure = trend_chart(points(10, 30), row("a", projected_low=NAN, projected_high=NAN), DAY, [])
    assert figure.data[-1].error_y.array is None


def test_names_in_a_chart_are_never_markup():
    figure = ranking_chart(frame(row(region_name="<b>甲</b>", origin="<a href='x'>y</a>")))
    assert "<b>甲" not in str(figure.data[0].y) and "<a " not in figure.data[0].hovertext[0]


def test_annual_targets_and_revised_values_are_marked_in_the_course():
    way = [(date(2020, 12, 31), 0.0), (date(2023, 12, 31), 40.0), (date(2025, 12, 31), 100.0)]
    figure = trend_chart(points(10, 30, 60, revision=[1, 3, 1]), row("a"), DAY, way)
    traces = {trace.name: trace for trace in figure.data}
    assert list(traces["年度分解目标"].y) == [40.0]
    assert list(traces["修订过的值"].y) == [30.0]
    assert any("第3次上报的值" in text for text in traces["填报值"].hovertext)
    plain = {trace.name for trace in trend_chart(points(10, 30), row("a"), DAY, way[::2]).data}
    assert not {"年度分解目标", "修订过的值"} & plain


@pytest.mark.parametrize("number", [1, 5, 12])
def test_for_a_meeting_room_names_are_large_and_stand_between_their_bar_and_the_one_before(number):
    rows = overview.drawn(frame(*(row(f"i{place}") for place in range(number))))
    figure = for_a_room(progress_chart(rows), 620)
    names = [each for each in figure.layout.annotations if each.yref == "y"]
    high = (620 - figure.layout.margin.t - figure.layout.margin.b) / (number + 0.15)
    assert figure.layout.height == 620 and len(names) == 2 * number
    for each in names:
        low, top = each.yshift - each.font.size / 2, each.yshift + each.font.size / 2
        assert each.font.size >= 20 and low >= BAR * high and top <= (1 - BAR) * high
    assert min(each.font.size for each in figure.layout.annotations) >= 20 <= figure.layout.xaxis.tickfont.size
