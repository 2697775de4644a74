"""Commands of supervision: issue, answer, accept, return, close, list, show, print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from trackers.actions import supervision as actions
from trackers.actions.evidence import add_evidence
from trackers.cli.app import AsJson, Db, app, cli_actor, day_option, now, opened, print_json, print_table
from trackers.cli.supervision_told import list_orders, records_of, story_record, tell
from trackers.errors import FileError
from trackers.model.plan import Plan
from trackers.model.report import EvidenceName
from trackers.model.supervision import (
    OrderDraft,
    OrderLevel,
    OrderState,
    usual_request,
)
from trackers.model.wording import BEIJING, date_text
from trackers.queries.assess import assess, opening_day
from trackers.queries.plans import find_indicator, find_plan, plan_by_id, region_tree
from trackers.queries.supervision import (
    SUPERVISED,
    find_order,
    open_orders,
    order_story,
    orders,
)
from trackers.reports.order import order_docx
from trackers.store import Store

supervision = typer.Typer(help="督办：对滞后的指标发出、答复、审定、结案、打印。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(supervision, name="supervision")

Number = Annotated[str, typer.Argument(help="督办单的编号，见 supervision list 的第一列。")]
Comment = Annotated[str, typer.Option("--comment", help="审定意见。")]


def _today() -> date:
    return datetime.now(BEIJING).date()


@supervision.command()
def issue(
    plan: Annotated[str, typer.Option("--plan", help="规划的编号、简称或地区名。")],
    due: Annotated[str, typer.Option("--due", help="时限，如 2024-06-20，不早于今天。")],
    indicator: Annotated[list[str] | None, typer.Option("--indicator", help="指标名或编号，可写多次；不写为全部。")] = None,
    region: Annotated[list[str] | None, typer.Option("--region", help="地区名或代码，可写多次；不写为全部。")] = None,
    every: Annotated[bool, typer.Option("--all", help="对全部滞后、背离或未实现的项发出。")] = False,
    day: Annotated[str | None, typer.Option("--as-of", help="所据判定的截至日；不写为今天或规划末日。")] = None,
    level: Annotated[OrderLevel, typer.Option("--level", help="reminder 提醒，order 督办，talk 约谈。")] = OrderLevel.ORDER,
    asked: Annotated[str, typer.Option("--asked", help="督办要求；不写为查明原因并限期答复。")] = "",
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """对滞后、背离目标或未实现的项发出督办，全部发出或全部不发；已有未结案督办的项跳过并说明。

    例：python -m trackers supervision issue --plan 阜新 --region 海州区 --due 2024-06-20
    """
    if not (indicator or region or every):
        raise typer.BadParameter("请用 --indicator 或 --region 说明督办哪些项；要督办全部滞后的项，请写 --all。")
    until = day_option(due)
    assert until is not None
    with opened(db) as store:
        held = find_plan(store, plan)
        on = day_option(day) or opening_day(held, _today())
        rows = _lagging(store, held, on, indicator or [], region or [])
        there = open_orders(store, held.id, by=cli_actor(), on=_today())
        told = {"plan": held.id, "day": on, "level": level, "due": until, "asked": asked or usual_request(until)}
        keys = [key for key in rows if key not in there]
        drafts = [OrderDraft(indicator=key[0], region=key[1], **told) for key in keys]
        sent = actions.issue_orders(store, drafts, by=cli_actor(), at=now())
        skipped = [there[key].partition(" ")[0] for key in rows if key in there]
        issued = records_of(orders(store, by=cli_actor(), plan=held.id, on=_today()), {order.id for order in sent})
    if as_json:
        return print_json({"issued": issued, "already_open": skipped})
    list_orders(issued)
    return typer.echo(f"已发出 {len(issued)} 件督办。" + (f"已有未结案的跳过：{'、'.join(skipped)}。" if skipped else ""))


def _lagging(
    store: Store, plan: Plan, day: date, indicators: Sequence[str], regions: Sequence[str]
) -> list[tuple[str, str]]:
    """(indicator, region) of the rows that lag as of the day, of these indicators and regions (all where none)."""
    frame, tree = assess(store, plan, day, by=cli_actor()), region_tree(store)
    rows = frame[frame["verdict"].isin(SUPERVISED)]
    if indicators:
        rows = rows[rows["indicator"].isin([find_indicator(plan, name).id for name in indicators])]
    if regions:
        rows = rows[rows["region"].isin([tree.resolve(name, plan.region, day).code for name in regions])]
    return list(zip(rows["indicator"], rows["region"], strict=True))


@supervision.command()
def answer(
    number: Number,
    measures: Annotated[str, typer.Option("--measures", help="整改措施。")],
    until: Annotated[str, typer.Option("--until", help="完成时限，如 2024-09-30。")],
    file: Annotated[list[Path] | None, typer.Option("--file", help="佐证材料，可写多次。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """答复督办单：写明措施和完成时限，可附佐证材料。

    例：python -m trackers supervision answer 2024-0001 --measures 增设两个项目 --until 2024-09-30
    """
    day = day_option(until)
    assert day is not None
    with opened(db) as store:
        id = find_order(store, number)
        story = actions.answer_order(
            store, id, measures, until=day, files=_files(store, id, file or []), by=cli_actor(), at=now()
        )
    tell(story, as_json)


def _files(store: Store, id: int, paths: Iterable[Path]) -> list[EvidenceName]:
    order = order_story(store, id, by=cli_actor()).order
    plan = plan_by_id(store, order.plan)
    found = []
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise FileError(f"不能读 {path}：{error}。") from error
        named = add_evidence(store, content, path.name, plan=plan, region=order.region, by=cli_actor(), at=now())
        found.append(named)
    return found


@supervision.command()
def accept(number: Number, comment: Comment = "", db: Db = None, as_json: AsJson = False) -> None:
    """认可答复；判定好转后再结案。

    例：python -m trackers supervision accept 2024-0001
    """
    with opened(db) as store:
        story = actions.accept_answer(store, find_order(store, number), comment=comment, by=cli_actor(), at=now())
    tell(story, as_json)


@supervision.command(name="return")
def return_(number: Number, comment: Comment, db: Db = None, as_json: AsJson = False) -> None:
    """退回答复并写明意见，由该地区重新答复。

    例：python -m trackers supervision return 2024-0001 --comment 请补充时间表
    """
    with opened(db) as store:
        story = actions.return_answer(store, find_order(store, number), comment=comment, by=cli_actor(), at=now())
    tell(story, as_json)


@supervision.command()
def close(
    number: Annotated[str | None, typer.Argument(help="督办单的编号；与 --turned 二选一。")] = None,
    reason: Annotated[str, typer.Option("--reason", help="结案理由；判定已好转的可以不写。")] = "",
    turned: Annotated[bool, typer.Option("--turned", help="把判定已好转的全部结案。")] = False,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """结案：判定已经好转，或另有决定（写明理由）。

    例：python -m trackers supervision close --turned
    """
    if (number is None) == (not turned):
        raise typer.BadParameter("请写一个督办单的编号，或写 --turned 把判定已好转的全部结案（二选一）。")
    with opened(db) as store:
        if number is not None:
            story = actions.close_order(store, find_order(store, number), reason=reason, by=cli_actor(), at=now())
            return tell(story, as_json)
        ids = actions.close_turned(store, by=cli_actor(), at=now())
        closed = records_of(orders(store, by=cli_actor(), on=_today()), set(ids))
    if as_json:
        return print_json(closed)
    return typer.echo(f"已结案 {len(closed)} 件判定好转的督办单。")


@supervision.command(name="list")
def list_(
    plan: Annotated[str | None, typer.Option("--plan", help="只看一份规划：编号、简称或地区名。")] = None,
    state: Annotated[list[OrderState] | None, typer.Option("--state", help="只看这些状态，可写多次。")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="只看已逾期的。")] = False,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """列出督办单，逾期的在前。

    例：python -m trackers supervision list --plan 阜新 --overdue
    """
    with opened(db) as store:
        only = find_plan(store, plan).id if plan else None
        rows = orders(store, by=cli_actor(), plan=only, on=_today())
    rows = rows[rows["overdue"]] if overdue else rows
    rows = rows[rows["state"].isin(state)] if state else rows
    records = records_of(rows)
    return print_json(records) if as_json else list_orders(records)


@supervision.command()
def show(number: Number, db: Db = None, as_json: AsJson = False) -> None:
    """一件督办单的内容和办理经过。

    例：python -m trackers supervision show 2024-0001
    """
    with opened(db) as store:
        story = order_story(store, find_order(store, number), by=cli_actor())
    if as_json:
        return print_json(story_record(story))
    rows = [[step.kind.word, step.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M"), step.by_name, step.said,
             date_text(step.until)] for step in story.steps]  # fmt: skip
    typer.echo(f"{story.order.number}　{story.order.level.word}　{story.order.word}　要求：{story.order.asked}")
    return print_table(["办理", "时间", "办理人", "内容", "完成时限"], rows)


@supervision.command(name="print")
def print_(
    number: Number, out: Annotated[Path, typer.Option("--out", help="写到哪个 .docx 文件。")], db: Db = None
) -> None:
    """把督办单写成一页 Word 文件，带回执栏。

    例：python -m trackers supervision print 2024-0001 --out 督办单.docx
    """
    with opened(db) as store:
        made = order_docx(store, find_order(store, number), by=cli_actor())
    try:
        out.write_bytes(made)
    except OSError as error:
        raise FileError(f"不能写 {out}：{error}。") from error
    typer.echo(f"已写 {out}。")
