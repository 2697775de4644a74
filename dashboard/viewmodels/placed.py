"""A judgement with what pages ask of it by region: made once for a version of the data, never changed afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard.viewmodels.choices import region_labels
from dashboard.viewmodels.overview import Completeness, completeness
from trackers.assessment.peers import Peers, peers
from trackers.assessment.regions import of_regions
from trackers.model.plan import Plan
from trackers.model.region import RegionTree


class Placed:
    """The judged rows of a plan by region, and how those regions lie above one another.

    Regions without rows of their own are passed over: what lies below one of them lies below the next above.
    """

    def __init__(self, frame: pd.DataFrame, tree: RegionTree, plan: Plan, home: str) -> None:
        self.frame, self.tree, self.plan, self.home = frame, tree, plan, home
        self.labels = region_labels(frame, tree, home)
        found = frame.groupby("region", sort=False).indices
        self._positions = {str(code): np.asarray(places) for code, places in found.items()}

    def rows(self, *codes: str) -> pd.DataFrame:
        """The rows of these regions, in the order of the judgement."""
        places = [self._positions[code] for code in codes if code in self._positions]
        chosen = np.sort(np.concatenate(places)) if places else np.array([], dtype=int)
        return self.frame.take(chosen).reset_index(drop=True)

    @cached_property
    def _above(self) -> dict[str, str | None]:
        def nearest(code: str) -> str | None:
            return next((each for each in self.tree.above(code, self.plan.region) if each in self.labels), None)

        return {code: nearest(code) for code in self.labels}

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for code, above in sorted(self._above.items()):
            if above is not None:
                found[above].append(code)
        return dict(found)

    def superior(self, code: str) -> str | None:
        """The region with rows directly above; None at the top of what the person may see."""
        return self._above[code]

    def way(self, code: str) -> list[str]:
        """From the top of what the person may see down to the region itself."""
        path = [code]
        while above := self._above[path[0]]:
            path.insert(0, above)
        return path

    def children(self, code: str) -> list[str]:
        """Regions with rows directly below, by code."""
        return self._below.get(code, [])

    def below(self, code: str) -> list[str]:
        """Every region with rows below, each group of children behind the one above it."""
        found: list[str] = []
        for child in self.children(code):
            found += [child, *self.below(child)]
        return found

    def completeness(self, code: str) -> Completeness:
        """How many of the figures expected of the region and of all below it are there."""
        if code not in self._completeness:
            self._completeness[code] = completeness(self.rows(code, *self.below(code)))
        return self._completeness[code]

    @cached_property
    def everywhere(self) -> Completeness:
        """How many of all figures expected are there."""
        return completeness(self.frame)

    @cached_property
    def _completeness(self) -> dict[str, Completeness]:
        return {}  # found by completeness

    def peers(self, indicator: str, region: str) -> Peers:
        """Regions like this one that do better at the indicator, among those that the person may see."""
        key = indicator, region
        if key not in self._peers:
            self._peers[key] = peers(self.indicator_rows(indicator), region, self._above)
        return self._peers[key]

    @cached_property
    def _peers(self) -> dict[tuple[str, str], Peers]:
        return {}  # found by peers

    @cached_property
    def summaries(self) -> pd.DataFrame:
        """What all indicators of each region say together, as `trackers.assessment.regions.of_regions` gives it."""
        return of_regions(self.frame)

    def indicator_rows(self, indicator: str) -> pd.DataFrame:
        """The rows of one indicator, in the order of the judgement."""
        return self._by_indicator.get(indicator, self.frame.iloc[:0]).reset_index(drop=True)

    def of_indicator(self, indicator: str, codes: Sequence[str]) -> pd.DataFrame:
        """The rows of one indicator in these regions, by region."""
        rows = self._by_indicator.get(indicator, self.frame.iloc[:0])
        return rows[rows["region"].isin(codes)].set_index("region", drop=False)

    @cached_property
    def _by_indicator(self) -> dict[str, pd.DataFrame]:
        return {str(id): rows for id, rows in self.frame.groupby("indicator", sort=False)}
