"""The furniture of paper pages: what a short line says that is neither title nor abstract.

A page names votes, comments, stars, organisations and dates in many ways; each pattern here is one
of them. What no pattern knows is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto

from generator.sources import days


class Kind(Enum):
    """What a line is; TEXT is a title, an abstract, or something that we do not know."""

    CHROME = auto()  # of the site, above or below the papers
    PAGE = auto()  # the title of the page
    BYLINE = auto()
    DATE = auto()
    NUMBER = auto()  # votes or comments, by where it stands
    VOTES = auto()
    COMMENTS = auto()
    STARS = auto()
    COUNT = auto()  # of authors
    AUTHORS = auto()
    ORGANIZATION = auto()
    SUBMITTER = auto()
    PUBLISHED = auto()
    DOT = auto()
    LABEL = auto()  # leads to a paper and says no more
    LINK = auto()  # leads to something of a paper: code, a project's page
    TEXT = auto()

    __hash__ = object.__hash__  # asked for with every line: a name's takes as long as the rest


# No line of furniture is longer.
LONGEST = 200
NUMBER = r"[0-9][0-9,]{0,15}(?:\.[0-9]{1,3})?[kKmM]?"
_DASH = r"[-–—]"

# As pages write them: "models" in small letters is a word of somebody's abstract.
_CHROME = re.compile(
    r"""
      new | Subscribe | Daily | Weekly | Monthly | Trending | Papers | Search | All | Home
    | (?:©\s*(?:[0-9]{4}\s*)?)?Hugging\sFace(?:'s\slogo|\slogo)? | Models | Datasets | Spaces
    | Buckets | Posts | Docs | Enterprise | Pricing | Solutions | Community | Log\s?In | Sign\s?Up
    | Previous | Next | Company | TOS | Terms(?:\sof\s[Ss]ervice)? | Privacy(?:\s[Pp]olicy)?
    | About | Careers | Jobs | Website | System\s[Tt]heme | Inference\s(?:Providers|Endpoints)
    | Follow(?:ing)? | View\s[Aa]ll\s[Pp]apers | Load\s[Mm]ore | Show\s[Mm]ore | Today | Share
    | Back\sto\s(?:Articles|top) | Paper\sof\sthe\s[Dd]ay | \#[0-9]\sPaper\sof\sthe\s[Dd]ay
    | \+[0-9]{1,4} | [«»‹›<>←→↑↓|,;:…]{1,3} | Menu | Main\sNavigation | Skip\sto\smain\scontent
    | View\s(?:this\semail\s)?in\s(?:your\s)?browser | Manage\s(?:your\s)?preferences
    | Unsubscribe(?:\s.*)? | Top\s.*and\sthe\sresearch\scommunity | Submit(?:\sa\spaper)?
    | Daily\sWeekly\sMonthly(?:\sTrending\sPapers)? | AI\s&\sML\s[Pp]apers
    """,
    re.VERBOSE,
)
_COUNTED = {
    Kind.VOTES: r"(?:up-?)?votes?|likes?|points?",
    Kind.COMMENTS: r"comments?|replies|discussions?",
    Kind.STARS: r"(?:github\s+)?stars?",
    Kind.COUNT: r"authors?",
}
_SIGNS = {Kind.VOTES: "▲△⬆👍❤♥🔥↑⇧", Kind.COMMENTS: "💬🗨", Kind.STARS: "⭐★☆🌟"}


def _counted(kind: Kind, words: str) -> list[tuple[Kind, re.Pattern[str]]]:
    """Return the patterns of a count with its word before or after it, or a sign."""
    patterns = [rf"({NUMBER})\s*(?:{words})", rf"(?:{words})\s*[:·(]?\s*({NUMBER}|{_DASH})\)?"]
    if signs := _SIGNS.get(kind):
        patterns += [
            rf"(?:{words})?:?\s*[{signs}]\ufe0f?\s*({NUMBER})",
            rf"({NUMBER})\s*[{signs}]\ufe0f?",
        ]
    return [
        (kind, re.compile(rf"[·•|–—-]?\s*\(?\s*{each}\s*\)?", re.IGNORECASE)) for each in patterns
    ]


_DATED = r"((?:[A-Za-z]{3,9}\.?,?\s+)?(?:[A-Za-z]{3,9}\.?\s+[0-9]|[0-9]).{0,24})"
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.CHROME, re.compile(r"get trending papers in your e-?mail inbox\b.*", re.IGNORECASE)),
    (
        Kind.PAGE,
        re.compile(
            r"((?:daily|weekly|monthly|trending)\s+papers)(?:\s*[-–—|·]\s*hugging face)?|"
            r"(?:ak's\s+)?(daily papers)(?:\s+by\s.*)?",
            re.IGNORECASE,
        ),
    ),
    (Kind.CHROME, _CHROME),
    (Kind.DOT, re.compile(r"([·•|])")),
    (Kind.NUMBER, re.compile(rf"({NUMBER}|{_DASH})")),
    *(each for kind, words in _COUNTED.items() for each in _counted(kind, words)),
    (Kind.STARS, re.compile(rf"github:?\s*[⭐★☆]?\s*({NUMBER})?", re.IGNORECASE)),
    (Kind.VOTES, re.compile(r"(?:up-?vote|like)s?:?()", re.IGNORECASE)),
    (
        Kind.PUBLISHED,
        re.compile(
            rf"[·•]?\s*(?:published|posted|submitted|announced)(?:\s+on)?:?\s+{_DATED}",
            re.IGNORECASE,
        ),
    ),
    (Kind.SUBMITTER, re.compile(r"[·•]?\s*submitted\s+by:?\s*(.*)", re.IGNORECASE)),
    (Kind.AUTHORS, re.compile(r"authors?(?:\s*:|\(s\):)\s*(.+)", re.IGNORECASE)),
    (
        Kind.ORGANIZATION,
        re.compile(r"(?:organi[sz]ations?|affiliations?|institutions?|org):\s*(.+)", re.IGNORECASE),
    ),
    (
        Kind.LABEL,
        re.compile(
            r"[\[(]?\s*(?:arxiv(?:\s+(?:page|link))?|paper(?:\s+(?:page|link))?|pdf|html|abs|abstract"
            r"|link|url|doi|read(?:\s+(?:more|paper|the\s+paper|on\s+arxiv))?|full\s+(?:text|paper)"
            r"|view(?:\s+(?:on\s+)?(?:arxiv|paper|pdf|hugging\s?face)(?:\s+page)?)?|hf|hugging\s?face"
            r"|details|source|tl;?dr|summary|ai-generated\s+summary|→|↗|🔗|📄)\s*[\])]?:?\s*[→↗»…]?",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.LINK,
        re.compile(
            r"[\[(]?\s*(?:code|github|repo(?:sitory)?|project(?:\s*page)?|website|demo|dataset|model"
            r"|video|slides|blog|homepage)s?\s*[\])]?:?",
            re.IGNORECASE,
        ),
    ),
    (Kind.ORGANIZATION, re.compile(r"[·•]\s+(.+)")),
)


def _any(patterns: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """Return one pattern for what any of ``patterns`` matches: most lines match none."""
    flags = ((re.IGNORECASE, "i"), (re.VERBOSE, "x"))
    parts = []
    for each in patterns:
        letters = "".join(letter for flag, letter in flags if each.flags & flag)
        parts.append(f"(?{letters}:{each.pattern})")
    return re.compile("|".join(parts))


_ANY = _any(pattern for _, pattern in _KINDS)
_BYLINE = re.compile(
    r"by\s*([A-Z][^\s\d,]*(?:,?\s+(?:and|&|the|research|community|de|van|von|der|et|al\.?|[A-Z][^\s\d,]*))*)"
)


def kind_of(text: str) -> tuple[Kind, str]:
    """Return what a line of one row is by its words, and the part of it that says something."""
    if not text or len(text) > LONGEST:
        return Kind.TEXT, text
    if days.read(text.strip("·• ")):
        return Kind.DATE, text.strip("·• ")
    for kind, pattern in _KINDS if _ANY.fullmatch(text) else ():
        if found := pattern.fullmatch(text):
            value = next((part for part in found.groups() if part is not None), "")
            if kind is Kind.PUBLISHED and not days.read(value):
                continue
            return kind, value
    if found := _BYLINE.fullmatch(text):
        return Kind.BYLINE, found[1]
    return Kind.TEXT, text


def count(value: str) -> int | None:
    """Return the number that a page writes as ``1,024`` or ``11.3k``; a dash stands for none."""
    digits = value.lower().replace(",", "")
    if not digits[:1].isdigit():
        return None
    factor = {"k": 1000, "m": 1_000_000}.get(digits[-1], 1)
    return round(float(digits.rstrip("km")) * factor)
