"""What every source's text needs done: clean lines, ids, links found in the text, a Paper."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from generator import urls
from generator.model import Paper
from generator.text import autolink, markup, tex

if TYPE_CHECKING:
    from collections.abc import Mapping

# An arXiv id of today (2503.02130) or from before April 2007 (hep-ex/0307015), without version.
ARXIV_ID = r"(?:[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/[0-9]{7})"
_ARXIV = re.compile(
    rf"(?:arxiv:|(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.)?({ARXIV_ID})(?:v[0-9]+)?",
    re.IGNORECASE,
)
# The same where it is said among other things: "arXiv preprint arXiv:2301.99901 [cs]".
_ARXIV_SAID = re.compile(
    rf"(?:\barxiv(?:\s{{1,3}}(?:e-?print|preprint)s?)?[\s:.,]{{0,3}}|\barxiv\.org/(?:abs|pdf|html)/|\babs/)({ARXIV_ID})(?![0-9])",
    re.IGNORECASE,
)
_ARXIV_ADDRESS = re.compile(
    r"https?://(?:[a-z]+\.)?(?:(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html)"
    r"|ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html)|huggingface\.co/papers|hf\.co/papers)/"
    rf"({ARXIV_ID})(?:v[0-9]+)?(?:\.pdf)?(?:[?#].*)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
# What may not stand in a text: control characters, characters that turn the reading direction of
# what follows, halves of characters, and those that Unicode keeps for nobody.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ue000\ue001]"
)
_DASH = re.compile(r"\s*(?:-{1,3}|–|—)\s*(?=[0-9A-Za-z])")
# How a list of names says that it is not whole.
OTHERS = frozenset(["et al.", "et al", "others", "and others", "…", "..."])
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*|\n(?:\t| {2,})")

_CODE = re.compile(
    r"https?://(?:www\.)?(?:(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com)"
    r"/[^/?#]+/[^/?#]+|(?:anonymous\.4open\.science/r|code\.google\.com/p)/[^/?#]+)",
    re.IGNORECASE,
)
_HUB = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([^/?#]+)/[^/?#]+")
_HUB_KINDS = {"datasets": "dataset", "spaces": "demo"}
_HUB_PAGES = frozenset(["blog", "collections", "docs", "learn", "papers", "posts"])
# How many letters before an address may say what it is.
_BEFORE = 120
_ESCAPED = re.compile(r"\\([_%#&~])")
_PAGE = re.compile(r"https?://[^/]+\.(?:github|gitlab)\.io(?:[/?#]|$)", re.IGNORECASE)
_SAID_CODE = re.compile(r"\b(?:code|repository|implementation)s?\b[^.]*$", re.IGNORECASE)
_SAID_PAGE = re.compile(r"\b(?:project|home)[ -]?(?:web)?(?:page|site)\b[^.]*$", re.IGNORECASE)


def paper(*, title: str, abstract: str = "", date: dt.date, **facts: Any) -> Paper:  # noqa: ANN401  # Paper checks
    """Return a paper with the slug of its title and with the links that its abstract names.

    ``title`` and ``abstract`` are as the source has them, but for white space and unwanted
    characters; ``links`` among the ``facts`` come before those found. ``published`` may be a day;
    an "et al." at the end of ``authors`` is no name, but says that there are others.
    """
    title, abstract = line(title), paragraphs(abstract)
    published = facts.get("published") or ""
    facts["published"] = published.isoformat() if isinstance(published, dt.date) else published
    authors = facts.get("authors", ())
    if authors and authors[-1].lower() in OTHERS:
        facts["authors"], facts["others"] = authors[:-1], True
    facts["links"] = with_links(facts.get("links", {}), abstract)
    slug = urls.slugify(markup.to_text(tex.repair_title(title)))
    return Paper(slug=slug, title=title, date=date, abstract=abstract, **facts)


def clean(text: str) -> str:
    """Return ``text`` without the characters that no text should hold."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """Return ``text`` on one line."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text  # nearly all are; printable means no control characters and no other spaces
    return " ".join(clean(text).split())


def paragraphs(text: str) -> str:
    """Return ``text`` with one line a paragraph and an empty line between two.

    A paragraph begins after an empty line or, as in arXiv's abstracts, with an indented line.
    """
    parts = (" ".join(part.split()) for part in _PARAGRAPHS.split(clean(text)))
    return "\n\n".join(filter(None, parts))


def arxiv_id(text: str) -> str:
    """Return the arXiv id that ``text`` is or links to, without its version; else nothing."""
    found = _ARXIV.fullmatch(text.strip()) or _ARXIV_ADDRESS.fullmatch(text.strip())
    return found[1] if found else ""


def arxiv_id_in(text: str) -> str:
    """Return the first arXiv id that ``text`` says is one, wherever in it; else nothing."""
    found = _ARXIV_SAID.search(text)
    return found[1] if found else ""


def is_known(address: str, arxiv: str, doi: str) -> bool:
    """Say whether ``address`` leads to what the paper's ids lead to already."""
    return bool((arxiv and arxiv_id(address) == arxiv) or (doi and _doi(address) == doi))


def page_range(written: str) -> str:
    """Return the pages ``1--9`` or ``1-9`` with the dash that stands between numbers."""
    return _DASH.sub("–", line(written))


def is_address(text: str | None) -> bool:
    """Say whether ``text`` is a web address that a reader may follow."""
    return text is not None and autolink.is_whole(text.strip())


def doi(text: str) -> str:
    """Return the DOI that ``text`` is or links to, in its bare form; else nothing."""
    found = _DOI.fullmatch(text.strip())
    return found[1].rstrip(".,;") if found else ""


_doi = doi


def with_links(links: Mapping[str, str], text: str) -> dict[str, str]:
    """Return ``links`` and the addresses that stand in ``text``, each under its kind.

    Kinds are ``code``, ``project``, ``dataset``, ``demo``, ``model`` and ``link``; a second of one
    kind is ``code-2`` and so on.
    """
    named = dict(links)
    known = {address.rstrip("/") for address in named.values()}
    numbers: Counter[str] = Counter()
    text = _ESCAPED.sub(r"\1", text)  # as TeX writes them
    for start, found in autolink.find(text):
        address = autolink.with_scheme(found)
        if address.rstrip("/") in known:
            continue
        known.add(address.rstrip("/"))
        kind = kind_of_link(address, text[max(0, start - _BEFORE) : start])
        while (name := f"{kind}-{numbers[kind] + 1}" if numbers[kind] else kind) in named:
            numbers[kind] += 1
        named[name] = address
    return named


def kind_of_link(address: str, before: str) -> str:
    """Return what an address leads to: by its host, else by the words before it; else ``link``."""
    if _CODE.match(address):
        return "code"
    if _PAGE.match(address):
        return "project"
    hub = _HUB.match(address)
    if hub and hub[1] not in _HUB_PAGES:
        return _HUB_KINDS.get(hub[1], "model")
    if _SAID_PAGE.search(before[-_BEFORE:]):
        return "project"
    return "code" if _SAID_CODE.search(before[-60:]) else "link"
