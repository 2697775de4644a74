"""The sheet that is on the screen in this run, and what handing it in would do."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.session import Choice, run
from dashboard.viewmodels import entry
from dashboard.views import _entry_drafts, _entry_found, _entry_offer
from dashboard.views._entry_drafts import Shown
from dashboard.views._entry_found import There
from dashboard.views._entry_offer import Offer
from trackers.queries.drafts import Sheet


class Page(NamedTuple):
    """What can be filled in, as it stands in this run, and what handing it in would do."""

    shown: Shown
    offered: Offer


def opened(chosen: Choice, there: There) -> Page | None:
    """The sheet as it is shown, and read; None where nothing can be filled in."""
    if not there.fillable:
        return None
    name, sheet = entry.label(chosen.plan, there.region, there.period), Sheet(chosen.plan.id, there.region.code, there.period)
    shown = _entry_drafts.start(run(), name, sheet, there.fillable)
    return Page(shown, _entry_offer.offer(_entry_found.read(chosen, shown), "page"))
