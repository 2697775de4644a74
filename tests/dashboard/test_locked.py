"""How a figure that a frozen evaluation holds is told on the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dashboard.viewmodels.entry import state_word
from dashboard.viewmodels.history import story
from tests.evaluated import COUNTY, LATER, PLAN, evaluated_store, frozen_evaluation
from tests.people import add_person, grant
from tests.samples import OPERATOR, figure
from tests.waiting import wait
from trackers.actions.evaluations import freeze, reopen
from trackers.actions.review import approve
from trackers.queries.figures import kept_figures
from trackers.queries.review import history

PERIOD = figure("mean", COUNTY, "2016Q4", 1).period.number
SOON = LATER + timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    with evaluated_store(tmp_path) as store:
        yield store


def word(store):
    return state_word(kept_figures(store, PLAN.id)["mean", COUNTY, PERIOD])


def test_a_locked_figure_is_told_so_with_whether_it_was_reviewed(store):
    assert word(store) == "未经复核"
    about = frozen_evaluation(store)
    assert word(store) == "已锁定，未经复核"
    reporter = add_person(store, "haizhou", grant("reporter", COUNTY))
    keys = wait(store, figure("mean", COUNTY, "2016Q4", 20, reason="更正"), by=reporter, at=SOON)
    assert word(store) == "待审核"
    approve(store, keys, by=OPERATOR, at=SOON)
    assert word(store) == "已审核"
    reopen(store, about.id, reason="更正", by=OPERATOR, at=SOON)
    freeze(store, about.id, despite="缺数", by=OPERATOR, at=SOON)
    assert word(store) == "已锁定"


def test_the_history_says_which_figure_an_evaluation_holds_and_that_a_later_one_corrects_it(store):
    frozen_evaluation(store)
    reporter = add_person(store, "haizhou", grant("reporter", COUNTY))
    wait(store, figure("mean", COUNTY, "2016Q4", 20, reason="更正"), by=reporter, at=SOON)
    (chapter,) = story(history(store, PLAN.id, "mean", COUNTY, by=OPERATOR), "项")
    assert "直接入库，未经复核" in chapter.lines[0] and chapter.lines[1].startswith("已锁定：")
    assert "更正为 20项" in chapter.lines[2]
