"""The accent colour: one that a curator names, made readable in both themes.

Contrast is that of WCAG 2.2 (w3.org/TR/WCAG22/#dfn-contrast-ratio), luminance that of sRGB.
"""

from __future__ import annotations

from generator.content.settings import COLOUR
from generator.system.errors import GazetteError

Colour = tuple[int, int, int]

# The backgrounds of static/css/site.css, the harder of each theme's; a test holds them together.
PAPER_LIGHT: Colour = (0xF4, 0xEF, 0xE4)
PAPER_DARK: Colour = (0x24, 0x21, 0x1D)
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
READABLE = 4.5
STEPS = 100


def accents(colour: str) -> tuple[str, str]:
    """Return ``colour`` (``#rgb`` or ``#rrggbb``) for the light and for the dark theme.

    Where its contrast with the paper is under 4.5:1, it is mixed with black (light theme) or
    white (dark theme) until it is not: hue kept, no more than needed. Raises GazetteError if
    ``colour`` is no such colour.
    """
    if not COLOUR.fullmatch(colour):
        raise GazetteError(f"accent: {colour!r} is no colour; write it as #a3271a")
    given = parse(colour)
    return (
        _hex(_readable(given, PAPER_LIGHT, BLACK)),
        _hex(_readable(given, PAPER_DARK, WHITE)),
    )


def parse(colour: str) -> Colour:
    """Return the red, green and blue (0 to 255) of ``#rgb`` or ``#rrggbb``."""
    digits = colour.removeprefix("#")
    wide = digits if len(digits) > 3 else "".join(digit * 2 for digit in digits)  # noqa: PLR2004 - #rgb
    return int(wide[:2], 16), int(wide[2:4], 16), int(wide[4:], 16)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """Return the light of an sRGB channel (0 to 1)."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def _readable(colour: Colour, paper: Colour, towards: Colour) -> Colour:
    """Return the first mixture of ``colour`` and ``towards`` that can be read on ``paper``."""
    for step in range(STEPS + 1):
        mixed = _mix(colour, towards, step / STEPS)
        if contrast(mixed, paper) >= READABLE:
            break
    return mixed


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
