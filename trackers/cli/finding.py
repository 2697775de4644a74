"""Commands of evaluators: evaluation finding, comment, check."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from pydantic import ValidationError

from trackers.actions import findings as actions
from trackers.cli.app import AsJson, Db, cli_actor, day_option, now, opened, print_json, print_table
from trackers.cli.evaluation import Id, evaluation
from trackers.errors import FigureError, RefusedError, UnknownNameError
from trackers.exchange.numbers import parse_number
from trackers.model.finding import Cause, Delivered, Draft, SpotCheck, Subject, Voice
from trackers.model.plan import Plan
from trackers.model.wording import number_text
from trackers.queries.evaluation_records import check_record, finding_record
from trackers.queries.evaluations import evaluation as evaluation_by_id
from trackers.queries.evaluations import spot_checks
from trackers.queries.plans import find_indicator, plan_by_id, region_tree
from trackers.store import Store

SUBJECTS = "、".join(f"{each.value} {each.word}" for each in Subject)
VOICES = "、".join(f"{each.value} {each.word}" for each in Voice)
CAUSES = "、".join(f"{each.value} {each.word}" for each in Cause)
GRADES = "；".join(f"{each.word}：{'、'.join(actions.SCALES[each].values())}" for each in Subject)


@evaluation.command()
def finding(
    id: Id,
    about: Annotated[str, typer.Option("--about", help="指标、定性目标或重点任务的编号或名称。")],
    subject: Annotated[Subject, typer.Option("--subject", help=f"{SUBJECTS}。")] = Subject.INDICATOR,
    region: Annotated[str | None, typer.Option("--region", help="地区：代码或名称；不写就是规划的地区。")] = None,
    voice: Annotated[Voice, typer.Option("--voice", help=f"{VOICES}。")] = Voice.EVALUATOR,
    grade: Annotated[str, typer.Option("--grade", help=f"评定。{GRADES}。指标不写就是同意计算的判定。")] = "",
    reason: Annotated[str, typer.Option("--reason", help="评定与计算的判定不同时的理由。")] = "",
    cause: Annotated[Cause | None, typer.Option("--cause", help=f"原因类别：{CAUSES}。")] = None,
    explained: Annotated[str, typer.Option("--explained", help="原因说明。")] = "",
    suggestion: Annotated[str, typer.Option("--suggestion", help="建议。")] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="依据。")] = "",
    done: Annotated[list[str] | None, typer.Option("--done", help="已交的成果，序号=日期，如 1=2016-08-01，可写几次。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """写一条评估意见：对指标、定性目标或重点任务。先前写的保留，以最后一条为准。

    例：python -m trackers evaluation finding 1 --about city-standards --cause money --explained 经费未到位
    """
    with opened(db) as store:
        plan = plan_by_id(store, evaluation_by_id(store, id, by=cli_actor()).plan)
        place = region_tree(store).resolve(region, within=plan.region).code if region else plan.region
        told: dict[str, object] = {
            "subject": subject, "code": _code(plan, subject, about), "region": place, "voice": voice,
            "grade": _grade(subject, grade), "reason": reason, "cause": cause, "explained": explained,
            "suggestion": suggestion, "evidence": evidence, "delivered": tuple(_delivered(each) for each in done or []),
        }  # fmt: skip
        written = actions.write_finding(store, id, _draft(told), by=cli_actor(), at=now())
    if as_json:
        return print_json(finding_record(written))
    return typer.echo(f"已写第 {written.id} 号评估意见（{written.voice.word}）。")


def _draft(told: dict[str, object]) -> Draft:
    try:
        return Draft.model_validate(told)
    except ValidationError as error:
        raise RefusedError(f"没有写入：{error.errors()[0]['msg'].removeprefix('Value error, ')}。") from error


def _code(plan: Plan, subject: Subject, name: str) -> str:
    if subject is Subject.INDICATOR:
        return find_indicator(plan, name).id
    parts = plan.goals if subject is Subject.GOAL else plan.tasks
    found = [each.id for each in parts if name.strip() in (each.id, each.name)]
    if len(found) != 1:
        raise UnknownNameError(subject.word, name, found or [each.id for each in parts][:3], ambiguous=len(found) > 1)
    return found[0]


def _grade(subject: Subject, text: str) -> str:
    """The grade that is meant by its code or its word; what is neither is left to be refused."""
    return {word: code for code, word in actions.SCALES[subject].items()}.get(text.strip(), text.strip())


def _delivered(text: str) -> Delivered:
    number, _, day = text.partition("=")
    if not number.strip().isdigit():
        raise FigureError("--done", text, "序号=日期，如 1=2016-08-01")
    return Delivered(int(number), day_option(day.strip()) or date.min)


@evaluation.command()
def comment(
    finding: Annotated[int, typer.Argument(help="评估意见的编号。")],
    text: Annotated[str, typer.Argument(help="评论。")],
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """在一条评估意见下写评论。

    例：python -m trackers evaluation comment 1 已核对台账
    """
    with opened(db) as store:
        told = actions.comment_finding(store, finding, text, by=cli_actor(), at=now())
    if as_json:
        return print_json(finding_record(told))
    return typer.echo(f"已在第 {told.id} 号评估意见下写了第 {len(told.comments)} 条评论。")


@evaluation.command()
def check(
    id: Id,
    draw: Annotated[int | None, typer.Option("--draw", help="随机抽取几个数。")] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="抽样种子；同一种子抽到同样的数。不写则随机产生并留存。")] = None,
    pick: Annotated[
        list[str] | None, typer.Option("--pick", help="选取一个数，指标/地区/填报期，如 city-standards/210900/2016Q4，可写几次。")
    ] = None,
    record: Annotated[int | None, typer.Option("--record", help="登记结果：抽查的编号，与 --value、--evidence 同用。")] = None,
    value: Annotated[str, typer.Option("--value", help="核实的数值，用指标自己的单位。")] = "",
    evidence: Annotated[str, typer.Option("--evidence", help="核实依据。")] = "",
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """抽查核实：随机抽取或选取填报的数，登记核实的数值；都不写则列出。

    例：python -m trackers evaluation check 1 --draw 5 --seed 2016
    """
    with opened(db) as store:
        by = cli_actor()
        if draw is not None:
            found = actions.draw_checks(store, id, draw, seed=seed, by=by, at=now())
        elif pick:
            found = actions.choose_checks(store, id, [_place(store, id, each) for each in pick], by=by, at=now())
        elif record is not None:
            number = _value(store, id, record, value)
            found = [actions.record_check(store, record, number, evidence, by=by, at=now())]
        else:
            found = spot_checks(store, id, by=by)
        plan = plan_by_id(store, evaluation_by_id(store, id, by=by).plan)
        names = {code: region.name for code, region in region_tree(store).by_code.items()}
    if as_json:
        return print_json([check_record(each) for each in found])
    return print_table(
        ["编号", "指标", "地区", "填报期", "填报值", "核实值", "相差", "种子"], [_line(plan, names, each) for each in found]
    )


def _place(store: Store, id: int, text: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in text.split("/")]
    if len(parts) != 3:
        raise FigureError("--pick", text, "指标/地区/填报期，如 city-standards/210900/2016Q4")
    plan = plan_by_id(store, evaluation_by_id(store, id, by=cli_actor()).plan)
    region = region_tree(store).resolve(parts[1], within=plan.region).code
    return find_indicator(plan, parts[0]).id, region, parts[2]


def _value(store: Store, id: int, check: int, text: str) -> float:
    """The value found, as typed, in the unit of the figure that was taken out."""
    taken = next((each for each in spot_checks(store, id, by=cli_actor()) if each.id == check), None)
    if taken is None:
        raise UnknownNameError("抽查", str(check), [])
    plan = plan_by_id(store, evaluation_by_id(store, id, by=cli_actor()).plan)
    return float(parse_number(text, plan.indicator(taken.indicator).unit, column="--value"))


def _line(plan: Plan, names: dict[str, str], check: SpotCheck) -> list[str]:
    indicator = plan.indicator(check.indicator)
    numbers = [number_text(each, indicator.unit) for each in (check.reported, check.checked, check.difference)]
    return [str(check.id), indicator.name, names[check.region], check.period, *numbers, check.seed or "选取"]
