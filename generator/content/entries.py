"""One entry's text <-> one Paper or Digest: which keys there are, of what type, in what order.

``paper_to_text`` and ``paper_from_text`` are inverse to each other, and so are the digest's two.
Pure; errors are SourceErrors with the file, the line and what would be right.

The last key of an entry is a checksum of what the program wrote. Where it still fits, nobody has
edited the entry since; where it does not, or is missing, a person has, and the text is theirs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from generator import urls
from generator.content import front_matter
from generator.model import Digest, Paper
from generator.system.errors import SourceError
from generator.text import autolink, partial_dates

CHECKSUM = "checksum"
# What a file says by its name or its body, or is not ours, is no key of the front matter.
PAPER_KEYS = tuple(
    field.name
    for field in dataclasses.fields(Paper)
    if field.name not in {"slug", "abstract", "extra", "folder"}
)
_OUR_KEYS = frozenset([*PAPER_KEYS, CHECKSUM])
_CHECKSUM_LINE = f"\n{CHECKSUM}: "
_MONTH = re.compile(r"papers[\\/](\d{4}-\d\d)[\\/][^\\/]+$")
COUNTS = ("votes", "comments", "stars")
# What every program that reads our JSON takes for a whole number.
LARGEST_COUNT = 2**53


class Listing(NamedTuple):
    """A digest as its file has it: the papers by their slugs, not yet looked up.

    ``edited`` says whether a person has changed the list since the program wrote it.
    """

    digest: Digest
    slugs: tuple[str, ...]
    edited: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _DigestMatter:
    """The front matter of a digest's file."""

    date: dt.date
    title: str
    byline: str = ""
    source: str = ""
    draft: bool = False
    papers: tuple[str, ...] = ()
    checksum: str = ""


_DIGEST_KEYS = tuple(field.name for field in dataclasses.fields(_DigestMatter))


def paper_from_text(path: str, slug: str, text: str) -> Paper:
    """Return the paper that the entry ``text`` describes.

    Raises SourceError for broken YAML, a missing key, a value of the wrong type, an unsafe link, a
    count or a date that cannot be.
    """
    data, body = front_matter.load(path, text)
    _require(path, data, "title", "date")
    values = {"slug": slug, "abstract": body, "extra": _others(data, _OUR_KEYS)}
    values["folder"] = _folder(path)
    values |= _given(data, PAPER_KEYS)
    if "published" in values:
        values["published"] = _published(path, text, values["published"])
    paper = front_matter.convert(path, text, values, Paper)
    _check(path, text, paper)
    return paper


def _folder(path: str) -> str:
    """Return the month that the entry at ``path`` lies under, or nothing."""
    found = _MONTH.search(path)
    return found[1] if found else ""


def _check(path: str, text: str, paper: Paper) -> None:
    """Raise SourceError where a value of ``paper`` cannot be, with its line in ``text``."""
    for number, alias in enumerate(paper.aliases):
        if not urls.alias(alias):
            line = front_matter.line_of(text, ("aliases", number))
            message = f"`aliases` are slugs or paths of pages, like old-name; found {alias!r}"
            raise SourceError(path, line, message)
    for name, url in paper.links.items():
        if not autolink.is_whole(url):
            line = front_matter.line_of(text, ("links", name))
            message = f"`links: {name}` has to be an http or https address; found {url!r}"
            raise SourceError(path, line, message)
    for key in COUNTS:
        count = getattr(paper, key)
        if count is not None and not 0 <= count <= LARGEST_COUNT:
            line = front_matter.line_of(text, (key,))
            raise SourceError(path, line, f"`{key}` has to be from 0 to 2^53; found {count}")


def _published(path: str, text: str, value: object) -> str:
    """Return the date that YAML made a date, a number or a text of; SourceError if it is none."""
    if type(value) is dt.date:
        return value.isoformat()
    written = f"{value:04}" if type(value) is int else str(value)
    if isinstance(value, dt.datetime):
        written = value.date().isoformat()
    try:
        partial_dates.parts(written)
    except ValueError:
        line = front_matter.line_of(text, ("published",))
        message = f"`published` has to be a date like 1997, 1997-11 or 1997-11-03; found {value!r}"
        raise SourceError(path, line, message) from None
    return written


def paper_to_text(paper: Paper) -> str:
    """Return the entry of ``paper``; keys without a value are left out."""
    return _to_text(paper)[0]


def readable(path: str, paper: Paper) -> tuple[str, Paper]:
    """Return the entry of ``paper``, and the paper as that entry will be read.

    Raises SourceError where it could not be.
    """
    try:
        text, is_plain = _to_text(paper)
    except UnicodeEncodeError:
        message = "half a character stands in it, which no file holds"
        raise SourceError(path, 0, message) from None
    if paper.folder != _folder(path):
        paper = dataclasses.replace(paper, folder=_folder(path))
    if is_plain and not paper.extra and paper.title:
        _check(path, text, paper)
        return text, paper
    read = paper_from_text(path, paper.slug, text)
    # Where they are equal, as nearly always, one of them is enough to remember.
    return text, paper if read == paper else read


def _to_text(paper: Paper) -> tuple[str, bool]:
    """Return the entry of ``paper``, and whether it is certain that it is read as it was."""
    values = {key: getattr(paper, key) for key in PAPER_KEYS}
    matter = {**_plain(values), **paper.extra}
    text, is_plain = front_matter.dump_and_tell(matter, paper.abstract)
    head, fence, rest = text.partition("\n---\n")
    return f"{head}{_CHECKSUM_LINE}{_hash(text)}{fence}{rest}", is_plain


def digest_from_text(path: str, text: str) -> Listing:
    """Return the digest that ``text`` describes; raises SourceError as paper_from_text does."""
    data, body = front_matter.load(path, text)
    _require(path, data, "title", "date")
    values = _given(data, _DIGEST_KEYS)
    matter = front_matter.convert(path, text, values, _DigestMatter)
    digest = Digest(
        date=matter.date,
        title=matter.title,
        byline=matter.byline,
        source=matter.source,
        papers=(),
        note=body,
        draft=matter.draft,
        extra=_others(data, _DIGEST_KEYS),
    )
    return Listing(digest, matter.papers, matter.checksum != _hash("\n".join(matter.papers)))


def digest_to_text(digest: Digest, slugs: Iterable[str]) -> str:
    """Return the file of ``digest`` that lists ``slugs``; the checksum is of the list alone.

    A curator's note or a better title is no reason to keep later papers out of the list.
    """
    listed = list(slugs)
    values = {
        "date": digest.date,
        "title": digest.title,
        "byline": digest.byline,
        "source": digest.source,
        "draft": digest.draft,
        "papers": listed,
    }
    checksum = _hash("\n".join(listed))
    matter = {**_plain(values), **digest.extra, CHECKSUM: checksum}
    return front_matter.dump(matter, digest.note)


def is_edited(text: str) -> bool:
    """Say whether a person has changed a paper's entry since the program wrote it."""
    start = text.find(_CHECKSUM_LINE)
    end = text.find("\n", start + 1)
    checksum = text[start + len(_CHECKSUM_LINE) : end]
    return start < 0 or checksum != _hash(text[:start] + text[end:])


def relisted(text: str, slugs: Iterable[str], *, sign: bool = True) -> str:
    """Return the digest's file ``text`` with ``slugs`` for its papers; all else stays.

    Where the list was the program's own it still is after that, unless not to ``sign`` it.
    """
    listed = list(slugs)
    before = digest_from_text("", text)
    values: dict[str, Any] = {"papers": listed}
    if sign and not before.edited:
        values[CHECKSUM] = _hash("\n".join(listed))
    return front_matter.insert(text, values)


def signed(text: str) -> str:
    """Return the entry ``text`` with the checksum of what it says now: as the program wrote it."""
    start = text.find(_CHECKSUM_LINE)
    end = text.find("\n", start + 1)
    if start < 0:
        return text
    bare = text[:start] + text[end:]
    return f"{text[:start]}{_CHECKSUM_LINE}{_hash(bare)}{text[end:]}"


def _hash(text: str) -> str:
    """Return a checksum long enough to tell an edit and short enough to be no eyesore."""
    return f"sha256-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _require(path: str, data: Mapping[str, Any], *keys: str) -> None:
    for key in keys:
        if data.get(key) in (None, ""):
            raise SourceError(path, 1, f"`{key}` is missing: add a line `{key}: ...`")


def _given(data: Mapping[str, Any], known: Iterable[str]) -> dict[str, Any]:
    return {key: data[key] for key in known if data.get(key) is not None}


def _others(data: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in known}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what YAML writes of our keys: no key whose value says nothing."""
    return {key: as_yaml(key, value) for key, value in values.items() if _says_something(value)}


def as_yaml(key: str, value: object) -> object:
    """Return the ``value`` of one of our keys as YAML has it: lists for tuples, dates unquoted."""
    if isinstance(value, tuple):
        return list(value)
    if key == "published" and isinstance(value, str):
        numbers = partial_dates.parts(value)
        whole = len(numbers) == 3  # noqa: PLR2004  # year, month and day
        return dt.date(*numbers) if whole else numbers[0] if len(numbers) == 1 else value
    return value


def _says_something(value: object) -> bool:
    return value is not False and value not in (None, "", (), {}, [])
