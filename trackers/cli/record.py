"""Commands over the record of actions: record list."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from trackers.cli.app import AsJson, Db, app, cli_actor, day_option, opened, print_json, print_table
from trackers.errors import UnknownNameError
from trackers.model.record_words import ACTION_WORDS, Names, action_word, when_text
from trackers.queries.audit import detail_of, entries
from trackers.queries.plans import plans, region_tree

record = typer.Typer(help="操作记录：查找。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(record, name="record")


@record.callback()
def _several() -> None:
    """Keep `list` a word of its own: a single command would take the place of its group."""


@record.command("list")
def list_entries(
    who: Annotated[str, typer.Option("--who", help="登录名或姓名（部分即可）。")] = "",
    action: Annotated[str, typer.Option("--action", help="操作：中文词或代码，如 提交填报、submit_figures。")] = "",
    subject: Annotated[str, typer.Option("--subject", help="对象：规划的编号、简称，登录名等（部分即可）。")] = "",
    words: Annotated[str, typer.Option("--words", help="内容里的文字。")] = "",
    first: Annotated[str | None, typer.Option("--from", help="起始日期（含），如 2024-05-20。")] = None,
    last: Annotated[str | None, typer.Option("--to", help="截止日期（含）。")] = None,
    refused: Annotated[bool, typer.Option("--refused", help="只列被拒绝的。")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="最多列出几条。")] = 100,
    before: Annotated[int | None, typer.Option("--before", help="只列编号小于它的：接着上一次往前查。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """查操作记录，新的在前。时间为北京时间；--json 中为 UTC。

    例：python -m trackers record list --action 提交填报 --from 2024-05-01
    """
    with opened(db) as store:
        names = Names(plans(store), region_tree(store))
        found = entries(
            store, by=cli_actor(), who=who, action=_action(action), subject=names.coded(subject), words=words,
            first=day_option(first), last=day_option(last), refused=refused, limit=limit, before=before,
        ).to_dict("records")  # fmt: skip
    if as_json:
        return print_json([entry | {"detail": detail_of(entry)} for entry in found])
    return print_table(["编号", "时间", "谁", "操作", "对象", "内容"], [_row(names, entry) for entry in found])


def _row(names: Names, entry: dict[Any, Any]) -> list[str]:
    subject, told = names.subject(entry["subject"]), names.brief(detail_of(entry))
    return [str(entry["id"]), when_text(entry["at"]), entry["by"], action_word(entry["action"]), subject, told]


def _action(text: str) -> str:
    """The code of an action by its word or code; raises UnknownNameError for a word that is none."""
    codes = {word: code for code, word in ACTION_WORDS.items()}
    if not text or text.isascii():
        return text
    if text not in codes:
        raise UnknownNameError("操作", text, list(codes))
    return codes[text]
