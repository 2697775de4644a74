"""How a plan stands on a day: reads what is kept, lets `trackers.assessment` judge it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd

from trackers.assessment.aggregate import aggregate, summarise
from trackers.assessment.judge import judge, methods
from trackers.assessment.pace import expected_along
from trackers.assessment.policy import Policy
from trackers.assessment.verdict import Verdict, verdict_word
from trackers.model.period import Period, day_number, day_of
from trackers.model.plan import Aggregation, Indicator, Level, Measure, Plan, Target
from trackers.model.region import RegionTree
from trackers.model.report import expected_regions, first_day
from trackers.queries.plans import find_plan, region_tree
from trackers.store import Store
