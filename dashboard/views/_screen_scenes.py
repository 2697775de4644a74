"""The scenes of the meeting room's screen."""

from __future__ import annotations

from functools import partial

import pandas as pd
import plotly.graph_objects as go

from dashboard import components, loaders, session
from dashboard.charts.progress import progress_chart
from dashboard.charts.room import for_a_room
from dashboard.viewmodels import overview, screen
from dashboard.viewmodels.cockpit import Cockpit, Judged, Standing
from dashboard.views import _cockpit_lists as lists
from dashboard.views import _cockpit_parts as parts
from dashboard.views import _cockpit_plans
from dashboard.views import _cockpit_work as work
from dashboard.views._screen_chart import drawn_for

# Heights of the charts, px: what the other parts of their scenes leave of 1080.
OF_ALL, OF_ONE = 530, 612


def draw(title: str, seen: Cockpit) -> None:
    """The scene of this title."""
    if title == screen.ALL:
        parts.everywhere(seen)
        _cockpit_plans.draw(seen, room=OF_ALL)
    elif title == screen.WORST:
        lists.worst(seen)
    elif title == screen.WORK:
        work.orders(seen)
        work.reporting(seen)
        lists.turned(seen)
    else:
        _plan(next(each for each in seen.standings if each.label == title))


def _plan(standing: Standing) -> None:
    parts.of(standing, plan=standing.label, day=standing.day)
    chosen = session.choice()
    judged = next(each for each in loaders.side_by_side(chosen.plan, chosen.day) if each.plan.id == standing.plan)
    drawn, said = screen.bars(overview.drawn(overview.own_rows(judged.frame, judged.home)))
    with parts.card(said, "progress"):
        if drawn.empty:
            return
        drawn_for(OF_ONE, partial(_bars, judged, drawn))


def _bars(judged: Judged, drawn: pd.DataFrame, room: int | None, key: str = "") -> None:
    def figure() -> go.Figure:
        return for_a_room(progress_chart(drawn), room) if room else progress_chart(drawn)

    made = loaders.figure("screen", (judged.plan.id, judged.day, room), figure)
    components.chart(made, "各指标完成率与截至日应完成的比例", key=f"screen-{judged.plan.id}-{key}")
