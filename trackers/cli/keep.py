"""Commands that keep: check, backup, restore, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trackers.actions.keep import restore_database
from trackers.cli.app import Db, app, cli_actor, now, opened
from trackers.exchange.anchor import note_anchor, read_anchor
from trackers.queries import check as checks
from trackers.queries.audit import anchor_faults, last_entry
from trackers.queries.plans import plans
from trackers.reading.verify import verify_plans
from trackers.settings import database_path
from trackers.store import upkeep


@app.command()
def check(
    anchor: Annotated[Path | None, typer.Option("--anchor", help="库外留存操作记录末条的文件：先核对，完好则追加。")] = None,
    db: Db = None,
) -> None:
    """检查数据库：汇总行与填报日志、操作记录链、SQLite 完整性。有问题则逐条列出并以 1 退出。

    例：python -m trackers check --anchor 记录末条.txt
    """
    kept = read_anchor(anchor) if anchor else []
    with opened(db) as store:
        last = last_entry(store)
        faults = anchor_faults(store, kept) + checks.faults(store)
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    typer.echo("数据库完好：汇总行与填报日志一致，操作记录链完整，SQLite 完整性检查通过。")
    if anchor and last and last not in kept:
        note_anchor(anchor, last)
        typer.echo(f"已把操作记录第 {last.id} 条的摘要记入 {anchor}。")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="备份写到哪个文件（不能已存在）。")],
    db: Db = None,
) -> None:
    """备份数据库（别人可以照常使用），并检查备份完好。

    例：python -m trackers backup 备份/2024-05-20.db
    """
    with opened(db) as store:
        size = upkeep.backup(store, file)
    typer.echo(f"已备份到 {file}（{size} 字节），检查通过。")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="取回哪个备份。")],
    db: Db = None,
) -> None:
    """取回备份；原来的数据库先另存在旁边。

    例：python -m trackers restore 备份/2024-05-20.db
    """
    path = db or database_path()
    kept = restore_database(file, path, by=cli_actor(), at=now())
    typer.echo(f"已从 {file} 恢复到 {path}。" + (f"原来的数据另存为 {kept}。" if kept else ""))


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="规划原文所在的文件夹。")],
    db: Db = None,
) -> None:
    """逐一核对：每个原文可辨或残损的数字，是否就在规划记录的位置上。不符的列出并以 1 退出。

    例：python -m trackers verify 原文/
    """
    with opened(db) as store:
        held = plans(store)
    mismatches = verify_plans(held, folder)
    for mismatch in mismatches:
        typer.echo(str(mismatch))
    figures = sum(1 for plan in held for i in plan.indicators for target in i.targets if target.source)
    if mismatches:
        typer.echo(f"{figures} 个数字中有 {len(mismatches)} 处不符。")
        raise typer.Exit(1)
    typer.echo(f"{figures} 个数字都在规划记录的位置上找到。")
