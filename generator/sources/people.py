"""The people of a text: lists of names taken apart, each name as one reads it aloud."""

from __future__ import annotations

import re

from generator.sources.facts import OTHERS, line

_AND = re.compile(r"\s+(?:and|&)\s+")
_WITH_COMMA_AND = re.compile(r",\s*(?:and|&)\s")
_LEADING_AND = re.compile(r"(?:and|&)\s+")
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
# What stands behind a comma and is no given name.
_COMPANIES = frozenset(["inc.", "inc", "ltd.", "ltd", "llc", "jr.", "jr", "sr.", "sr", "ii", "iii"])


def natural_name(name: str) -> str:
    """Return "Last, First" or "Last, First, Jr" as one reads it aloud; any other name as it is."""
    parts = [part.strip() for part in line(name).split(",")]
    if len(parts) == 2 and all(parts) and parts[1].lower() not in _COMPANIES:  # noqa: PLR2004  # Last, First
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3 and all(parts) and parts[2].rstrip(".").lower() in _SUFFIXES:  # noqa: PLR2004  # and Jr
        return f"{parts[1]} {parts[0]} {parts[2]}"
    return line(name).strip(" ,")


def read(written: str) -> tuple[tuple[str, ...], bool]:
    """Return the names of a text that lists people, and whether it says that there are others.

    Between them stand semicolons or ``and`` (then each may be "Last, First"), else commas.
    """
    text = line(written)
    if ";" in text:
        names = text.split(";")
    elif len(_AND.split(text)) > 1 and not _WITH_COMMA_AND.search(text):
        names = [one for part in _AND.split(text) for one in _one_or_more(part)]
    else:
        names = _one_or_more(text)
    found = [natural_name(_LEADING_AND.sub("", name.strip(), count=1)) for name in names]
    others = any(name.lower() in OTHERS for name in found)
    return tuple(dict.fromkeys(one for one in found if one and one.lower() not in OTHERS)), others


def _one_or_more(text: str) -> list[str]:
    """Return the one person of "Last, First" or "First Last", or the several with commas between.

    A part without a space before the comma is a family name: people who are listed with commas
    have given names as well.
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and " " not in parts[0]:  # noqa: PLR2004  # Last, First
        return [text]
    pairs = list(zip(parts[::2], parts[1::2], strict=False))
    if (
        len(parts) % 2 == 0
        and all(" " not in last for last, _ in pairs)
        and any(first.endswith(".") for _, first in pairs)
    ):
        return [f"{last}, {first}" for last, first in pairs]  # Deng, X., Da, J.
    return parts
