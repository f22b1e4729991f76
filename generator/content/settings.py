"""content/site.yaml: everything a curator changes without touching code."""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from generator.content import front_matter
from generator.system import files
from generator.system.errors import SourceError

FILE = "site.yaml"
FORMAT = 2
"""The format of settings and entries that this program writes; content/upgrade.py has the steps."""
# What can be asked for papers; generator/fetch asks.
SOURCES = ("arxiv", "biorxiv", "huggingface", "medrxiv")
# What a list can show of a paper, and the links that a paper's page can show.
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
LINKS = ("arxiv", "pdf", "doi", "code", "project", "huggingface")
CARD = ("authors", "topics", "votes", "comments", "abstract", *LINKS)
# A value that begins with # and has no blank behind it.
_COMMENT = re.compile(r"^([a-z_]+):[ \t]+(#[^\s#].*?)[ \t]*$")
# The attributes of Giscus' script (github.com/giscus/giscus), without their `data-`.
GISCUS_NEEDS = ("repo", "repo-id", "category", "category-id")
GISCUS = (
    *GISCUS_NEEDS,
    *("mapping", "term", "strict", "reactions-enabled", "emit-metadata", "input-position"),
    *("theme", "lang", "loading"),
)


# What `email` can say: who sends, where one unsubscribes, where one subscribes.
EMAIL = ("from", "unsubscribe", "subscribe")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one site, each with the default that holds when site.yaml is silent."""

    title: str = "Gazette"
    tagline: str = ""
    url: str = ""
    feed_id: str = ""
    language: str = "en"
    timezone: str = "UTC"
    description: str = ""
    byline: str = ""
    accent: str = ""
    search: bool = True
    feed_items: int = 100
    page_size: int = 100
    papers_by_month: str = ""
    years: Mapping[int, str] = dataclasses.field(default_factory=dict)
    author_papers: int = 5
    authors: tuple[str, ...] = ()
    websub: str = ""
    api: bool = True
    lunr_papers: int = 5000
    markdown: str = "digests"
    offline: bool = True
    downloads: tuple[str, ...] = ()
    offline_mb: int = 100
    newsletter: str = ""
    email: Mapping[str, str] = dataclasses.field(default_factory=dict)
    repository: str = ""
    footer: str = ""
    logo: str = ""
    cards: bool = False
    vectors: str = ""
    nav: Mapping[str, str] = dataclasses.field(default_factory=dict)
    card: tuple[str, ...] = ("authors", "topics", "pdf", "code", "votes", "abstract")
    paper_links: tuple[str, ...] = LINKS
    giscus: Mapping[str, str] = dataclasses.field(default_factory=dict)
    analytics: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sources: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    format: int = FORMAT


def load(folder: Path) -> Settings:
    """Return the settings of the content folder ``folder``; no file means all defaults.

    Raises SourceError, with the line, for an unknown key, a value of the wrong type, and a value
    that CHECKS refuses.
    """
    path = folder / FILE
    if not os.path.lexists(path):
        return Settings()
    files.refuse_outside(path, folder)
    text = files.read_text(path)
    data = front_matter.load_yaml(str(path), text)
    known = [field.name for field in dataclasses.fields(Settings)]
    _refuse_comments(path, text)
    for key in data:
        if key not in known:
            line = front_matter.line_of(text, (key,), first_line=1)
            raise SourceError(path, line, f"`{key}` is no setting; {_advice(key, known)}")
    given = {key: value for key, value in data.items() if value is not None}
    settings = front_matter.convert(str(path), text, given, Settings, first_line=1)
    for key, check in CHECKS.items():
        if key in given and (problem := check(getattr(settings, key))):
            line = front_matter.line_of(text, (key,), first_line=1)
            raise SourceError(path, line, f"`{key}` {problem}")
    return settings


def _refuse_comments(path: Path, text: str) -> None:
    """Raise SourceError where a value begins with # and so is a comment, like `accent: #06c`."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _COMMENT.match(line):
            message = (
                f"`{found[1]}` has no value, as YAML takes a # for the beginning of a comment: "
                f'put it in quotes, {found[1]}: "{found[2]}"'
            )
            raise SourceError(path, number, message)


def format_problem(number: object) -> str:
    """Return what is wrong with ``number`` as the format of a content folder, or nothing."""
    if type(number) is not int or number < 1:
        return f"`format` is the number that `gazette upgrade` writes; found {number!r}"
    if number > FORMAT:
        return f"`format` {number} is of a newer Gazette, as this one knows {FORMAT}: install that"
    return ""


def _format(number: int) -> str:
    return format_problem(number).removeprefix("`format` ")


def _sources(given: Mapping[str, Any]) -> str:
    """Return what is wrong with ``given`` as the sources to ask, by name."""
    if problem := _among(SOURCES)(given):
        return problem
    for name, asked in given.items():
        if asked is not None and not isinstance(asked, dict):
            return f"needs `{name}: {{...}}`, or `{name}: {{}}` for all that is usual"
        categories = (asked or {}).get("categories", [])
        if not isinstance(categories, list):
            return f"of {name} needs `categories` as a list, like [{categories}]"
    return ""


def _advice(word: str, known: Iterable[str]) -> str:
    """Return what ``word`` should have been."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"


def url_problem(url: str) -> str:
    """Return what is wrong with ``url`` as the site's address, or nothing."""
    problem = _site_address(url)
    return f"`url` {problem}" if problem else ""


def _site_address(url: str) -> str:
    if not url or re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", url):
        return ""
    return f"has to be the site's address, like https://name.github.io/digest/; found {url!r}"


def _address(address: str) -> str:
    """Return what is wrong with ``address`` as the target of a link."""
    if not address or re.fullmatch(r"https?://[^\s/]+\S*|mailto:[^\s@]+@\S+", address):
        return ""
    return f"has to be a whole address, like https://example.org/; found {address!r}"


def _targets(links: Mapping[str, str]) -> str:
    """Return what is wrong with ``links``, to whole addresses or to pages of the site."""
    own = re.compile(r"[\w-][\w./-]*")
    others = (link for link in links.values() if not own.fullmatch(link))
    return next(filter(None, map(_address, others)), "")


def _title(title: str) -> str:
    return "" if title.strip() else "has to have a word"


def _zone(name: str) -> str:
    if name == "UTC" or name in available_timezones():
        return ""
    return f"has no zone {name!r}; {_advice(name, sorted(available_timezones()))[:120]}"


def _colour(colour: str) -> str:
    if not colour or COLOUR.fullmatch(colour):
        return ""
    return f"{colour!r} is no colour; write it as #a3271a"


def _count(number: int) -> str:
    return "" if number > 0 else f"has to be 1 or more; found {number}"


def _none_or_more(number: int) -> str:
    return "" if number >= 0 else f"has to be 0 or more; found {number}"


def _named(names: tuple[str, ...]) -> str:
    """Return what is wrong with ``names`` as those of people."""
    wrong = next((name for name in names if not any(map(str.isalnum, name))), None)
    return "" if wrong is None else f"has a name without a letter: {wrong!r}"


_PATH = r"(?:(?!\.\.?/)[\w.-]+(?:/(?!\.\.?/)[\w.-]+)*)?"


def _like(pattern: str, what: str) -> Callable[[str], str]:
    """Return a check that a value is ``what``, which looks like ``pattern``."""
    return lambda value: (
        "" if re.fullmatch(pattern, value) else f"has to be {what}; found {value!r}"
    )


def _among(known: tuple[str, ...]) -> Callable[[Iterable[str]], str]:
    """Return a check that every item is one of ``known``."""

    def check(items: Iterable[str]) -> str:
        wrong = next((item for item in items if item not in known), None)
        return "" if wrong is None else f"has no {wrong!r}; {_advice(wrong, known)}"

    return check


def _one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    """Return a check that a value is one of ``known``."""

    def check(word: str) -> str:
        return "" if word in known else f"has no {word!r}; {_advice(word, known)}"

    return check


def _email(given: Mapping[str, str]) -> str:
    """Return what is wrong with ``given`` as what the mail needs to know."""
    if unknown := next((name for name in given if name not in EMAIL), None):
        return f"has no {unknown!r}; {_advice(unknown, EMAIL)}"
    sender = given.get("from", "")
    if given and not re.fullmatch(r"[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+", sender):
        return f"needs `from`, like Digest <digest@example.org>; found {sender!r}"
    return _address(given.get("unsubscribe", "")) or _address(given.get("subscribe", ""))


def _giscus(given: Mapping[str, str]) -> str:
    missing = [name for name in GISCUS_NEEDS if given and name not in given]
    return f"needs {', '.join(missing)} as well" if missing else _among(GISCUS)(given)


def _analytics(given: Mapping[str, str]) -> str:
    """Return what is wrong with ``given`` as the attributes of a script tag."""
    if not given:
        return ""
    if not re.fullmatch(r"https://[^\s/]+/\S+", given.get("src", "")):
        return "needs `src`, the https address of the script"
    wrong = next((name for name in given if not re.fullmatch(r"src|data-[a-z0-9-]+", name)), None)
    return f"has no {wrong!r}; known are src and data-..." if wrong else ""


# What is wrong with a setting's value, if anything; a setting without an entry takes every value
# of its type. The languages there are, templates/strings/ knows.
CHECKS: Mapping[str, Callable[[Any], str]] = {
    "title": _title,
    "url": _site_address,
    "timezone": _zone,
    "accent": _colour,
    "feed_items": _count,
    "page_size": _count,
    "years": lambda given: next(
        filter(None, (_site_address(at or "?") for at in given.values())), ""
    ),
    "papers_by_month": _like(r"(?:\d{4}-(?:0[1-9]|1[0-2]))?", "a month, like 2026-01"),
    "author_papers": _none_or_more,
    "lunr_papers": _none_or_more,
    "offline_mb": _none_or_more,
    "downloads": _among(("zip", "epub")),
    "markdown": _one_of(("digests", "papers", "none")),
    "authors": _named,
    "websub": _site_address,
    "newsletter": _address,
    "email": _email,
    "repository": _address,
    "language": _like(r"[A-Za-z]{2,8}(-\w{1,8})*", "the code of a language, like en or pt-BR"),
    "logo": _like(_PATH, "the path of a file below static/, like icons/logo.svg"),
    "vectors": _like(_PATH, "the path of a table below content/, like vectors.bin"),
    "nav": _targets,
    "card": _among(CARD),
    "paper_links": _among(LINKS),
    "giscus": _giscus,
    "analytics": _analytics,
    "sources": _sources,
    "format": _format,
}
