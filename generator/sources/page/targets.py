"""What an address leads to: a paper, somebody's profile, code, the page of a day."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple
from urllib.parse import unquote

from generator.sources import facts

# A paper's address may stand in another one: a redirect's, an archive's, that of a login.
_PAPER = re.compile(
    r"(?:(?:huggingface\.co|hf\.co)/papers/|(?:ar5iv\.org|arxiv\.org|alphaxiv\.org)/"
    rf"(?:abs|pdf|html|overview)/|^/?(?:papers|abs|pdf|html)/)({facts.ARXIV_ID})(?![0-9])",
    re.IGNORECASE,
)
_LOGIN = re.compile(rf"/login\?next=/papers/({facts.ARXIV_ID})", re.IGNORECASE)
_DOI = re.compile(r"doi\.org/(10\.[0-9]{4,9}/[^\s?#]+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.({facts.ARXIV_ID})", re.IGNORECASE)
# Sites whose pages are papers, known by nothing but their address.
_SITES = re.compile(
    r"https?://(?:www\.)?(?:openreview\.net/forum\?id=|aclanthology\.org/[0-9A-Z]"
    r"|(?:bio|med)rxiv\.org/content/|proceedings\.mlr\.press/v[0-9]+/\w|semanticscholar\.org/paper/)",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"(?:https?://(?:www\.)?(?:huggingface\.co|hf\.co)|^)/(?!/)([A-Za-z0-9][\w.-]{0,60})/?(?:[?#].*)?$"
)
_PAGES = re.compile(
    r"papers|models|datasets|spaces|posts|docs|enterprise|pricing|login|join|blog|tasks|inference"
    r"|collections|learn|chat|terms-of-service|privacy|huggingface|about|organizations|settings"
    r"|support|brand|languages|storage|abs|pdf|list|new|search|notifications"
)
_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[^/?#]+/[^/?#]+",
    re.IGNORECASE,
)
_DAY = re.compile(r"/papers(?:/date/|\?(?:[^#]*&)?date=)([0-9]{4}-[0-9]{2}-[0-9]{2})")
_LONGEST = 2000


class Target(NamedTuple):
    """``paper`` is an arXiv id, a DOI or an address; ``part`` the part of its page, if not all."""

    paper: str = ""
    part: str = ""
    profile: str = ""
    is_code: bool = False


def target(address: str) -> Target:
    """Return what ``address`` leads to, as far as it can be known by itself."""
    if not address or len(address) > _LONGEST:
        return Target()
    plain = unquote(address) if "%" in address else address
    if paper := _paper(plain):
        return paper
    if _CODE.match(plain):
        return Target(is_code=True)
    profile = _PROFILE.fullmatch(plain)
    if profile and not _PAGES.fullmatch(profile[1].lower()):
        return Target(profile=profile[1])
    return Target()


def _paper(address: str) -> Target | None:
    """Return the paper that an address leads to, if it does."""
    if login := _LOGIN.search(address):
        return Target(login[1], "votes")
    if found := _PAPER.search(address):
        return Target(found[1], "comments" if address.endswith("#community") else "")
    if found := _DOI.search(address):
        ours = _ARXIV_DOI.fullmatch(found[1])
        return Target(ours[1] if ours else found[1])
    return Target(address) if _SITES.match(address) else None


def day(address: str) -> dt.date | None:
    """Return the day whose page ``address`` is; None where it is none."""
    found = _DAY.search(address)
    try:
        return dt.date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
