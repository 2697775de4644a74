from __future__ import annotations

import pandas as pd

from tests.evaluated import evaluated_store, opened
from tests.samples import OPERATOR
from trackers.queries.evaluations import judged


def test_one_indicator_is_judged_as_it_is_among_the_others(tmp_path):
    with evaluated_store(tmp_path) as store:
        about = opened(store)
        rows = judged(store, about, by=OPERATOR)
        for indicator, among in rows.groupby("indicator"):
            alone = judged(store, about, by=OPERATOR, indicator=str(indicator))
            pd.testing.assert_frame_equal(alone, among.reset_index(drop=True), check_dtype=False)
        assert judged(store, about, by=OPERATOR, indicator="none").empty
