"""Published figures: one TOML file of what public sources report, checked against the plans and regions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trackers.errors import FigureError, FileError, PlanError
from trackers.exchange.plan_file import sentence
from trackers.model.period import Period
from trackers.model.plan import Plan
from trackers.model.published import PublishedFigure
from trackers.model.region import RegionTree
from trackers.model.report import check_place, settle_period

ENTRIES = "figures"


def read_published(path: Path, plans: Iterable[Plan], regions: RegionTree) -> list[PublishedFigure]:
    """The published figures of one TOML file (UTF-8, a list `figures`), in its order.

    Raises PlanError naming the file, the entry (counted from 1) and the field of the first problem;
    FileError where the file cannot be opened or is not TOML.
    """
    known = {plan.id: plan for plan in plans}
    figures = []
    for number, entry in enumerate(_entries(path), start=1):
        where = _label(number, entry)
        try:
            figure = PublishedFigure.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            field = str(first["loc"][0]) if first["loc"] else "（整体）"
            raise PlanError(path.name, where, field, sentence(first)) from None
        for field, problem in [*_problems(figure, known, regions), *_out_of_place(figure, known, regions)]:
            raise PlanError(path.name, where, field, problem)
        figures.append(figure)
    _refuse_rivals(path.name, figures)
    return figures


def _entries(path: Path) -> list[Any]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileError(f"打不开公布数据文件 {path}：{error.strerror}") from None
    except UnicodeDecodeError:
        raise FileError(f"{path.name} 不是 UTF-8 文本，请另存为 UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{path.name} 不是合乎格式的 TOML：{error}") from None
    entries = raw.get(ENTRIES)
    if set(raw) != {ENTRIES} or not isinstance(entries, list):
        raise FileError(f"{path.name} 应由若干 [[{ENTRIES}]] 组成，读到 {'、'.join(raw) or '空文件'}")
    return entries


def _label(number: int, entry: Any) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    return f"公布数据第 {number} 条" + (f"（{name}）" if name else "")


def _problems(
    figure: PublishedFigure, plans: dict[str, Plan], regions: RegionTree
) -> Iterator[tuple[str, str]]:
    plan = plans.get(figure.plan)
    if plan is None:
        yield "plan", f"没有 id 为“{figure.plan}”的规划，已有 {'、'.join(sorted(plans))}"
        return
    units = {each.id: each.unit for each in plan.indicators}
    if figure.indicator not in units:
        others = "、".join(units) or "零个"
        yield "indicator", f"规划 {plan.id} 没有 id 为“{figure.indicator}”的指标，已有 {others}"
    elif figure.unit != units[figure.indicator]:
        yield "unit", f"读到“{figure.unit}”，应与指标一致，为“{units[figure.indicator]}”"
    if figure.region not in regions:
        yield "region", f"没有代码为“{figure.region}”的地区，应为地区表中的代码"
    elif figure.region != plan.region and not regions.above(figure.region, plan.region):
        yield "region", f"读到“{figure.region}”，应为规划所在地区 {plan.region} 或其以下的地区"
    if figure.value < 0:
        yield "value", f"读到 {figure.value:g}，不能是负数"
    if figure.judged and Period.parse(figure.period).end <= plan.first_day:
        yield "judged", f"{figure.period} 早于规划期（{plan.start} 年起），不能参与判断"


def _out_of_place(figure: PublishedFigure, plans: dict[str, Plan], regions: RegionTree) -> Iterator[tuple[str, str]]:
    """A figure that is judged is recorded as a report of its region, so it must be one that region makes."""
    indicators = {each.id: each for each in plans[figure.plan].indicators} if figure.plan in plans else {}
    if not figure.judged or figure.indicator not in indicators or figure.region not in regions:
        return
    indicator = indicators[figure.indicator]
    try:
        period = settle_period(indicator, Period.parse(figure.period), published=True)
        check_place(plans[figure.plan], indicator, regions[figure.region], period, regions)
    except FigureError as error:
        yield error.column, f"读到“{error.read}”，应为{error.expected}"


def _refuse_rivals(file: str, figures: list[PublishedFigure]) -> None:
    """Two judged figures for one period would leave it open which of them counts."""
    judged: dict[tuple[str, str, str, str], int] = {}
    for number, figure in enumerate(figures, start=1):
        key = (figure.plan, figure.indicator, figure.region, figure.period)
        if figure.judged and key in judged:
            problem = f"与第 {judged[key]} 条是同一地区、同一指标、同一时期的数，只能有一条参与判断"
            raise PlanError(file, f"公布数据第 {number} 条（{figure.name}）", "judged", problem)
        if figure.judged:
            judged[key] = number
