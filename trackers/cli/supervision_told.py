"""How the commands of supervision tell orders: as records for other programs, and as tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import typer

from trackers.cli.app import print_json, print_table
from trackers.model.supervision import OrderLevel, OrderState, OrderStory
from trackers.model.wording import gap_text
from trackers.queries.records import plain
from trackers.queries.supervision import ORDERS


def records_of(rows: pd.DataFrame, ids: set[int] | None = None) -> list[dict[str, Any]]:
    """The orders with stable names for other programs; of these ids where they are named."""
    kept = rows if ids is None else rows[rows["id"].isin(ids)]
    days = ("day", "due", "observed")
    return [
        {name: plain(row[name]) for name in ORDERS}
        | {name: row[name].isoformat() if row[name] else None for name in days}
        | {"state": row["state"].value, "units": list(row["units"])}
        for row in kept.to_dict("records")
    ]


def list_orders(records: Iterable[dict[str, Any]]) -> None:
    """Print orders as a table."""
    rows = [
        [r["number"], OrderState(r["state"]).word + ("（逾期）" if r["overdue"] else ""), r["due"], r["region_name"],
         r["indicator_name"], gap_text(r["shortfall"], r["unit"]), OrderLevel(r["level"]).word, r["word"]]
        for r in records
    ]  # fmt: skip
    print_table(["编号", "状态", "时限", "地区", "指标", "差额", "级别", "判定"], rows)


def story_record(story: OrderStory) -> dict[str, Any]:
    """An order with its steps, for other programs."""
    order = story.order.model_dump(mode="json") | {"number": story.order.number}
    steps = [
        step.model_dump(mode="json") | {"files": [file._asdict() for file in step.files]} for step in story.steps
    ]
    return order | {"steps": steps}


def tell(story: OrderStory, as_json: bool) -> None:
    """Print where an order stands."""
    if as_json:
        return print_json(story_record(story))
    return typer.echo(f"督办单 {story.order.number}：{story.order.state.word}。")
