"""One indicator of one region on the page 区域: the sentence on it, its course, where it comes from."""

from __future__ import annotations

import pandas as pd

from dashboard import components


def draw(rows: pd.DataFrame) -> None:
    """`rows` of one region; the indicator is chosen here."""
    names = dict(zip(rows["indicator"], rows["indicator_name"], strict=True))
    indicator = components.picker("指标", names, key="indicator")
    record = rows[rows["indicator"] == indicator].iloc[0].to_dict()
    components.sentence(record)
    components.series(record, key="series")
