"""The commands that write reports of frozen evaluations: evaluation report, compare."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from trackers.cli.app import AsJson, Db, cli_actor, opened, print_json, print_table, write_out
from trackers.cli.evaluation import Id, evaluation
from trackers.model.wording import BEIJING, number_text, percent_text
from trackers.queries.evaluations import evaluation as evaluation_by_id
from trackers.queries.plans import plan_by_id, region_tree
from trackers.reports.compared import comparison
from trackers.reports.compared_files import comparison_file
from trackers.reports.evaluated import evaluation_report
from trackers.reports.make import FORMATS, Form, make_evaluation_report
from trackers.reports.supplied import supplied
from trackers.store import Store

KINDS = "、".join(FORMATS)
FORMS = "；".join(f"{each.value} {each.word}（{'、'.join(each.formats)}）" for each in Form)


Format = Annotated[str | None, typer.Option("--format", help=f"{KINDS}；不写则看文件名。")]
Until = Annotated[
    str | None, typer.Option("--until", help="只用到这一时刻登记的意见、抽查和督办；北京时间，如 2017-03-01T12:00。")
]
Template = Annotated[Path | None, typer.Option("--template", help="本单位自己的 docx 模板。")]
Logo = Annotated[Path | None, typer.Option("--logo", help="本单位的标志：PNG 或 JPEG 图片。")]


@evaluation.command()
def report(
    id: Id,
    out: Annotated[Path | None, typer.Option("--out", help="报告写到哪个文件。")] = None,
    format: Format = None,
    form: Annotated[Form, typer.Option("--form", help=FORMS)] = Form.REPORT,
    region: Annotated[str | None, typer.Option("--region", help="地区报告写哪个地区：代码或名称。")] = None,
    until: Until = None,
    template: Template = None,
    logo: Logo = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """由冻结的数据写评估报告；同样的数据、意见、模板和版本，写出的文件每次都相同。

    例：python -m trackers evaluation report 1 --format docx --out 中期评估报告.docx
    """
    by, moment = cli_actor(), moment_option(until)
    with opened(db) as store:
        place = _region(store, id, form, region)
        if as_json:
            print_json(json.loads(evaluation_report(store, id, by=by, region=place, until=moment).model_dump_json()))
            if out is None:
                return
        if out is None:
            raise typer.BadParameter("请用 --out 写明报告写到哪个文件，或用 --json 看内容")
        made = make_evaluation_report(
            store, id, format or out.suffix.lstrip("."), by=by, form=form, region=place, until=moment,
            template=supplied(template, "模板") if template else None, logo=supplied(logo, "标志") if logo else None,
        )  # fmt: skip
    write_out(out, made, quiet=as_json)


def moment_option(text: str | None) -> datetime | None:
    """A moment as typed, of Beijing where no zone is named; raises a usage error for what is none."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"读到“{text}”，应为时刻，如 2017-03-01T12:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def _region(store: Store, id: int, form: Form, region: str | None) -> str | None:
    if not region:
        if form is Form.REGION:
            raise typer.BadParameter("地区报告请用 --region 写明哪个地区")
        return None
    if form is Form.REPORT:
        raise typer.BadParameter("--region 与 --form region 或 --form brief 同用")
    plan = plan_by_id(store, evaluation_by_id(store, id, by=cli_actor()).plan)
    return region_tree(store).resolve(region, within=plan.region).code


@evaluation.command()
def compare(
    one: Annotated[int, typer.Argument(help="一次评估的编号。")],
    other: Annotated[int, typer.Argument(help="同一份规划另一次评估的编号；截止日早的算“当时”。")],
    out: Annotated[Path | None, typer.Option("--out", help="写到哪个文件（docx、xlsx 或 pdf）；不写则列出。")] = None,
    format: Annotated[str | None, typer.Option("--format", help="docx、xlsx 或 pdf；不写则看文件名。")] = None,
    until: Until = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """比较同一份规划的两次评估：值、完成率、判定和目标的变化，上次所指问题的办理。

    例：python -m trackers evaluation compare 1 2 --out 中期与总结比较.docx
    """
    by, moment = cli_actor(), moment_option(until)
    with opened(db) as store:
        if out is not None:
            made = comparison_file(store, one, other, format or out.suffix.lstrip("."), by=by, until=moment)
            write_out(out, made, quiet=as_json)
            if not as_json:
                return None
        told = comparison(store, one, other, by=by, until=moment)
    if as_json:
        return print_json(json.loads(told.model_dump_json()))
    for text in told.summary:
        typer.echo(text)
    rows = [
        [each.name, number_text(each.value_then, each.unit), number_text(each.value_now, each.unit), each.target_now,
         percent_text(each.completion_then), percent_text(each.completion_now), each.verdict_then, each.verdict_now, each.moved]
        for each in told.moves
    ]  # fmt: skip
    return print_table(["指标", "当时", "现在", "目标", "当时完成率", "现在完成率", "当时判定", "现在判定", "变化"], rows)
