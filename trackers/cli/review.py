"""Commands of a reviewer: review list, approve, return."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

import typer

from trackers.actions import review as actions
from trackers.cli.app import AsJson, Db, app, cli_actor, now, opened, print_json, print_table
from trackers.errors import FigureError
from trackers.model.wording import BEIJING, moment_text, number_text
from trackers.queries.plans import find_plan
from trackers.queries.records import plain
from trackers.queries.review import APPROVED, QUEUE, ReportKey, pending

review = typer.Typer(help="审核：列出等待审核的填报，通过或退回。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(review, name="review")

Keys = Annotated[list[str], typer.Argument(help="填报的编号，见 review list 的第一列，可写多个。")]
KEY = re.compile(r"(\d{1,18})-(\d{9})-(\d{1,9})")


@review.command(name="list")
def list_(
    plan: Annotated[str | None, typer.Option("--plan", help="只看一份规划：编号、简称或地区名。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """列出等待审核的填报，最早报来的在前。

    例：python -m trackers review list --plan 阜新
    """
    with opened(db) as store:
        only = find_plan(store, plan).id if plan else None
        queue = pending(store, by=cli_actor(), plan=only, on=datetime.now(BEIJING).date())
    records = [{"key": _key(row), **{name: plain(row[name]) for name in QUEUE}} for row in queue.to_dict("records")]
    if as_json:
        for record in records:
            record["files"] = [{"digest": digest, "name": name} for digest, name in record["files"]]
        return print_json(records)
    rows = [
        [r["key"], r["plan_name"], r["indicator_name"], r["region_name"], r["period"], number_text(r["value"], r["unit"]),
         number_text(r["last_value"], r["unit"]), "；".join(r["doubts"]), r["reason"], r["by_name"], moment_text(r["at"])]
        for r in records
    ]  # fmt: skip
    columns = ["编号", "规划", "指标", "地区", "填报期", "填报值", "上次值", "提醒", "理由", "填报人", "报来时间"]
    return print_table(columns, rows)


@review.command()
def approve(
    keys: Keys,
    comment: Annotated[str, typer.Option("--comment", help="审核意见，可以不写。")] = "",
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """通过填报，全部通过或全部不动。

    例：python -m trackers review approve 12-202412312-1
    """
    with opened(db) as store:
        done = actions.approve(store, _read(keys), comment=comment, by=cli_actor(), at=now())
    _tell(done, as_json)


@review.command(name="return")
def return_(
    keys: Keys,
    comment: Annotated[str, typer.Option("--comment", help="退回意见：哪里要改、怎样改。")],
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """退回填报并写明意见，全部退回或全部不动；原来审核过的数仍然有效。

    例：python -m trackers review return 12-202412312-1 --comment 请附证明文件
    """
    with opened(db) as store:
        done = actions.give_back(store, _read(keys), comment=comment, by=cli_actor(), at=now())
    _tell(done, as_json)


def _key(row: dict[Any, Any]) -> str:
    return f"{row['series_id']}-{row['period_number']}-{row['revision']}"


def _read(keys: list[str]) -> list[ReportKey]:
    return [ReportKey(*(int(part) for part in _parts(key))) for key in keys]


def _parts(key: str) -> tuple[str, ...]:
    if match := KEY.fullmatch(key.strip()):
        return match.groups()
    raise FigureError("编号", key, "review list 第一列的编号，如 12-202412312-1")


def _tell(done: actions.Decided, as_json: bool) -> None:
    if as_json:
        return print_json(done.model_dump())
    return typer.echo(f"已{'通过' if done.outcome == APPROVED else '退回'} {done.number} 个数。")
