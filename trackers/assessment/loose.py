"""Loose series, one a row of text or numbers, read into standings that can be judged."""

from __future__ import annotations

import numpy as np
import pandas as pd

from trackers.assessment.compare import Floats
from trackers.assessment.trend import TREND_ORIGIN
from trackers.assessment.years import year_end
from trackers.errors import FigureError
from trackers.model.period import day_number
from trackers.model.plan import Direction

FIGURES = ("base", "value", "target", "limit")
YEARS = {"base": "base_year", "value": "year", "target": "target_year"}
COLUMNS = ("id", "direction", "base_year", "base", "year", "value", "target_year", "target", "limit")


def read_cases(cases: pd.DataFrame) -> pd.DataFrame:
    """Check the cases and give their figures as numbers, NaN where a cell is empty; further columns are left out.

    Raises FigureError, naming the row's id and the column, for a missing column, an unknown direction, a cell that is
    no number, a year that is none, or a figure without its year.
    """
    if missing := [name for name in COLUMNS if name not in cases]:
        raise FigureError("表头", "、".join(map(str, cases.columns)), f"还要有 {'、'.join(missing)} 列")
    read = pd.DataFrame({"id": cases["id"].astype(str), "direction": _directions(cases)}, index=cases.index)
    for name in (*FIGURES, *YEARS.values()):
        read[name] = _numbers(cases, name)
    for name, year in YEARS.items():
        known = read[year].notna()
        _refuse(cases, year, known & ~((read[year] % 1 == 0) & read[year].between(1, 9999)), "四位数的年份")
        _refuse(cases, year, ~known & read[name].notna(), f"{name} 的年份")
    return read


def _directions(cases: pd.DataFrame) -> pd.Series:
    words = cases["direction"].astype(str).str.strip()
    _refuse(cases, "direction", ~words.isin(list(Direction)), " 或 ".join(Direction))
    return words


def _numbers(cases: pd.DataFrame, name: str) -> pd.Series:
    column = cases[name]
    given = column.notna() & (column.astype(str).str.strip() != "")
    numbers = pd.to_numeric(column.where(given), errors="coerce").astype(float)
    _refuse(cases, name, given & ~pd.Series(np.isfinite(numbers), index=cases.index), "一个数")
    return numbers


def _refuse(cases: pd.DataFrame, name: str, wrong: pd.Series, expected: str) -> None:
    if wrong.any():
        row = cases.loc[wrong].iloc[0]
        raise FigureError(f"{row['id']} 的 {name}", "" if pd.isna(row[name]) else str(row[name]), expected)


def loose_standings(read: pd.DataFrame) -> tuple[pd.DataFrame, Floats]:
    """Standings of cases that `read_cases` gave, and the day each is judged for.

    Years count as 31 December; baselines are official; each series has one value, judged on its own day.
    """
    days = {name: year_end(read[year].to_numpy(dtype=float)) for name, year in YEARS.items()}
    value = read["value"].to_numpy(dtype=float)
    x = days["value"] - day_number(TREND_ORIGIN)
    standings = read[["direction", "base", "value", "target"]].assign(
        base_day=days["base"], day=days["value"], oldest_day=days["value"], target_day=days["target"],
        n=(~np.isnan(value)).astype(float), previous=np.nan, first_base=False, unverified=False, no_target=False, complete=True,
        sum_x=x, sum_y=value, sum_xx=x * x, sum_xy=x * value, sum_yy=value * value,
    )  # fmt: skip
    return standings, days["value"]
