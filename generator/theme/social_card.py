"""The social card of a digest: what a link to it looks like in a chat or a feed, as a PNG.

Pillow and the font come with ``pip install gazette[cards]``. The font is Source Serif Pro from
a package, never one that the machine happens to have, so that the same digest gives the same bytes
everywhere (with one version of Pillow, whose FreeType draws the letters). It has Latin, Greek and
Cyrillic letters; a site in another script names a font file of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from generator.system.errors import GazetteError

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
TITLES = 4
ACCENT = "#9c2a1c"
# Sixteen colours make a small file: fifteen steps from ink to paper, and the accent.
INK, PAPER = (33, 28, 22), (251, 248, 241)
STEPS = 15
BLACK, GREY, RULE, WHITE = 0, 76, 220, 255  # shades between them as they are drawn
PACKAGE = "font_source_serif_pro"
# No font has a letter at this place: what it draws there is its sign for a missing one.
MISSING = "\ue123"


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card, as plain text: one line each, cut where it is too long.

    ``headline`` is the date in the site's language; ``date`` (2025-09-23) stands in for it if
    the font lacks its letters.
    """

    site: str
    headline: str
    date: str
    count: str
    titles: tuple[str, ...] = ()


def available() -> bool:
    """Tell whether cards can be drawn: whether the optional packages are there."""
    return find_spec("PIL") is not None and find_spec(PACKAGE) is not None


def draw(card: Card, *, font: Path | None = None, accent: str = ACCENT) -> bytes:
    """Return the PNG of ``card``, 1200 by 630 pixels, in a font file or the default one.

    ``accent`` is a colour as CSS writes it. Raises GazetteError if the packages are missing or
    the font or the colour is none.
    """
    if not available():
        raise GazetteError("social cards need Pillow and a font: pip install 'gazette[cards]'")
    from PIL import Image, ImageColor, ImageDraw  # noqa: PLC0415 - optional

    try:
        colour = ImageColor.getrgb(accent)[:3]
    except ValueError as error:
        raise GazetteError(
            f"accent: {accent!r} is no colour, expected one like {ACCENT}"
        ) from error
    bold, regular = (str(font), str(font)) if font else _default_fonts()
    shades = Image.new("L", (WIDTH, HEIGHT), WHITE)
    canvas = ImageDraw.Draw(shades)
    canvas.rectangle((MARGIN, 64, WIDTH - MARGIN, 71), fill=BLACK)
    _line(canvas, 92, card.site, bold, 44, BLACK)
    canvas.rectangle((MARGIN, 166, WIDTH - MARGIN, 167), fill=RULE)
    headline = card.headline if _has_all(card.headline, bold) else card.date
    _line(canvas, 188, headline, bold, 70, BLACK)
    _line(canvas, 316, card.count, regular, 30, GREY)
    for number, title in enumerate(_fitting(card.titles, regular)):
        _line(canvas, 376 + 50 * number, title, regular, 34, BLACK)
    image = shades.point([shade * (STEPS - 1) // WHITE for shade in range(256)])
    ImageDraw.Draw(image).rectangle((MARGIN, 298, MARGIN + 56, 303), fill=STEPS)
    image.putpalette([*_ramp(), *colour])
    file = BytesIO()
    image.save(file, "PNG", bits=4)
    return file.getvalue()


def _ramp() -> Iterator[int]:
    """Yield red, green and blue of each step from ink to paper."""
    for step in range(STEPS):
        for ink, paper in zip(INK, PAPER, strict=True):
            yield ink + (paper - ink) * step // (STEPS - 1)


def _default_fonts() -> tuple[str, str]:
    """Return the paths of the semibold and the regular font of the package."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise GazetteError("the font of social cards is missing: pip install 'gazette[cards]'")
    files = Path(spec.origin).parent / "files"
    return str(files / "SourceSerifPro-Semibold.ttf"), str(files / "SourceSerifPro-Regular.ttf")


@lru_cache(maxsize=16)
def _font(path: str, size: int) -> FreeTypeFont:
    """Return a font at a size; the basic layout is the one that every build of Pillow has."""
    from PIL import ImageFont  # noqa: PLC0415 - optional

    try:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise GazetteError(f"{path}: cannot be read as a font file (TTF or OTF)") from error


@lru_cache(maxsize=4096)
def _has(char: str, path: str) -> bool:
    """Tell whether the font has a letter for ``char``."""
    font = _font(path, 20)
    own, missing = font.getmask(char), font.getmask(MISSING)
    return (own.size, bytes(own)) != (missing.size, bytes(missing))


def _has_all(text: str, path: str) -> bool:
    """Tell whether the font has a letter for every character of ``text``."""
    return all(_has(char, path) for char in text if not char.isspace())


def _fitting(titles: tuple[str, ...], path: str) -> Iterator[str]:
    """Yield the first TITLES titles that the font can set."""
    found = (title for title in titles if _has_all(title, path))
    for _, title in zip(range(TITLES), found, strict=False):
        yield title


def _line(canvas: ImageDraw, top: int, text: str, path: str, size: int, shade: int) -> None:
    """Set one line at the left margin, cut with an ellipsis where it would leave the card."""
    font, room = _font(path, size), WIDTH - 2 * MARGIN
    text = " ".join(text.split())
    if font.getlength(text) > room:
        while font.getlength(f"{text}…") > room:
            text = text[:-1]
        head, space, _ = text.rpartition(" ")
        text = f"{(head if space else text).rstrip(' ,;:.–—-')}…"
    canvas.text((MARGIN, top), text, font=font, fill=shade)
