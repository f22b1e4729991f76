"""The lines of a copied Daily Papers page: each with its kind, Markdown's link marks taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from generator.sources import days, facts


class Kind(Enum):
    """What a line is; TEXT is a title, an abstract, or something that we do not know."""

    CHROME = auto()  # of the site, above or below the papers
    INBOX = auto()  # the invitation to subscribe
    TITLE = auto()  # of the page
    BYLINE = auto()
    DATE = auto()
    NUMBER = auto()  # votes before a title, comments after an abstract
    AUTHORS = auto()  # how many
    ORGANIZATION = auto()
    DOT = auto()
    SUBMITTER = auto()
    STARS = auto()
    TEXT = auto()


class Line(NamedTuple):
    """A line that is not blank: ``value`` is the part of it that says something.

    ``gap`` tells whether a blank line stands before it, ``heading`` whether Markdown marks it as
    one, ``address`` where it links to, ``raw`` is all of it without Markdown's marks.
    """

    number: int
    kind: Kind
    value: str
    gap: bool = False
    heading: bool = False
    address: str = ""
    raw: str = ""


# As pages write them: "models" in small letters is a word of somebody's abstract.
_CHROME = re.compile(
    r"""
    ( new | Subscribe | Daily | Weekly | Monthly | Trending | Papers | Search | All | Home
    | (?:©\s)?Hugging\sFace | Models | Datasets | Spaces | Buckets | Posts | Docs | Enterprise
    | Pricing | Solutions | Community | Log\sIn | Sign\sUp | Previous | Next | Company | TOS
    | Terms(?:\sof\s[Ss]ervice)? | Privacy(?:\s[Pp]olicy)? | About | Careers | Jobs | Website
    | System\s[Tt]heme | Inference\s(?:Providers|Endpoints) | Paper\s[Pp]age | Follow
    | View\s[Aa]ll\s[Pp]apers | Load\s[Mm]ore | Git[Hh]ub | Upvote | Trending\sPapers
    | !\[[^\]]*\]\([^)]*\)  # an image
    )
    """,
    re.VERBOSE,
)
_KINDS = (
    (Kind.INBOX, re.compile(r"(get trending papers in your e-?mail inbox\b.*)", re.IGNORECASE)),
    (Kind.CHROME, _CHROME),
    (Kind.TITLE, re.compile(r"((?:daily|weekly|monthly|trending) papers)", re.IGNORECASE)),
    (Kind.BYLINE, re.compile(r"by\s*([A-Z].*)")),
    (Kind.NUMBER, re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?[kK]?|[-–—])")),
    (Kind.AUTHORS, re.compile(r"[·•–-]?\s*([0-9]+)\s+authors?", re.IGNORECASE)),
    (Kind.DOT, re.compile(r"([·•])")),
    (Kind.STARS, re.compile(r"github\s+([0-9][0-9.,]*k?)", re.IGNORECASE)),
    (Kind.SUBMITTER, re.compile(r"submitted by\s*(.*)", re.IGNORECASE)),
    (Kind.ORGANIZATION, re.compile(r"[·•]\s+(.+)")),
)
_MARK = re.compile(r"(?P<heading>#{1,6})\s+|[*+-]\s+(?=[\[!#])")
_LINK = re.compile(
    r"\[(.*)\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\))?[^\s()<>]*)>?(?:\s+\"[^\"]*\")?\)", re.DOTALL
)
_ANY_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)]*\)")


def read(text: str) -> list[Line]:
    """Return the lines of ``text`` that are not blank; a Markdown link over several is one line."""
    lines: list[Line] = []
    gap = True
    spaced = "\n\n" in text.strip()
    for number, raw in _joined(text.split("\n")):
        if not raw.strip():
            gap = True
            continue
        line = _line(number, raw.strip(), gap=gap)
        if lines and lines[-1].kind is Kind.TEXT and _is_wrapped(line, spaced=spaced):
            line = line._replace(kind=Kind.TEXT, value=line.raw)
        if lines and lines[-1].kind is Kind.SUBMITTER and not lines[-1].value:
            lines[-1] = lines[-1]._replace(value=line.value)
        else:
            lines.append(line)
        gap = False
    return lines


def _is_wrapped(line: Line, *, spaced: bool) -> bool:
    """Say whether a line below text only looks like furniture: the last word of a wrapped title.

    In a ``spaced`` page furniture stands apart.
    """
    return line.kind in {Kind.BYLINE, Kind.CHROME} and spaced and not line.gap


def count(value: str) -> int | None:
    """Return the number that a page writes as ``1,024`` or ``11.3k``; a dash stands for none."""
    digits = value.lower().replace(",", "")
    if not digits[:1].isdigit():
        return None
    return round(float(digits.rstrip("k")) * (1000 if digits.endswith("k") else 1))


def _joined(rows: list[str]) -> Iterator[tuple[int, str]]:
    """Yield each row with its number, the rows of one Markdown link together."""
    index = 0
    while index < len(rows):
        end = index + 1
        if _MARK.sub("", rows[index].lstrip(), count=1).startswith("["):
            while end < len(rows) and rows[end].strip() and not _closed(rows[index:end]):
                end += 1
            if not _closed(rows[index:end]):
                end = index + 1
        yield index + 1, "\n".join(rows[index:end])
        index = end


def _closed(rows: list[str]) -> bool:
    """Say whether a link that the first row opens is complete with the last."""
    return rows[-1].rstrip().endswith(")") and "](" in rows[-1]


def _line(number: int, text: str, *, gap: bool) -> Line:
    mark = _MARK.match(text)
    heading = bool(mark and mark["heading"])
    text = text[mark.end() :] if mark else text
    address = ""
    if link := _LINK.fullmatch(text):
        text, address = link[1].strip(), link[2]
    kind, value = _kind(text)
    if heading and kind is not Kind.TITLE:
        kind, value = Kind.TEXT, text
    return Line(number, kind, value, gap, heading, address, text)


def _kind(text: str) -> tuple[Kind, str]:
    """Return what a line is and what it says."""
    plain = facts.line(_ANY_LINK.sub(r"\1", text))
    if days.read(plain):
        return Kind.DATE, plain
    for kind, pattern in _KINDS:
        if found := pattern.fullmatch(plain):
            return kind, found[1]
    return Kind.TEXT, text
