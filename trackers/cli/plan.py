"""Commands over several plans: plan compare."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from trackers.cli.app import AsJson, Db, app, cli_actor, day_option, opened, print_json, print_table
from trackers.model.signs import visible
from trackers.model.wording import number_text, percent_text
from trackers.queries.assess import opening_day
from trackers.queries.compared import Compared, compared, superiors_of
from trackers.queries.compared_records import (
    compared_record,
    covered_sentence,
    lacking_sentences,
    nothing_sentence,
    remark_text,
    target_text,
    verdict_text,
)
from trackers.queries.plans import find_plan

plan_app = typer.Typer(help="几份规划一起看：上级规划与贯彻它的规划对照。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(plan_app, name="plan")


@plan_app.command()
def compare(
    plan: Annotated[str, typer.Option("--plan", help="上级规划，或贯彻它的一份规划：编号、简称或地区名。")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="判定日，如 2016-12-31；默认今天或规划末年。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """把上级规划与贯彻它的规划中同口径的指标并列，算出下级目标合计占上级目标多少；比率不合计。

    例：python -m trackers plan compare --plan 阜新 --as-of 2016-12-31
    """
    day = day_option(as_of)
    with opened(db) as store:
        held = find_plan(store, plan)
        found = [
            compared(store, each, day or opening_day(each, date.today()), by=cli_actor()) for each in superiors_of(store, held)
        ]
    if as_json:
        return print_json([compared_record(each) for each in found])
    if not found:
        _say(f"{held.short}：{nothing_sentence(held)}")
    for each in found:
        _print(each)
    return None


def _print(found: Compared) -> None:
    record = compared_record(found)
    _say(record["title"])
    for each in record["indicators"]:
        rows = [each["superior"], *each["lower"]]
        print_table(["指标", "规划", "目标", "现值", "判定", "占上级目标", "说明"], [_cells(row) for row in rows])
        _say(covered_sentence(found.coverage[each["indicator"]], each["superior"]))
    for sentence in lacking_sentences(found):
        _say(sentence)


def _say(sentence: str) -> None:
    typer.echo(visible(sentence))  # plan files are others' texts


def _cells(row: dict[str, Any]) -> list[str]:
    return [
        row["own_name"], row["plan_short"], target_text(row), number_text(row["value"], row["unit"]), verdict_text(row),
        percent_text(row["share"]), remark_text(row),
    ]  # fmt: skip
