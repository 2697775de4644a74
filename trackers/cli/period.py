"""Commands for the times at which figures are taken: period list, open, close, rule, except, missing."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from trackers.actions import periods as change
from trackers.cli.app import AsJson, Db, app, cli_actor, day_option, now, opened, print_json, print_table
from trackers.errors import RefusedError
from trackers.exchange.periods import read_period
from trackers.model.plan import Level
from trackers.model.wording import BEIJING, percent_text
from trackers.queries.periods import exceptions, windows
from trackers.queries.plans import find_plan, region_tree
from trackers.queries.reporting import by_region, rates, reporting

period_app = typer.Typer(help="填报期：何时开放、何时截止、谁还没有报。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(period_app, name="period")

PlanName = Annotated[str, typer.Option("--plan", help="规划的编号、简称或地区名。")]
LevelName = Annotated[str, typer.Option("--level", help="填报层级：市级、县级等（或 city、county）。")]
PeriodName = Annotated[str, typer.Option("--period", help="填报期，如 2024、2024H1、2024Q3、2024-09。")]
LEVELS = {word: each for each in Level for word in (each.value, each.word)}


@period_app.command(name="list")
def list_(plan: PlanName, db: Db = None, as_json: AsJson = False) -> None:
    """列出已经结束或正在进行的填报期：开放日、截止日、现在能不能填。

    例：python -m trackers period list --plan 阜新
    """
    with opened(db) as store:
        held = find_plan(store, plan)
        today = _today()
        found = windows(store, held, held.first_day, today)
    records = [
        {
            "level": each.level.word, "period": str(each.period), "opens": each.opens.isoformat(),
            "deadline": each.deadline.isoformat(), "provisional": each.provisional, "state": each.state(today).word,
            "reason": each.reason,
        }
        for each in found
    ]  # fmt: skip
    if as_json:
        return print_json(records)
    rows = [[_text(record, name) for name in ("level", "period", "opens", "deadline", "state", "reason")] for record in records]
    return print_table(["层级", "填报期", "开放日", "截止日", "状态", "说明"], rows)


@period_app.command(name="open")
def open_(
    plan: PlanName,
    level: LevelName,
    first: Annotated[str, typer.Option("--from", help="从哪个填报期起，如 2019 或 2019Q1。")],
    until: Annotated[str, typer.Option("--until", help="最后一天，如 2024-06-30；当天仍可填报。")],
    last: Annotated[str | None, typer.Option("--to", help="到哪个填报期止；不写则只开放一个。")] = None,
    opens: Annotated[str | None, typer.Option("--opens", help="从哪一天起开放；不写则从今天起。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """开放填报期，以前各年的也可以；开放一年，也就开放年末（第四季度）的数。

    例：python -m trackers period open --plan 阜新 --level 县级 --from 2019 --to 2020 --until 2026-12-31
    """
    begin, end = read_period(first), read_period(last or first)
    days = {"opens": day_option(opens) or _today(), "deadline": day_option(until) or _today()}
    with opened(db) as store:
        held = find_plan(store, plan)
        found = change.open_periods(store, held.id, _level(level), begin, end, **days, by=cli_actor(), at=now())
    _done("已开放", [str(each) for each in found], as_json, f"，至 {days['deadline']} 截止")


@period_app.command()
def close(
    plan: PlanName, level: LevelName, period: PeriodName,
    reason: Annotated[str, typer.Option("--reason", help="为什么关闭；填报人会看到。")],
    db: Db = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """关闭填报期，不再收数；以后可以再开放。

    例：python -m trackers period close --plan 阜新 --level 县级 --period 2019 --reason 数据已汇总上报
    """
    with opened(db) as store:
        held, wanted = find_plan(store, plan), read_period(period)
        found = change.close_period(store, held.id, _level(level), wanted, reason=reason, by=cli_actor(), at=now())
    _done("已关闭", [str(each) for each in found], as_json)


@period_app.command()
def rule(
    plan: PlanName, level: LevelName,
    working_days: Annotated[int, typer.Option("--days", help="填报期结束后的第几个工作日截止。")],
    db: Db = None,
) -> None:  # fmt: skip
    """设定填报期结束后第几个工作日截止；没有单独开放或关闭的填报期照此办。

    例：python -m trackers period rule --plan 阜新 --level 县级 --days 10
    """
    with opened(db) as store:
        change.set_rule(store, find_plan(store, plan).id, _level(level), working_days, by=cli_actor(), at=now())
    typer.echo(f"已设定：填报期结束后第 {working_days} 个工作日截止。")


@period_app.command(name="except")
def except_(
    plan: PlanName, period: PeriodName,
    region: Annotated[str, typer.Option("--region", help="准许哪个地区补报：代码或名称。")],
    until: Annotated[str, typer.Option("--until", help="补报到哪一天止，如 2024-06-30。")],
    reason: Annotated[str, typer.Option("--reason", help="为什么准许补报。")],
    db: Db = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """准许一个地区在截止或关闭以后补报。

    例：python -m trackers period except --plan 阜新 --region 海州区 --period 2019 --until 2026-12-31 --reason 机构改革
    """
    with opened(db) as store:
        held, wanted, last = find_plan(store, plan), read_period(period), day_option(until) or _today()
        place = region_tree(store).resolve(region, within=held.region)
        found = change.grant_exception(
            store, held.id, place.code, wanted, reason=reason, until=last, by=cli_actor(), at=now()
        )
    _done(f"已准许{place.name}补报", [str(each) for each in found], as_json, f"，至 {last}")


@period_app.command()
def missing(plan: PlanName, period: PeriodName, db: Db = None, as_json: AsJson = False) -> None:
    """催报名单：各地应报、已报、按时报的个数，还缺哪些指标，以及准许补报的情况。

    例：python -m trackers period missing --plan 阜新 --period 2019
    """
    with opened(db) as store:
        held, wanted, today, by = find_plan(store, plan), read_period(period), _today(), cli_actor()
        frame = reporting(store, held, wanted, by=by, on=today)
        rows, leave = by_region(frame, held, region_tree(store), today), exceptions(store, held, by=by)
    total = rates(frame)
    lacking = rows[~rows["below"] & (rows["reported"] < rows["expected"])]
    names = ["region", "region_name", "expected", "reported", "timely", "overdue", "lacking"]
    records = lacking[names].to_dict("records")
    if as_json:
        told = leave.assign(until=[each.isoformat() for each in leave["until"]]).to_dict("records")
        shares = {"completeness": total.completeness, "timeliness": total.timeliness}
        return print_json({**total._asdict(), **shares, "missing": records, "exceptions": told})
    shown = [[record["region_name"], *(str(record[name]) for name in names[2:])] for record in records]
    print_table(["地区", "应报", "已报", "按时", "逾期", "缺报的指标"], shown)
    return typer.echo(
        f"应报 {total.expected} 个，已报 {total.reported} 个（报送率 {percent_text(total.completeness)}），"
        f"按时 {total.timely} 个（及时率 {percent_text(total.timeliness)}）。"
    )


def _today() -> date:
    return now().astimezone(BEIJING).date()


def _level(text: str) -> Level:
    if text.strip() in LEVELS:
        return LEVELS[text.strip()]
    raise RefusedError(f"读到的层级是“{text}”，应为{'、'.join(each.word for each in Level)}之一。没有改动。")


def _text(record: dict[str, Any], name: str) -> str:
    marked = name == "deadline" and record["provisional"]
    return f"{record[name]}{'（暂定）' if marked else ''}"


def _done(what: str, found: list[str], as_json: bool, more: str = "") -> None:
    if as_json:
        return print_json({"periods": found})
    return typer.echo(f"{what}：{'、'.join(found)}{more}。")
