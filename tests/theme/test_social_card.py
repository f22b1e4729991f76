"""The social card: the right size, small, the same every time, and never broken by a text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.system.errors import GazetteError
from generator.theme.social_card import HEIGHT, MARGIN, WIDTH, Card, available, draw
from tests import properties

CARD = Card(
    site="Gazette",
    headline="Tuesday, 23 September 2025",
    date="2025-09-23",
    count="73 papers",
    titles=(
        "Teacher algorithms for curriculum learning of Deep RL in parameterized environments",
        "TÜLU 3: Pushing Frontiers in Open Language Model Post-Training",
        "Pointer Networks",
        "Searching Latent Program Spaces",
        "A fifth that has no room",
    ),
)


def picture(png: bytes) -> Image.Image:
    """Return the picture in full colour."""
    return Image.open(BytesIO(png)).convert("RGB")


def test_a_card_is_a_small_png_of_the_size_that_networks_show() -> None:
    """1200 by 630 pixels, under 40 KB."""
    png = draw(CARD)
    assert available()
    assert picture(png).size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(png) < 40_000


def test_the_same_card_is_the_same_bytes() -> None:
    """No clock and no chance is in it."""
    assert draw(CARD) == draw(CARD)


def test_each_text_is_on_it() -> None:
    """Leave one out and the picture is another."""
    bare = Card(site="", headline="", date="", count="")
    parts = [
        Card(site="Gazette", headline="", date="", count=""),
        Card(site="", headline="Tuesday", date="", count=""),
        Card(site="", headline="", date="", count="73 papers"),
        Card(site="", headline="", date="", count="", titles=("Pointer Networks",)),
    ]
    assert len({draw(bare), *map(draw, parts)}) == 5


def test_nothing_reaches_into_the_margin() -> None:
    """Long lines are cut."""
    long = "word " * 60
    card = picture(draw(Card(long, long, "2025", "W" * 500, (long, "x" * 300))))
    background = card.getpixel((0, 0))
    for x in (MARGIN - 9, WIDTH - MARGIN + 9):
        assert {card.getpixel((x, y)) for y in range(HEIGHT)} == {background}


def test_what_the_font_cannot_set_is_left_out() -> None:
    """The date stands in for a headline without letters, and other titles for such a title."""
    ours = Card("Gazette", "2025-09-23", "2025-09-23", "", ("Orca",))
    theirs = Card("Gazette", "2025年9月23日", "2025-09-23", "", ("大模型", "Orca"))
    assert draw(ours) == draw(theirs)


def test_the_accent_is_the_sites() -> None:
    """The one colour on the card can be set."""
    assert draw(CARD, accent="#0a5a8a") != draw(CARD)


@pytest.mark.parametrize(
    ("font", "accent", "message"),
    [
        (Path("no-such.ttf"), "#9c2a1c", "no-such.ttf: cannot be read as a font"),
        (Path(__file__), "#9c2a1c", "cannot be read as a font"),
        (None, "reddish", "'reddish' is no colour"),
    ],
)
def test_a_wrong_setting_is_said(font: Path | None, accent: str, message: str) -> None:
    """A font that is none and a colour that is none are errors for the curator."""
    with pytest.raises(GazetteError, match=message):
        draw(CARD, font=font, accent=accent)


@settings(max_examples=properties.count(5))
@given(st.text(), st.lists(st.text(), max_size=6).map(tuple))
def test_any_text_makes_a_card(text: str, titles: tuple[str, ...]) -> None:
    """No text, however odd, breaks it."""
    assert draw(Card(text, text, text, text, titles)).startswith(b"\x89PNG")
