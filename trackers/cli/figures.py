"""Commands that take figures in: template, import; and the sheet to sign: form."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from trackers.actions.figures import Recorded
from trackers.cli.app import AsJson, Db, app, cli_actor, now, opened, print_json, write_out
from trackers.exchange.entry_template import entry_sheet
from trackers.exchange.import_figures import Reading, import_figures, read_figures
from trackers.exchange.large_csv import is_large_csv
from trackers.exchange.large_file import LargeReading, import_large, read_large
from trackers.exchange.periods import read_period
from trackers.queries.figures import Change
from trackers.queries.plans import find_plan, region_tree
from trackers.reports.entry_form import entry_form
from trackers.store import Store


@app.command()
def template(
    plan: Annotated[str, typer.Option("--plan", help="规划的编号、简称或地区名。")],
    region: Annotated[str, typer.Option("--region", help="填报地区：代码或名称；上级地区得到下级各地的表。")],
    period: Annotated[str, typer.Option("--period", help="填报期，如 2024、2024H1、2024Q3、2024-09。")],
    out: Annotated[Path, typer.Option("--out", help="填报表写到哪个 .xlsx 文件。")],
    db: Db = None,
) -> None:
    """写一张可以直接填、再用 import 读回的填报表。

    例：python -m trackers template --plan 阜新 --region 210900 --period 2019 --out 填报表.xlsx
    """
    with opened(db) as store:
        held = find_plan(store, plan)
        tree = region_tree(store)
        place = tree.resolve(region, within=held.region)
        sheet = entry_sheet(held, place, read_period(period), tree, store, by=cli_actor())
    write_out(out, sheet)
    typer.echo(f"填好后运行 python -m trackers import {out} --plan {held.id}")


@app.command(name="form")
def form_(
    plan: Annotated[str, typer.Option("--plan", help="规划的编号、简称或地区名。")],
    region: Annotated[str, typer.Option("--region", help="填报地区：代码或名称；上级地区得到含下级各地的表。")],
    period: Annotated[str, typer.Option("--period", help="填报期，如 2024、2024H1、2024Q3、2024-09。")],
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件（docx 或 pdf）。")],
    db: Db = None,
) -> None:
    """写一张带已填报数的填报表，供打印、签字、盖章。

    例：python -m trackers form --plan 阜新 --region 彰武 --period 2016Q4 --out 填报表.pdf
    """
    with opened(db) as store:
        held = find_plan(store, plan)
        place = region_tree(store).resolve(region, within=held.region)
        made = entry_form(store, held, place, read_period(period), out.suffix, by=cli_actor())
    write_out(out, made)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="填好的 .xlsx 或 .csv。")],
    plan: Annotated[str | None, typer.Option("--plan", help="规划的编号、简称或地区名。")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会改动什么，不写入。")] = False,
    accept_valid: Annotated[bool, typer.Option("--accept-valid", help="有误的行跳过，只导入其余的行。")] = False,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """导入填报数据。有一行有误就什么都不改，并逐条列出行号、列、读到的和应有的内容。

    例：python -m trackers import 填报表.xlsx --plan 阜新 --dry-run
    """
    with opened(db) as store:
        held = find_plan(store, plan) if plan else None
        read = read_large if is_large_csv(file) else read_figures
        reading = read(store, file, held, by=cli_actor(), on=date.today())
        refused = bool(reading.faults) and not (accept_valid and reading.taken)
        done = [] if refused or dry_run else _taken_in(store, reading, accept_valid)
    written = any(each.batch is not None for each in done)
    if as_json:
        print_json(_record(reading, written))
    else:
        _tell(reading, _outcome(reading, written, refused, dry_run))
    if refused:
        raise typer.Exit(1)


def _taken_in(store: Store, reading: Reading | LargeReading, accept_valid: bool) -> list[Recorded]:
    if isinstance(reading, LargeReading):
        return import_large(store, reading, by=cli_actor(), at=now(), accept_valid=accept_valid)
    return import_figures(store, reading, by=cli_actor(), at=now(), accept_valid=accept_valid)


def _record(reading: Reading | LargeReading, written: bool) -> dict[str, object]:
    return {
        "file": reading.name,
        "written": written,
        **{change.value: reading.count(change) for change in Change},
        "empty": reading.empty,
        "faults": [fault._asdict() for fault in reading.faults],
        "warnings": [doubt._asdict() for doubt in reading.warnings],
    }


def _outcome(reading: Reading | LargeReading, written: bool, refused: bool, dry_run: bool) -> str:
    if written:
        return "已导入，标记为“未经复核”。"
    if refused:
        way = "，或加 --accept-valid 只导入其余的行。" if reading.taken else "。"
        return f"没有导入任何数据。请改正后再导入{way}"
    return "这是试读，没有写入任何数据。" if dry_run else "与已有的数据相同，没有写入任何数据。"


def _tell(reading: Reading | LargeReading, outcome: str) -> None:
    for fault in reading.faults:
        typer.echo(str(fault), err=True)
    for doubt in reading.warnings:
        typer.echo(f"提醒：{doubt}", err=True)
    counts = "、".join(f"{change.word} {reading.count(change)}" for change in Change)
    rows = len({fault.row for fault in reading.faults})
    typer.echo(f"{reading.name}：{counts}、有误 {rows} 行、未填 {reading.empty} 行。")
    typer.echo(outcome)
