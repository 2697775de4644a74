"""The colours of verdicts, in one place. Colour never stands alone: the sign and the word stand beside it.

Each tone has a Streamlit colour name for words (its shades for both themes are in .streamlit/config.toml) and one
shade for marks in charts: white text on it reads, and it stands out from white and from the dark ground. Blue-green
against orange and magenta can be told apart by people who do not see red or green.
"""

from __future__ import annotations

from enum import StrEnum

from trackers.assessment.regions import Course
from trackers.assessment.verdict import Severity, Verdict


class Tone(StrEnum):
    """What a verdict means to a leader; the value is Streamlit's name of its colour."""

    REACHED = "green"
    FINE = "blue"
    WATCH = "yellow"
    BEHIND = "orange"
    BAD = "red"
    EARLY = "violet"
    UNKNOWN = "gray"

    @property
    def shade(self) -> str:
        """The colour of its marks in a chart, readable on both themes' grounds."""
        return SHADES[self]


SHADES = {
    Tone.REACHED: "#16806D",
    Tone.FINE: "#3A76C4",
    Tone.WATCH: "#98690A",
    Tone.BEHIND: "#C24E10",
    Tone.BAD: "#C93566",
    Tone.EARLY: "#7A69AE",
    Tone.UNKNOWN: "#6B7683",
}
TARGET_SHADE = "#6B7A8F"  # lines of targets and of what is expected
TONES = {
    Verdict.ACHIEVED: Tone.REACHED,
    Verdict.AHEAD: Tone.REACHED,
    Verdict.ON_TRACK: Tone.FINE,
    Verdict.LAGGING: Tone.WATCH,
    Verdict.REGRESSING: Tone.BAD,
    Verdict.MISSED: Tone.BAD,
    Verdict.STARTING: Tone.EARLY,
}


def tone_of(verdict: str, severity: str | None = None) -> Tone:
    """The tone of a verdict; lagging is darker when it is severe."""
    if severity == Severity.SEVERE:
        return Tone.BEHIND
    return TONES.get(Verdict(verdict), Tone.UNKNOWN)


SILENT = ""  # a tile without figures has no ground of its own
COURSES = {Course.ALL: Tone.REACHED, Course.MOST: Tone.FINE, Course.HALF: Tone.WATCH, Course.FEW: Tone.BEHIND}


def course_shade(course: Course) -> str:
    """The colour of a region's tile by how many of its indicators are on course."""
    return SILENT if course is Course.SILENT else COURSES.get(course, Tone.UNKNOWN).shade
