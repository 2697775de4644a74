"""The pages by file, as links name them."""

from __future__ import annotations

from pathlib import Path

ASSETS = Path(__file__).parent.parent / "assets"
OVERVIEW, REGION, INDICATOR = "views/overview.py", "views/region.py", "views/indicator.py"
WARNINGS, PLAN, ENTRY, REPORT = "views/warnings.py", "views/plan.py", "views/entry.py", "views/report.py"
REVIEW, PERIODS, TODO = "views/review.py", "views/periods.py", "views/todo.py"
COCKPIT, ACROSS, SCREEN = "views/cockpit.py", "views/across.py", "views/screen.py"
SUPERVISION, EVALUATION = "views/supervision.py", "views/evaluation.py"
