from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard.palette import SHADES, Tone, tone_of
from trackers.assessment.verdict import Verdict

THEME = tomllib.loads((Path(__file__).parents[2] / "dashboard/.streamlit/config.toml").read_text(encoding="utf-8"))["theme"]
TEXT, GRAPHIC = 4.5, 3.0  # WCAG 2.1 AA


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_a_verdicts_words_can_be_read_on_their_ground(scheme, tone):
    theme = THEME[scheme]
    words, ground = theme[f"{tone.value}TextColor"], theme[f"{tone.value}BackgroundColor"]
    assert contrast(words, ground) >= TEXT
    assert contrast(words, theme["backgroundColor"]) >= TEXT


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_links_can_be_read(scheme):
    theme = THEME[scheme]
    for name in ("textColor", "linkColor", "primaryColor"):
        for ground in ("backgroundColor", "secondaryBackgroundColor"):
            assert contrast(theme[name], theme[ground]) >= TEXT, (name, ground)


@pytest.mark.parametrize("tone", Tone)
def test_a_mark_in_a_chart_stands_out_on_both_grounds_and_carries_white_text(tone):
    assert contrast(tone.shade, THEME["light"]["backgroundColor"]) >= GRAPHIC
    assert contrast(tone.shade, THEME["dark"]["backgroundColor"]) >= GRAPHIC
    assert contrast(tone.shade, "#FFFFFF") >= TEXT


def test_every_verdict_has_a_tone_and_every_tone_a_shade_of_its_own():
    assert all(tone_of(verdict) in Tone for verdict in Verdict)
    assert tone_of("lagging", "severe") is not tone_of("lagging", "mild")
    assert len(set(SHADES.values())) == len(Tone)
