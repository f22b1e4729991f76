"""Colours: those of the style sheet can be read, and so can any accent that a curator names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.system.errors import GazetteError
from generator.theme import palette

SHEET = (Path(__file__).parents[2] / "static/css/site.css").read_text("utf-8")
TOKEN = re.compile(r"--([a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
ACCENT = re.compile(r"--accent-(light|dark): (#[0-9a-f]{6});")
THEMES = ("light", "dark")
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def tokens() -> dict[tuple[str, str], palette.Colour]:
    """Return the colours of site.css by name and theme."""
    found = {
        (name, theme): palette.parse(colour)
        for name, *colours in TOKEN.findall(SHEET)
        for theme, colour in zip(THEMES, colours, strict=True)
    }
    return found | {
        ("accent", theme): palette.parse(value) for theme, value in ACCENT.findall(SHEET)
    }


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "sunk"])
@pytest.mark.parametrize(("text", "least"), [("ink", 7), ("grey", 4.5), ("accent", 4.5)])
def test_text_can_be_read(text: str, ground: str, theme: str, least: float) -> None:
    """Text has a contrast of 7:1 at least; what is small and grey, and links, one of 4.5:1."""
    colours = tokens()
    assert palette.contrast(colours[text, theme], colours[ground, theme]) >= least


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21), ("#fff", "#fff", 1), ("#777777", "#ffffff", 4.478)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Black on white is 21:1; #777 is just too light for text on white."""
    found = palette.contrast(palette.parse(one), palette.parse(other))
    assert found == pytest.approx(ratio, abs=0.001)


def test_the_papers_are_those_of_the_style_sheet() -> None:
    """An accent is measured on the ground that is the harder one of each theme."""
    colours = tokens()
    assert colours["sunk", "light"] == palette.PAPER_LIGHT
    assert colours["sunk", "dark"] == palette.PAPER_DARK


@given(COLOURS)
def test_any_accent_can_be_read(colour: str) -> None:
    """One that could not be is mixed with black or white until it can; else it stays."""
    grounds = (palette.PAPER_LIGHT, palette.PAPER_DARK)
    for found, ground in zip(palette.accents(colour), grounds, strict=True):
        assert palette.contrast(palette.parse(found), ground) >= palette.READABLE
        if palette.contrast(palette.parse(colour), ground) >= palette.READABLE:
            assert found == colour


@pytest.mark.parametrize("colour", ["red", "#12", "#12345", "#1234567", "#ggg", "", "rgb(1,2,3)"])
def test_an_accent_is_a_colour_in_hex(colour: str) -> None:
    """Anything else is refused, with an example of what would be right."""
    with pytest.raises(GazetteError, match="write it as #a3271a"):
        palette.accents(colour)
