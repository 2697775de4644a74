"""Widgets that two or more pages use."""

from dashboard.components.basics import (
    MANY,
    bullets,
    chart,
    facts,
    folded,
    level_choice,
    nothing,
    parts,
    picker,
    scrolling,
    show_error,
    still_chart,
)
from dashboard.components.heat import heat_table
from dashboard.components.history import evidence_files, figure_history, history_below
from dashboard.components.judged import (
    completeness,
    judged_rows,
    no_indicators,
    open_indicator,
    open_region,
    rows_table,
    sentence,
    series,
    still_table,
    to_indicator,
    to_region,
    to_series,
    verdict_cards,
)
from dashboard.components.pages import (
    ACROSS,
    ASSETS,
    COCKPIT,
    ENTRY,
    EVALUATION,
    INDICATOR,
    OVERVIEW,
    PERIODS,
    PLAN,
    REGION,
    REPORT,
    REVIEW,
    SCREEN,
    SUPERVISION,
    TODO,
    WARNINGS,
)
from dashboard.components.places import breadcrumbs, judged_places, tile_grid
from dashboard.components.regions import order_table, ranking, silent, spread
from dashboard.components.shell import dressed, pages_of
from dashboard.components.signed_in import no_pages, sign_in_first, to_provider
from dashboard.components.tables import fitted, plain_table
from dashboard.components.take import pictures, table_file
from dashboard.components.top import heading, top

__all__ = [
    "PERIODS", "REVIEW", "SUPERVISION", "TODO",
    "ACROSS", "ASSETS", "COCKPIT", "ENTRY", "EVALUATION", "INDICATOR", "MANY", "OVERVIEW", "PLAN", "REGION", "REPORT",
    "SCREEN", "WARNINGS",
    "bullets",
    "chart", "completeness", "evidence_files", "facts", "figure_history", "fitted", "folded", "heading", "history_below",
    "judged_places", "level_choice", "judged_rows", "breadcrumbs", "parts", "tile_grid",
    "dressed", "no_indicators", "no_pages", "pages_of",
    "nothing", "open_indicator", "open_region", "picker", "plain_table", "ranking",
    "heat_table", "order_table", "spread", "rows_table", "scrolling", "sentence", "series", "show_error", "sign_in_first",
    "pictures", "still_chart", "still_table",
    "silent", "table_file", "to_indicator", "to_provider", "to_region", "to_series", "top", "verdict_cards",
]  # fmt: skip
