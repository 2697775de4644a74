"""The Typer application and what every command shares: the database, dates, and how an answer is printed."""

from __future__ import annotations

import getpass
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from trackers.errors import FileError
from trackers.exchange.first_start import open_or_create
from trackers.model.account import Actor, operator
from trackers.model.signs import visible
from trackers.settings import database_path
from trackers.store import Store

app = typer.Typer(
    name="python -m trackers",
    help="计量规划目标跟踪平台：规划、指标、填报、判定、报告。每条命令加 --help 可看用途和例子。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

WHOLE = 400  # columns: wide enough that no cell is folded in a file

Db = Annotated[
    Path | None,
    typer.Option("--db", help="数据库文件；不写则用 TRACKERS_DB，再则 data/tracker.db。没有就先建立。"),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供其他程序使用。")]


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def cli_actor() -> Actor:
    """Who acts: the machine's operator, under the name they are signed in to the machine with."""
    return operator(getpass.getuser())


def opened(db: Path | None) -> Store:
    """The database named, made with the plans and published figures where there is none."""
    path = db or database_path()
    if not path.exists() and sys.stderr.isatty():
        typer.echo(f"没有数据库 {path}，正在建立……", err=True)
    return open_or_create(path, at=now())


def day_option(text: str | None) -> date | None:
    """A day as typed; raises a usage error for anything that is not YYYY-MM-DD."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"读到“{text}”，应为日期，如 2024-05-20") from None


def print_json(answer: Any) -> None:
    """Print the answer as JSON, Chinese as it is."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))


def print_table(columns: list[str], rows: list[list[str]]) -> None:
    """Print rows as a table: to the terminal's width, or whole where the output goes to a file."""
    table = Table(*(Column(name, overflow="fold") for name in columns))
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=WHOLE)
    console.print(table)


def write_out(out: Path, made: bytes, *, quiet: bool = False) -> None:
    """Write the file and say so, unless JSON is told beside it; raises FileError where that cannot be done."""
    try:
        out.write_bytes(made)
    except OSError as error:
        raise FileError(f"不能写 {out}：{error}。") from error
    if not quiet:
        typer.echo(f"已写 {out}。")
