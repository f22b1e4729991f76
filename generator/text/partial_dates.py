"""Dates as exactly as they are known: a year, a month of it, or a day; as people write them."""

from __future__ import annotations

import datetime as dt
import re

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A year, then a month, then a day, with one and the same sign between; more behind is a time.
_YEAR_FIRST = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?(?![0-9])")
_YEAR = re.compile(r"(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9])")
_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])")
_WORD = re.compile(r"[A-Za-z]{3,}")
# What a library's catalogue or biblatex writes around a date that is not sure, or open.
_DOUBT = re.compile(r"[~?%\[\]]|\b(?:c(?:a|irca)?\.?|ca\.)\s*", re.IGNORECASE)
_LONGEST = 60  # no date takes more letters


def parts(text: str) -> tuple[int, ...]:
    """Return (year,), (year, month) or (year, month, day) of ``1997``, ``1997-11``, ``1997-11-03``.

    An empty text has no parts. Raises ValueError for everything else, and for no such day.
    """
    if not text:
        return ()
    found = _ISO.fullmatch(text)
    if found is None:
        raise ValueError(text)
    numbers = tuple(int(part) for part in found.groups() if part)
    dt.date(*(*numbers, 1, 1)[:3])
    return numbers


def of(year: int, month: int = 0, day: int = 0) -> str:
    """Return the text of as much of these as there is (0: not known), up to what cannot be."""
    for known in ((year, month, day), (year, month), (year,)):
        text = "-".join(f"{part:0{2 + 2 * (place == 0)}}" for place, part in enumerate(known))
        try:
            if all(known) and parts(text):
                return text
        except ValueError:
            continue
    return ""


def read(written: str) -> str:
    """Return the date that ``written`` says, as exactly as it does; nothing if it says none.

    Of a range the beginning counts. A season or a quarter is not told: the year is.
    """
    plain = _DOUBT.sub("", written[:_LONGEST].partition("T")[0]).strip()
    found = _YEAR_FIRST.match(plain)
    if found:
        return of(int(found[1]), int(found[3] or 0), int(found[4] or 0))
    year = _YEAR.search(plain)
    if year is None:
        return ""
    rest = plain[: year.start()] + " " + plain[year.end() :]
    named = month(plain)
    day = _DAY.search(rest)
    return of(int(year[0]), named, int(day[1]) if day and named else 0)


def month(written: str) -> int:
    """Return the number of the month that ``written`` names, in English or in digits; else 0."""
    if written.strip().isdecimal():
        number = int(written.strip()[:3])
        return number if number <= len(_MONTHS) else 0
    for word in _WORD.findall(written[:_LONGEST].lower()):
        if word[:3] in _MONTHS:
            return _MONTHS.index(word[:3]) + 1
    return 0


def day(written: str, year: str) -> int:
    """Return the day of the month that stands beside a month's name; 0 where there is none."""
    rest = written[:_LONGEST].replace(year, " ") if year else written[:_LONGEST]
    found = _DAY.search(rest) if _WORD.search(rest) else None
    return int(found[1]) if found else 0
