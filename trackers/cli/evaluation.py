"""Commands over evaluations: evaluation open, list, checklist, assign, unassign, freeze, reopen, publish, withdraw, show.

Findings and spot checks are in `trackers.cli.finding`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from trackers.actions import evaluations as actions
from trackers.assessment.policy import Policy
from trackers.cli.app import AsJson, Db, app, cli_actor, day_option, now, opened, print_json, print_table
from trackers.errors import FileError
from trackers.model.evaluation import Evaluation
from trackers.model.finding import Voice
from trackers.model.plan import EvaluationKind
from trackers.model.wording import BEIJING, date_text, number_text
from trackers.queries.evaluation_records import evaluation_record, missing_record, shown_record
from trackers.queries.evaluations import checklist as missing_of
from trackers.queries.evaluations import evaluations
from trackers.queries.plans import find_plan, plans
from trackers.queries.public import address_of

evaluation = typer.Typer(
    help="评估：开评、列缺项、冻结、写评估意见、抽查、公布。", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(evaluation, name="evaluation")

Id = Annotated[int, typer.Argument(help="评估的编号，见 evaluation list。")]
Reason = Annotated[str, typer.Option("--reason", help="理由，记录在案。")]
KINDS = "、".join(f"{kind.value} {kind.word}" for kind in EvaluationKind)


@evaluation.command(name="open")
def open_(
    plan: Annotated[str, typer.Option("--plan", help="规划的编号、简称或地区名。")],
    kind: Annotated[EvaluationKind, typer.Option("--kind", help=f"{KINDS}。")],
    as_of: Annotated[str, typer.Option("--as-of", help="截止日，如 2016-12-31。")],
    policy: Annotated[Path | None, typer.Option("--policy", help="判定标准（JSON 文件）；不写则用通常的标准。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """开一次评估，定下截止日和判定标准。

    例：python -m trackers evaluation open --plan 阜新 --kind midterm --as-of 2016-12-31
    """
    day, limits = day_option(as_of), _policy(policy)
    assert day is not None
    with opened(db) as store:
        held = find_plan(store, plan)
        about = actions.open_evaluation(store, held.id, kind, day, policy=limits, by=cli_actor(), at=now())
    _tell(about, as_json)


def _policy(path: Path | None) -> Policy | None:
    if path is None:
        return None
    try:
        return Policy.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FileError(f"不能读 {path}：{error}。") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise FileError(f"{path} 不是判定标准：{'.'.join(map(str, first['loc']))} {first['msg']}。") from error


@evaluation.command(name="list")
def list_(
    plan: Annotated[str | None, typer.Option("--plan", help="只看一份规划：编号、简称或地区名。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """列出评估，最近开的在前。

    例：python -m trackers evaluation list --plan 阜新
    """
    with opened(db) as store:
        only = find_plan(store, plan).id if plan else None
        found = evaluations(store, by=cli_actor(), plan=only)
        titles = {each.id: each.title for each in plans(store)}
    if as_json:
        return print_json([evaluation_record(each) for each in found])
    rows = [
        [str(each.id), titles[each.plan], each.kind.word, date_text(each.cutoff), each.state.word, each.digest or ""]
        for each in found
    ]
    return print_table(["编号", "规划", "种类", "截止日", "状态", "冻结数据的摘要"], rows)


@evaluation.command()
def checklist(id: Id, db: Db = None, as_json: AsJson = False) -> None:
    """列出冻结以前还缺什么：没有填报的、没有审核的、过期的、目标待核实的。

    例：python -m trackers evaluation checklist 1
    """
    with opened(db) as store:
        found = missing_of(store, id, by=cli_actor(), on=datetime.now(BEIJING).date())
    if as_json:
        return print_json([missing_record(each) for each in found])
    if not found:
        return typer.echo("没有缺项，可以冻结。")
    return print_table(["缺项", "个数", "说明"], [[each.kind.word, str(each.number), each.sentence] for each in found])


@evaluation.command()
def assign(
    id: Id,
    login: Annotated[str, typer.Argument(help="第三方评估员的登录名。")],
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """把评估指定给第三方评估员：他只看得到指定给他的评估。

    例：python -m trackers evaluation assign 1 third
    """
    with opened(db) as store:
        about = actions.assign(store, id, login, by=cli_actor(), at=now())
    _tell(about, as_json)


@evaluation.command()
def unassign(
    id: Id,
    login: Annotated[str, typer.Argument(help="第三方评估员的登录名。")],
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """撤回对第三方评估员的指定：他不再看得到这一次评估，已写的意见保留。

    例：python -m trackers evaluation unassign 1 third
    """
    with opened(db) as store:
        about = actions.unassign(store, id, login, by=cli_actor(), at=now())
    _tell(about, as_json)


@evaluation.command()
def freeze(
    id: Id,
    despite: Annotated[str, typer.Option("--despite", help="还有缺项时，为什么仍要冻结；记录在案。")] = "",
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """冻结评估所用的数据、目标、标准和判定，算出摘要；所用的填报随之锁定。

    例：python -m trackers evaluation freeze 1 --despite 两个县没有填报
    """
    with opened(db) as store:
        about = actions.freeze(store, id, despite=despite, by=cli_actor(), at=now())
    _tell(about, as_json)


@evaluation.command()
def reopen(id: Id, reason: Reason, db: Db = None, as_json: AsJson = False) -> None:
    """重新开启已冻结的评估；原来冻结的数据保留。

    例：python -m trackers evaluation reopen 1 --reason 补报了两个县的数
    """
    with opened(db) as store:
        about = actions.reopen(store, id, reason=reason, by=cli_actor(), at=now())
    _tell(about, as_json)


@evaluation.command()
def publish(id: Id, db: Db = None, as_json: AsJson = False) -> None:
    """公布已冻结的评估；公布以后不能再写评估意见。

    例：python -m trackers evaluation publish 1
    """
    with opened(db) as store:
        about = actions.publish(store, id, by=cli_actor(), at=now())
    _tell(about, as_json)
    if not as_json:
        typer.echo(f"公布的页面（不用登录）：平台地址后加 {address_of(id)}")


@evaluation.command()
def withdraw(id: Id, reason: Reason, db: Db = None, as_json: AsJson = False) -> None:
    """撤回公布；数据仍然冻结。

    例：python -m trackers evaluation withdraw 1 --reason 有一处需要更正
    """
    with opened(db) as store:
        about = actions.withdraw(store, id, reason=reason, by=cli_actor(), at=now())
    _tell(about, as_json)


@evaluation.command()
def show(id: Id, db: Db = None, as_json: AsJson = False) -> None:
    """看一次评估：判定、评估意见、抽查；冻结以后是冻结的数据，--json 列出全部数字。

    例：python -m trackers evaluation show 1 --json
    """
    with opened(db) as store:
        told = shown_record(store, id, by=cli_actor())
    if as_json:
        return print_json(told)
    digest = told["digest"] or "（未冻结）"
    typer.echo(f"第 {told['id']} 号评估 {told['plan']} {told['name']}：{told['state_word']}　摘要：{digest}")
    rows = [
        [row["indicator_name"], row["region_name"], number_text(row["value"], row["unit"]), row["target_text"], row["word"],
         *(_said(told["findings"], row, voice) for voice in Voice)]
        for row in told["rows"]
    ]  # fmt: skip
    return print_table(["指标", "地区", "现值", "目标", "判定", *(voice.word for voice in Voice)], rows)


def _said(findings: list[dict[str, Any]], row: dict[str, Any], voice: Voice) -> str:
    """What a voice says of a row, in short."""
    place = {"subject": "indicator", "code": row["indicator"], "region": row["region"], "voice": voice.value}
    found = [each for each in findings if each["counts"] and all(each[name] == text for name, text in place.items())]
    return "；".join(text for each in found for text in (each["explained"], each["suggestion"]) if text)


def _tell(about: Evaluation, as_json: bool) -> None:
    if as_json:
        return print_json(evaluation_record(about))
    digest = f"，摘要 {about.digest}" if about.digest else ""
    return typer.echo(f"第 {about.id} 号评估 {about.plan} {about.name}：{about.state.word}{digest}。")
