"""What has come in and what is being done, on the screen 驾驶舱."""

from __future__ import annotations

from dashboard import components
from dashboard.charts.supervision import PARTS
from dashboard.components.links import number
from dashboard.viewmodels.cockpit import Cockpit
from dashboard.viewmodels.words import escaped
from dashboard.views._cockpit_parts import card, chosen, numbers
from trackers.model.wording import percent_text


def reporting(seen: Cockpit) -> None:
    """How many of the figures expected have come: in all plans, and in the chosen one."""
    with card("填报率", "reporting"), numbers("reporting"):
        every = [("全部规划", seen.there)] + ([(seen.chosen.label, seen.chosen.there)] if seen.chosen else [])
        for name, there in every:
            told = f"{escaped(name)} {there.reported}/{there.expected}"
            number(components.PERIODS, percent_text(there.share), told, part="催报名单", **chosen())


def orders(seen: Cockpit) -> None:
    """The supervision orders of all plans by where they stand."""
    with card("督办　全部规划", "orders"), numbers("orders"):
        for group, (sign, word, tone) in PARTS.items():
            told = f":{tone}-badge[{sign} {word}]"
            number(components.SUPERVISION, seen.orders[group], told, every="true", **{"orders-in": word}, **chosen())
