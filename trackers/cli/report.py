"""The command that makes reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trackers.cli.app import Db, app, cli_actor, day_option, opened, write_out
from trackers.model.plan import EvaluationKind
from trackers.queries.assess import opening_day
from trackers.queries.plans import find_plan
from trackers.reports.make import make_report


@app.command()
def report(
    plan: Annotated[str, typer.Option("--plan", help="规划的编号、简称或地区名。")],
    out: Annotated[Path, typer.Option("--out", help="报告写到哪个文件。")],
    kind: Annotated[EvaluationKind, typer.Option("--kind", help="midterm 中期评估，final 总结评估。")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="截至日，如 2024-05-20。")] = None,
    format: Annotated[str | None, typer.Option("--format", help="docx、xlsx、pdf 或 html；不写则看文件名。")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="本单位自己的 docx 模板。")] = None,
    db: Db = None,
) -> None:
    """写评估报告（Word、Excel、PDF 或网页），按现在的数据。

    例：python -m trackers report --plan 辽宁 --kind midterm --as-of 2024-05-20 --format docx --out 辽宁中期评估.docx
    """
    from datetime import date

    day = day_option(as_of)
    with opened(db) as store:
        held = find_plan(store, plan)
        made = make_report(
            store, held, kind, day or opening_day(held, date.today()), format or out.suffix.lstrip("."),
            by=cli_actor(), template=template,
        )  # fmt: skip
    write_out(out, made)
