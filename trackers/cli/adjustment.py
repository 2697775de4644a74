"""Commands for changing targets: adjustment propose, examine, approve, reject, withdraw, import, list.

The machine's operator acts here and may do every step, of their own proposals too: one session tells the whole story,
and each step stands in the record as done by the operator, marked where it was their own proposal.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from trackers.actions import adjustments as actions
from trackers.cli.app import AsJson, Db, app, cli_actor, day_option, now, opened, print_json, print_table
from trackers.errors import FileError
from trackers.exchange.numbers import parse_number
from trackers.exchange.target_sheet import propose_targets, read_targets
from trackers.model.adjustment import Adjustment, Approval, Change, Kind
from trackers.model.wording import number_text
from trackers.queries.adjustments import adjustment_by_id, adjustments, plan_as_of
from trackers.queries.assess import opening_day
from trackers.queries.plans import find_indicator, find_plan, plan_by_id, region_tree
from trackers.queries.records import plain, whole
from trackers.queries.what_if import what_if
from trackers.store import Store

adjustment = typer.Typer(help="指标调整：提出、审查、登记批准、撤回、列出。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(adjustment, name="adjustment")

PlanName = Annotated[str, typer.Option("--plan", help="规划的编号、简称或地区名。")]
Id = Annotated[int, typer.Argument(help="调整的编号，见 adjustment list。")]
Comment = Annotated[str, typer.Option("--comment", help="意见。")]
KINDS = "target 目标值调整，annual 年度分解目标，regional 区域分解目标，confirmation 待核实目标确认。"


@adjustment.command()
def propose(
    plan: PlanName,
    indicator: Annotated[str, typer.Option("--indicator", help="指标的编号或名称。")],
    year: Annotated[int, typer.Option("--year", help="目标年份；年度分解目标为其年份。")],
    value: Annotated[str, typer.Option("--value", help="新值，如 90 或 95%。")],
    kind: Annotated[Kind, typer.Option("--kind", help=KINDS)] = Kind.TARGET,
    region: Annotated[str | None, typer.Option("--region", help="区域分解目标的地区：代码或名称。")] = None,
    effective: Annotated[str | None, typer.Option("--effective", help="分解目标从哪一天起生效，如 2017-01-01。")] = None,
    reason: Annotated[str, typer.Option("--reason", help="理由。")] = "",
    reference: Annotated[str, typer.Option("--reference", help="依据：文件名称、文号或网址。")] = "",
    as_of: Annotated[str | None, typer.Option("--as-of", help="试算判定的日子；默认今天或规划末年。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """提出一项调整，并试算它对各地判定的影响；审查和批准之前不生效。

    例：python -m trackers adjustment propose --plan 阜新 --indicator city-standards --year 2020 --value 90 --reason 增加任务
    """
    with opened(db) as store:
        held = find_plan(store, plan)
        one = find_indicator(held, indicator)
        place = region_tree(store).resolve(region, within=held.region).code if region else None
        change = Change(
            plan=held.id, indicator=one.id, kind=kind, year=year, region=place, reason=reason, reference=reference,
            value=_value(value, one.unit), effective=day_option(effective),
        )  # fmt: skip
        (id,) = actions.propose_changes(store, [change], by=cli_actor(), at=now())
        made = adjustment_by_id(store, id)
        frame = what_if(store, held, made.change, day_option(as_of) or opening_day(held, date.today()), by=cli_actor())
        record = _record(store, made)
    moved = frame[frame["moves"]]
    if as_json:
        judged = [{name: plain(text) for name, text in row.items()} for row in frame.to_dict("records")]
        return print_json(record | {"what_if": judged})
    typer.echo(f"已提出，编号 {id}。试算：{len(moved)}/{len(frame)} 个判定会改变。")
    rows = moved.to_dict("records")
    told = [[r["region_name"], f"{r['sign']} {r['word']}", f"{r['sign_then']} {r['word_then']}"] for r in rows]
    return print_table(["地区", "现在判定", "调整后判定"], told) if told else None


def _value(text: str, unit: str) -> float:
    return float(parse_number(text, unit, column="--value"))


@adjustment.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="分解目标表（.xlsx 或 .csv）。")],
    plan: PlanName,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """从表里提出年度分解目标和区域分解目标，全部提出或全部不动。

    例：python -m trackers adjustment import 分解目标.xlsx --plan 阜新
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise FileError(f"不能读 {file}：{error}。") from error
    with opened(db) as store:
        reading = read_targets(store, content, file.name, find_plan(store, plan), by=cli_actor())
        if reading.faults:
            raise FileError("\n".join(["没有提出任何分解目标：", *(str(each) for each in reading.faults)]))
        ids = propose_targets(store, reading, by=cli_actor(), at=now())
    if as_json:
        return print_json({"adjustments": ids, "sums": reading.sums})
    return typer.echo("\n".join([f"已提出 {len(ids)} 个分解目标，编号 {ids[0]} 至 {ids[-1]}。", *reading.sums]))


@adjustment.command()
def examine(
    id: Id,
    back: Annotated[bool, typer.Option("--back", help="退回，并用 --comment 写明哪里要改；不写则为通过。")] = False,
    comment: Comment = "",
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """审查一项调整：通过，或退回。分解目标和确认在审查通过后生效。

    例：python -m trackers adjustment examine 1 --comment 属实
    """
    with opened(db) as store:
        done = actions.examine_change(store, id, passes=not back, comment=comment, by=cli_actor(), at=now())
        _tell(store, done, as_json)


@adjustment.command()
def approve(
    id: Id,
    number: Annotated[str, typer.Option("--number", help="批准文件的文号，如 阜政函〔2017〕3号。")],
    day: Annotated[str, typer.Option("--date", help="批准文件的日期，如 2017-03-01。")],
    effective: Annotated[str | None, typer.Option("--effective", help="生效日期；不写则为批准文件的日期。")] = None,
    comment: Comment = "",
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """登记政府对一项调整的批准：从生效日期起按新目标判断。

    例：python -m trackers adjustment approve 1 --number 阜政函〔2017〕3号 --date 2017-03-01 --effective 2017-04-01
    """
    signed = day_option(day) or date.min
    approval = Approval(number=number, day=signed, effective=day_option(effective) or signed)
    with opened(db) as store:
        done = actions.approve_change(store, id, approval, comment=comment, by=cli_actor(), at=now())
        _tell(store, done, as_json)


@adjustment.command()
def reject(
    id: Id,
    comment: Annotated[str, typer.Option("--comment", help="批准机关的意见。")],
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """登记一项调整未获批准。

    例：python -m trackers adjustment reject 1 --comment 维持原目标
    """
    with opened(db) as store:
        _tell(store, actions.reject_change(store, id, comment=comment, by=cli_actor(), at=now()), as_json)


@adjustment.command()
def withdraw(id: Id, comment: Comment = "", db: Db = None, as_json: AsJson = False) -> None:
    """撤回一项还没有生效的调整。

    例：python -m trackers adjustment withdraw 1
    """
    with opened(db) as store:
        _tell(store, actions.withdraw_change(store, id, comment=comment, by=cli_actor(), at=now()), as_json)


@adjustment.command(name="list")
def list_(
    plan: Annotated[str | None, typer.Option("--plan", help="只看一份规划：编号、简称或地区名。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """列出指标调整和每一步的经过，最新的在前。

    例：python -m trackers adjustment list --plan 阜新 --json
    """
    with opened(db) as store:
        only = find_plan(store, plan).id if plan else None
        records = [_record(store, each) for each in adjustments(store, by=cli_actor(), plan=only)]
    if as_json:
        return print_json(records)
    rows = [
        [str(r["id"]), r["plan"], r["kind_word"], r["indicator_name"], str(r["year"]), r["region_name"] or "",
         number_text(r["old"], r["unit"]), number_text(r["value"], r["unit"]), r["word"],
         r["approval"]["number"] if r["approval"] else "", r["effective"] or ""]
        for r in records
    ]  # fmt: skip
    return print_table(["编号", "规划", "类别", "指标", "年份", "地区", "原值", "新值", "状态", "文号", "生效"], rows)


def _record(store: Store, made: Adjustment) -> dict[str, Any]:
    """A change as a plain record; `effective` is absent where it is not in force, or always was."""
    change = made.change
    document = plan_as_of(store, plan_by_id(store, change.plan), date.max)
    indicator = next((each for each in document.indicators if each.id == change.indicator), None)
    held = made.decisive and made.effective > date.min
    return {
        "id": made.id, "plan": change.plan, "kind": change.kind.value, "kind_word": change.kind.word,
        "indicator": change.indicator, "indicator_name": indicator.name if indicator else change.indicator,
        "unit": indicator.unit if indicator else "", "year": change.year, "region": change.region,
        "region_name": region_tree(store)[change.region].name if change.region else None,
        "old": whole(change.old), "value": whole(change.value), "reason": change.reason, "reference": change.reference,
        "state": made.state.value, "word": made.word, "in_force": bool(made.decisive),
        "effective": made.effective.isoformat() if held else None,
        "approval": made.approval.model_dump(mode="json") if made.approval else None,
        "proposed_by": made.by, "proposed_at": made.at.isoformat(),
        "steps": [each.model_dump(mode="json") for each in made.steps], "demo": made.demo,
    }  # fmt: skip


def _tell(store: Store, done: Adjustment, as_json: bool) -> None:
    if as_json:
        return print_json(_record(store, done))
    return typer.echo(f"第 {done.id} 项调整：{done.word}。")
