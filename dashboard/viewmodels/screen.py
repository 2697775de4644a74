"""会议屏: which scenes it turns through, and which one stands there at a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.viewmodels.cockpit import Cockpit

SECONDS, TICK = 20, 5  # that a scene stands; between looks at whether its time is up
MOST = 12  # bars that a scene has room for
ALL, WORST, WORK = "全部规划", "差得最多的", "督办和变化"


@dataclass(frozen=True)
class Turning:
    """Where the screen stands: which scene, since when (seconds), and whether it was told to stay."""

    place: int = 0
    since: float = 0.0
    paused: bool = False

    def at(self, now: float) -> Turning:
        """Where it stands at a moment: one scene on when its time is up, unless it stays."""
        due = not self.paused and now - self.since >= SECONDS - 0.5  # a tick may come a little early
        return replace(self, place=self.place + 1, since=now) if due else self

    def moved(self, by: int, now: float) -> Turning:
        """So many scenes on, or back."""
        return replace(self, place=self.place + by, since=now)

    def toggled(self, now: float) -> Turning:
        """Staying where it is, or turning again."""
        return replace(self, paused=not self.paused, since=now)


def scenes(seen: Cockpit) -> list[str]:
    """The scenes by title: all plans, each plan, the worst, what is being done."""
    return [ALL, *(each.label for each in seen.standings), WORST, WORK]


def which(seen: Cockpit, turning: Turning) -> tuple[int, str]:
    """The number of the scene, from 1, and its title."""
    titles = scenes(seen)
    place = turning.place % len(titles)
    return place + 1, titles[place]


def bars(drawn: pd.DataFrame, most: int = MOST) -> tuple[pd.DataFrame, str]:
    """Of the indicators that a chart can show (`overview.drawn`) those that a scene shows; its title."""
    if drawn.empty:
        return drawn, "还没有可以画出的完成率"
    told = "完成率与截至日应完成的比例"
    if len(drawn) <= most:
        return drawn, told
    gaps = (drawn["completion"] - drawn["due_share"]).sort_values(kind="stable")
    return drawn.loc[sorted(gaps.index[:most])].reset_index(drop=True), f"落后时序最多的 {most} 项的{told}"
