"""The three things Gazette knows: a Paper, a Digest of papers, a Page (or a Bundle) of the site.

All are frozen and complete from the start: nothing is half filled by one stage and finished
by another. This module does no I/O and imports nothing of the program.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper, once, whatever number of digests list it.

    ``title`` and ``abstract`` are Markdown with TeX maths between dollars. ``date`` is that of
    the first digest that lists the paper; ``published`` says when the work came out as exactly as
    is known: ``1997``, ``1997-11`` or ``1997-11-03``. ``others`` says that the source names only
    the first of the authors. ``type`` is a type of CSL. ``journal`` is a reference in one piece,
    as arXiv has it; ``venue``, ``volume``, ``number``, ``pages`` and ``publisher`` are its parts,
    where the source has those. ``votes``, ``comments`` and ``stars`` are as of the source's date.
    A ``draft`` is not published. ``folder`` is the month that its entry lies under, ``2025-09``, or
    empty; it says nothing of the paper, but may be part of its page's address. ``aliases`` are
    slugs that the paper had before; by the first of them feeds know it. A ``withdrawn`` paper has
    been taken back. ``extra`` holds front-matter keys that are not ours; they survive a rewrite.
    """

    slug: str
    title: str
    date: dt.date
    abstract: str = ""
    authors: tuple[str, ...] = ()
    others: bool = False
    arxiv: str = ""
    doi: str = ""
    published: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    votes: int | None = None
    comments: int | None = None
    stars: int | None = None
    summary: str = ""
    organization: str = ""
    submitter: str = ""
    type: str = ""
    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    publisher: str = ""
    journal: str = ""
    remark: str = ""
    withdrawn: bool = False
    draft: bool = False
    aliases: tuple[str, ...] = ()
    source: str = ""
    original: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    folder: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The papers that one source listed on one day, in its order; ``note`` is the curator's."""

    date: dt.date
    title: str
    papers: tuple[Paper, ...]
    byline: str = ""
    source: str = ""
    note: str = ""
    draft: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)


class Page(NamedTuple):
    """One file of the site: its path below the site's root, the template, what fills it.

    ``made_of`` is plain data (strings, bytes, numbers, dates, tuples, mappings, dataclasses) that
    settles what ``fill`` returns: while it stays the same, so does the page, and nobody has to
    fill it. ``late`` returns more of that, which takes long to be known and is asked for last.
    """

    path: str
    template: str
    made_of: object
    fill: Callable[[], Mapping[str, Any]]
    late: Callable[[], object] | None = None

    @classmethod
    def of(cls, path: str, template: str, context: Mapping[str, Any]) -> Page:
        """Return the page of a context that is at hand."""
        return cls(path, template, context, partial(dict, context))

    @property
    def context(self) -> Mapping[str, Any]:
        """What the template is given."""
        return self.fill()


def _nothing() -> None:
    """Return what is known late where all is known early."""


class Bundle(NamedTuple):
    """Pages that are made of the same things: where these are what they were, so are the pages.

    ``made_of`` and what ``late`` returns are plain data, as those of a page, and settle every page
    that ``pages`` yields; ``made_of`` alone settles their paths. ``name`` is its own.
    """

    name: str
    made_of: object
    pages: Callable[[], Iterable[Page]]
    late: Callable[[], object] = _nothing
