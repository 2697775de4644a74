"""Judged figures on a page: cards, tables, one series with its course, and the ways from one page to another."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from dashboard import loaders, session
from dashboard.charts.trend import trend_chart
from dashboard.components import take
from dashboard.components.basics import bullets, chart, facts, nothing
from dashboard.components.history import figure_history
from dashboard.components.pages import ENTRY, INDICATOR, PLAN, REGION
from dashboard.components.tables import fitted
from dashboard.palette import tone_of
from dashboard.viewmodels import choices, overview, region, so_what, table, words
from dashboard.viewmodels.adjustments import target_steps
from dashboard.viewmodels.placed import Placed
from dashboard.viewmodels.review import fingerprint
from trackers.model.plan import Plan
from trackers.model.wording import date_text, percent_text

PAGE = 100  # rows of a table that are drawn at once
Opens = Callable[[pd.Series], None]


def rows_table(
    rows: pd.DataFrame, columns: list[str], of: tuple[Hashable, ...], *, key: str, about: str, to: Opens | None = None,
    tick: bool = False,
) -> pd.DataFrame:
    """Judged rows with a column for every fact; `of` says which rows they are, `to` opens the page that a row's 查看 leads to.

    With `tick` rows can be ticked: those that are. Other rows are another table, so that no tick slips to another row.
    Of a long table a page is drawn; the file has all rows.
    """
    every = rows
    if len(rows) > PAGE:
        first = _page_of(len(rows), key)
        rows, of = rows.iloc[first : first + PAGE].reset_index(drop=True), (*of, first)
    if tick:
        key = f"{key}-{fingerprint(list(zip(rows['indicator'], rows['region'], strict=True)))}"
    opens = {table.OPEN: st.column_config.ButtonColumn("", type="tertiary", key=f"{key}-open", width=60)}
    shown, fitting = loaders.made(f"table {key}", (*of, tuple(columns)), partial(_fitted, rows, columns))
    event: Any = st.dataframe(
        shown, hide_index=True, key=key, alt=about, placeholder="—", on_select="rerun" if tick else "ignore",
        selection_mode="multi-row", **fitting | {"column_config": fitting["column_config"] | opens},
    )  # fmt: skip
    take.judged_file(every, columns, about, key=key)
    if to and (click := st.session_state.get(f"{key}-open")):
        to(rows.iloc[click["row"]])
    return rows.iloc[sorted(event["selection"]["rows"]) if tick else []]


def still_table(
    rows: pd.DataFrame, columns: list[str], of: tuple[Hashable, ...], *, key: str, about: str
) -> None:
    """Judged rows with nothing to choose in them, drawn once: `of` says which rows they are. Not for long tables."""
    loaders.once(key, of, partial(_still, rows, columns, key, about))
    take.judged_file(rows, columns, about, key=key)


def _still(rows: pd.DataFrame, columns: list[str], key: str, about: str) -> None:
    shown, fitting = _fitted(rows, columns)
    st.dataframe(shown, hide_index=True, key=key, alt=about, placeholder="—", **fitting)


def _fitted(rows: pd.DataFrame, columns: list[str]) -> tuple[Styler, dict[str, Any]]:
    """The table as it is drawn, and how wide and high its columns and rows must be."""
    frame, units = table.plain_table(rows, columns), rows["unit"].tolist()
    return table.styled(frame, units), fitted(frame, _verdicts(rows), table.texts(frame, units))


def _verdicts(rows: pd.DataFrame) -> dict[str, Any]:
    """The colours of the verdicts that occur."""
    records = rows[["sign", "word", "verdict", "severity"]].drop_duplicates().to_dict("records")
    labels = {words.label(record): tone_of(record["verdict"], record["severity"]) for record in records}
    return {
        table.VERDICT: st.column_config.MultiselectColumn(
            options=list(labels), color=[tone.value for tone in labels.values()]
        ),
    }


def _page_of(rows: int, key: str) -> int:
    """Where the page of a long table begins; each row is written in its own unit, which would be slow for thousands at once."""
    number: int = st.pagination(-(-rows // PAGE), key=f"{key}-page")
    first = (number - 1) * PAGE
    st.caption(f"共 {rows} 行，这里是第 {first + 1} 至 {min(first + PAGE, rows)} 行；下载的 xlsx 有这 {rows} 行。")
    return first


def sentence(row: dict[Any, Any]) -> None:
    """The verdict as a coloured tag with the marks a reader must know, and the whole sentence on the figure."""
    chosen = session.choice()
    loaders.once("sentence", (*_about(row), chosen.home), partial(_sentence, row, chosen.day, chosen.home))


def _about(row: dict[Any, Any]) -> tuple[str, str, str, date]:
    """Which row of which judgement it is."""
    chosen = session.choice()
    return chosen.plan.id, row["indicator"], row["region"], chosen.day


def _sentence(row: dict[Any, Any], day: date, home: str) -> None:
    marks = words.marks(row)
    tag = words.badge(row["verdict"], row["severity"], words.label(row))
    st.markdown(tag + (f"　:gray-badge[{words.escaped(marks)}]" if marks else ""))
    st.markdown(words.escaped(region.sentence(row, day, home)))


def series(row: dict[Any, Any], *, key: str) -> None:
    """One indicator in one region: its course, every figure with its source, the other methods."""
    chosen = session.choice()
    plan, day = chosen.plan, chosen.day
    points, about = loaders.trend(plan, row["indicator"], row["region"], day), _about(row)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if points.empty:
            nothing("还没有填报，画不出走势。", {ENTRY: "去填报"})
        else:
            steps = target_steps(loaders.document(plan), loaders.changes(plan), row, day)
            draw = partial(trend_chart, points, row, day, region.way(plan, row), steps)
            chart(loaders.figure("trend", about, draw), f"{row['indicator_name']}的走势", key=key)
        loaders.once("so what", about, partial(_so_what, row, day, loaders.placed(plan, day)))
    with right:
        loaders.once("figures", about, lambda: facts(region.figures(row)))
    if row["basis"] != "aggregate":
        with st.expander("历次填报、审核和更正的经过"):
            figure_history(plan, plan.indicator(row["indicator"]), row["region"], key=f"{key}-history")


def _so_what(row: dict[Any, Any], day: date, placed: Placed) -> None:
    if told := so_what.lines(row, day, placed):
        st.markdown("**差多少，怎么赶上**")
        bullets(told, none="")
    else:
        bullets(region.methods(row, day), none="")


def open_indicator(id: str) -> None:
    """Go to the page of one indicator."""
    _go(INDICATOR, indicator=choices.indicator_labels(session.choice().plan)[id])


def open_region(code: str) -> None:
    """Go to the page of one region."""
    _go(REGION, region=_region_label(code))


def _region_label(code: str) -> str:
    chosen = session.choice()
    return loaders.placed(chosen.plan, chosen.day).labels[code]


def to_indicator(row: pd.Series) -> None:
    """Go to the page of a row's indicator."""
    open_indicator(row["indicator"])


def to_region(row: pd.Series) -> None:
    """Go to the page of a row's region."""
    open_region(row["region"])


def _go(page: str, **choice: str) -> None:
    """Another page, with plan and day named in its address: they hold even where the session lost them."""
    known = {name: st.query_params[name] for name in ("plan", "day", "by") if name in st.query_params}
    st.switch_page(page, query_params=known | choice)


def to_series(row: pd.Series) -> None:
    """Go to the page of a row's region, at the row's indicator."""
    name = choices.indicator_labels(session.choice().plan)[row["indicator"]]
    _go(REGION, region=_region_label(row["region"]), indicator=name, part="一项指标的走势")


def no_indicators(plan: Plan) -> None:
    """What pages of figures show for a plan that has goals and tasks in words only."""
    nothing(
        f"这份文件没有数量指标，只有{len(plan.goals)}项定性目标和{len(plan.tasks)}项重点任务，没有可以判断的数字。",
        {PLAN: "看目标和任务"},
    )


def judged_rows() -> pd.DataFrame:
    """The judged rows of the plan that the person may see; where there are none the page says why, and ends."""
    chosen = session.choice()
    if not chosen.plan.indicators:
        no_indicators(chosen.plan)
        st.stop()
    frame = loaders.assessment(chosen.plan, chosen.day)
    if frame.empty:
        nothing("这份规划里没有由您负责的地区填报的指标，没有您可以查看的数据。可以在上面换一份规划。", {PLAN: "看规划的目标"})
        st.stop()
    return frame


def completeness(there: overview.Completeness) -> None:
    """How many of the figures expected are there, and which of them are marked."""
    said = f"应填报 {there.expected} 个数据（指标×地区），已填报 {there.reported} 个，填报率 {percent_text(there.share)}"
    said += f"；判定所用的最近数据为 {date_text(there.latest)}" if there.latest else ""
    said += f"；其中演示数据 {there.demo} 个" if there.demo else ""
    said += f"；未经复核 {there.unreviewed} 个" if there.unreviewed else ""
    st.caption(f"{said}。未填报的不按零计。")


def verdict_cards(counts: list[overview.Count]) -> str | None:
    """A card a verdict with its number, each leading to its list; the verdict chosen, None for all."""
    labels = {each.verdict: each.label for each in counts}
    with st.grid("auto", min_column_width=150, border=True, gap=12):
        for each in counts:
            with st.container(gap="xxsmall"):
                st.metric(words.badge(each.verdict, None, each.label), f"{each.number}项")
                st.button(
                    "看名单", key=f"list-{each.verdict}", type="tertiary", icon=":material/arrow_downward:",
                    icon_position="right", disabled=not each.number, on_click=_set_verdict, args=(each.verdict,),
                )  # fmt: skip
    return st.pills(
        "只看某一种判定（再点一次看全部）", labels, format_func=labels.__getitem__, key="verdict", bind="query-params"
    )


def _set_verdict(verdict: str) -> None:
    st.session_state["verdict"] = verdict
