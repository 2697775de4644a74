"""Commands that read: plans, indicators, tasks, assess, judge."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from trackers.assessment.judge import judge_loose
from trackers.cli.app import AsJson, Db, app, cli_actor, day_option, opened, print_json, print_table
from trackers.errors import FileError
from trackers.model.plan import Plan
from trackers.model.wording import number_text, percent_text
from trackers.queries import plans as asked
from trackers.queries.adjustments import plan_as_of
from trackers.queries.assess import assess as assess_plan
from trackers.queries.assess import opening_day
from trackers.queries.records import assessment_records, indicator_record, plan_record, task_record
from trackers.store import Store

PlanName = Annotated[str | None, typer.Option("--plan", help="规划的编号（id）、简称或地区名，如 liaoning-2021 或 辽宁。")]


def chosen(store: Store, plan: str | None) -> list[Plan]:
    """The plan named, or all of them."""
    return [asked.find_plan(store, plan)] if plan else asked.plans(store)


@app.command()
def plans(db: Db = None, as_json: AsJson = False) -> None:
    """列出全部规划。

    例：python -m trackers plans --json
    """
    with opened(db) as store:
        tree = asked.region_tree(store)
        records = [plan_record(plan, tree) for plan in asked.plans(store)]
    if as_json:
        return print_json(records)
    columns = ["id", "规划", "地区", "指标", "目标", "任务"]
    names = ["id", "title", "region_name", "indicators", "goals", "tasks"]
    return print_table(columns, [[str(record[name]) for name in names] for record in records])


@app.command()
def indicators(plan: PlanName = None, db: Db = None, as_json: AsJson = False) -> None:
    """列出指标：单位、基期、今天有效的目标值、目标的出处和可信程度。

    例：python -m trackers indicators --plan 辽宁
    """
    with opened(db) as store:
        held = [plan_as_of(store, each, date.today()) for each in chosen(store, plan)]
        found = [(each, indicator) for each in held for indicator in each.indicators]
    if as_json:
        return print_json([indicator_record(each, indicator) for each, indicator in found])
    rows = [
        [each.id, i.id, i.name, f"{t.year}", t.comparator.value, t.shape or "", number_text(t.value, i.unit),
         t.sureness]
        for each, i in found for t in i.targets
    ]  # fmt: skip
    return print_table(["规划", "id", "指标", "年份", "", "残损形", "目标值", "可信程度"], rows)


@app.command()
def tasks(plan: PlanName = None, db: Db = None, as_json: AsJson = False) -> None:
    """列出重点任务、交付物和责任单位。

    例：python -m trackers tasks --plan 内蒙古 --json
    """
    with opened(db) as store:
        records = [task_record(each, task) for each in chosen(store, plan) for task in each.tasks]
    if as_json:
        return print_json(records)
    rows = [[r["plan"], r["group"], r["number"], r["name"], "、".join(r["units"])] for r in records]
    return print_table(["规划", "分组", "编号", "任务", "责任单位"], rows)


@app.command()
def assess(
    plan: Annotated[str, typer.Option("--plan", help="规划的编号、简称或地区名。")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="判定日，如 2024-05-20；默认今天或规划末年。")] = None,
    region: Annotated[str | None, typer.Option("--region", help="只看一个地区：代码或名称。")] = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """判定一个规划到某一天的进展：每个填报序列和每个汇总一行。

    例：python -m trackers assess --plan 辽宁 --as-of 2024-05-20 --json
    """
    day = day_option(as_of)
    with opened(db) as store:
        held = asked.find_plan(store, plan)
        tree = asked.region_tree(store)
        code = tree.resolve(region, within=held.region).code if region else None
        frame = assess_plan(store, held, day or opening_day(held, date.today()), by=cli_actor(), region=code)
    if as_json:
        return print_json(assessment_records(frame))
    rows = [
        [r["region_name"], r["indicator_name"], number_text(r["value"], r["unit"]), r["target_text"],
         percent_text(r["completion"]), percent_text(r["time_progress"]), f"{r['sign']} {r['word']}", "；".join(_remarks(r))]
        for r in frame.to_dict("records")
    ]  # fmt: skip
    return print_table(["地区", "指标", "现值", "目标", "完成率", "时序进度", "判定", "说明"], rows)


def _remarks(row: dict[Any, Any]) -> list[str]:
    """What must be said beside a row: why it is not judged, and that its figure is a demonstration or unreviewed."""
    marks = {"demo": "演示数据", "unreviewed": "未经复核", "disagree": "各方法结论不一"}
    reason = [row["reason_word"]] if row["reason_word"] else []
    if row["reason"] == "incomplete":
        reason = [f"{row['reason_word']}（{row['reported_regions']}/{row['expected_regions']}）"]
    return reason + [word for name, word in marks.items() if row[name]]


@app.command()
def judge(
    cases: Annotated[Path, typer.Argument(help="CSV：id,direction,base_year,base,year,value,target_year,target,limit")],
    db: Db = None,  # every command takes it; loose series need none
    as_json: AsJson = False,
) -> None:
    """用 linear、cagr、projection 三种方法判定零散序列；空格表示没有，年份按 12 月 31 日算。

    例：python -m trackers judge cases.csv --json
    """
    judged = judge_loose(read_cases(cases))
    if as_json:
        return print_json(judged)
    rows = [
        [each["id"], percent_text(each["linear"]["completion"]), each["linear"]["verdict"], each["cagr"]["status"],
         each["projection"]["status"]]
        for each in judged
    ]  # fmt: skip
    return print_table(["id", "完成率", "linear", "cagr", "projection"], rows)


def read_cases(path: Path) -> pd.DataFrame:
    """The cases as text, empty where nothing stands; raises FileError naming what is missing."""
    needed = ["id", "direction", "base_year", "base", "year", "value", "target_year", "target", "limit"]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            rows, columns = list(reader), list(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileError(f"不能读 {path}：{error}。应为 UTF-8 的 CSV 文件。") from error
    if missing := [name for name in needed if columns.count(name) != 1]:
        raise FileError(f"{path} 缺少或重复的列：{'、'.join(missing)}。应有的列各一：{','.join(needed)}。")
    return pd.DataFrame(rows, columns=needed)
