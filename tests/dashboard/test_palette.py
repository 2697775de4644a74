from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard.palette import SHADES, Tone, tone_of
from tests.contrast import GRAPHIC, TEXT, contrast
from trackers.assessment.verdict import Verdict

DASHBOARD = Path(__file__).parents[2] / "dashboard"
THEME = tomllib.loads((DASHBOARD / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]


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


@pytest.mark.parametrize("tone", Tone)
def test_a_dark_badge_is_printed_as_a_light_one(tone):
    names = [f"{tone.value}{part}Color" for part in ("Background", "Text")]
    dark, (ground, ink) = THEME["dark"][names[0]], (THEME["light"][name].lower() for name in names)
    shown = ", ".join(str(int(dark[at : at + 2], 16)) for at in (1, 3, 5))
    rule = f"""  .stMarkdownBadge[style*="rgb({shown})"] {{
    background-color: {ground} !important;
    color: {ink} !important;
  }}"""
    assert rule in (DASHBOARD / "assets/looks.css").read_text(encoding="utf-8")
