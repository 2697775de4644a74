from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from tests.evaluated import CITY, COUNTY, LATER, evaluated_store, opened
from tests.people import add_person, grant
from tests.samples import OPERATOR, figure
from tests.waiting import wait
from trackers.actions.evaluations import freeze
from trackers.actions.review import approve
from trackers.queries.frozen import frozen
from trackers.store import open_store


@pytest.mark.parametrize("turn", range(3))
def test_a_figure_that_is_approved_while_an_evaluation_is_frozen_is_in_it_whole_or_not_at_all(tmp_path, turn):
    with evaluated_store(tmp_path) as store:
        reporter = add_person(store, "reporter", grant("reporter", COUNTY))
        reviewer = add_person(store, "reviewer", grant("reviewer", CITY))
        keys = wait(store, figure("mean", COUNTY, "2016Q4", 25), by=reporter)
        id, path = opened(store).id, store.path
    at_once(
        path,
        lambda own: freeze(own, id, despite="县里没有报", by=OPERATOR, at=LATER),
        lambda own: approve(own, keys, by=reviewer, at=LATER),
    )
    with open_store(path) as store:
        rows = frozen(store, id, by=OPERATOR).rows  # raises where what was frozen is not what its digest says
    mean = rows[rows["indicator"] == "mean"].set_index("region")["value"]
    assert (mean[COUNTY], round(mean[CITY], 9)) in {(10, 11), (25, 16)}


def at_once(path: Path, *acts: Callable[..., object]) -> None:
    """Do these at the same moment, each over a store of its own; none may fail."""
    ready = Barrier(len(acts))

    def one(act: Callable[..., object]) -> None:
        with open_store(path) as own:
            ready.wait()
            act(own)

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(partial(one, act)) for act in acts]:
            done.result()
