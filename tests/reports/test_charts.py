"""Charts are drawn from what there is, without a display, and in several threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import matplotlib
from matplotlib import pyplot

from trackers.reports.charts import completion_chart, region_charts, region_legend, shortened, verdict_chart
from trackers.reports.figures import Row
from trackers.reports.outline import Contents

PNG = b"\x89PNG"


def home(contents: Contents) -> list[Row]:
    return [line.row for line in contents.indicators if line.row]


def below(contents: Contents) -> list[Row]:
    return [row for row in contents.rows if row.region != contents.home]


def test_charts_are_pictures(fuxin: Contents):
    made = [completion_chart(home(fuxin)), verdict_chart(fuxin.counts), *region_charts(below(fuxin))]
    assert len(made) == 3 and all(each is not None and each.startswith(PNG) for each in made)


def test_nothing_to_draw_is_no_picture(fuyang: Contents, liaoning: Contents):
    assert completion_chart([]) is None and verdict_chart(fuyang.counts) is None
    assert region_charts(below(liaoning)) == []


def test_threads_draw_the_same(fuxin: Contents):
    rows = home(fuxin)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: completion_chart(rows), range(4)))
    assert len(set(made)) == 1
    assert pyplot.get_fignums() == [], "no figure is left in matplotlib's own list"
    assert matplotlib.rcParams["font.family"] == ["sans-serif"]


def test_names_with_signs_of_formulas_are_drawn_as_they_are(attacked: Contents):
    made = completion_chart(home(attacked))
    assert made is not None and made.startswith(PNG)


def test_a_completion_far_out_stays_in_the_picture(fuxin: Contents):
    row = home(fuxin)[0].model_copy(update={"completion": 27.5, "time_progress": 3.0, "observed": date(2016, 12, 31)})
    far = row.model_copy(update={"completion": -80.0})
    assert completion_chart([row, far]) is not None


def test_the_legend_tells_the_numbers_and_names_are_cut_openly(fuxin: Contents):
    assert region_legend(below(fuxin)).startswith("〔1〕县级社会公用计量标准平均数；〔2〕")
    assert shortened("一二三四五", 4) == "一二三…" and shortened("一二三四", 4) == "一二三四"
