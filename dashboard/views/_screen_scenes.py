"""The scenes of the meeting room's screen."""

from __future__ import annotations

from dashboard import components, loaders, session
from dashboard.charts.progress import progress_chart
from dashboard.charts.room import for_a_room
from dashboard.viewmodels import overview, screen
from dashboard.viewmodels.cockpit import Cockpit, Standing
from dashboard.views import _cockpit_lists as lists
from dashboard.views import _cockpit_parts as parts
from dashboard.views import _cockpit_plans
from dashboard.views import _cockpit_work as work

# Heights of the charts, px: what the other parts of their scenes leave of 1080.
OF_ALL, OF_ONE = 545, 625


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
        about = (judged.plan.id, judged.day)
        figure = loaders.figure("screen", about, lambda: for_a_room(progress_chart(drawn), OF_ONE))
        components.chart(figure, "各指标完成率与截至日应完成的比例", key=f"screen-{judged.plan.id}")
