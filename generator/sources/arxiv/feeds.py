"""arXiv: the export API's Atom, and the daily feeds in RSS and Atom, as digests.

Versions of a paper are one paper, the latest. Replacements are no news: they make no entry.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable

from generator.model import Digest, Paper
from generator.sources.arxiv.feed_entries import SOURCE, THROTTLED, Entry, read
from generator.sources.document import Document, Notice, Parsed
from generator.system.errors import SourceError, SourceErrors

TITLE = "arXiv"


def recognises(head: str) -> bool:
    """Say whether a document that begins like this is one of arXiv's feeds, or its refusal."""
    return head.startswith(THROTTLED) or (
        head.startswith("<") and re.search(r"<(?:feed|rss|rdf:RDF)[\s/>]", head) is not None
    )


def parse(document: Document) -> Parsed:
    """Return the feed's digests, none if the feed is empty.

    An entry that cannot be read is named among what is left out; SourceErrors where none can.
    """
    feed = read(document)
    left_out = list(feed.left_out)
    days: dict[dt.date, list[Entry]] = {}
    for entry in feed.entries:
        day = document.date or feed.day or (entry.paper.date if entry.submitted else None)
        if entry.is_replacement:
            continue
        if day is None:
            message = (
                f"{entry.paper.arxiv} has no date; say which day's it is with --date 2025-09-23"
            )
            left_out.append(Notice(entry.line, message))
            continue
        days.setdefault(day, []).append(entry)
    if left_out and not days:
        errors = [SourceError(document.name, each.line, each.message) for each in left_out]
        raise SourceErrors(errors) if len(errors) > 1 else errors[0]
    replaced = [entry.paper for entry in feed.entries if entry.is_replacement]
    notices: list[Notice] = []
    if replaced:
        notices.append(Notice(0, f"{len(replaced)} replacements of known papers left out"))
    if not feed.entries:
        notices.append(Notice(0, "the feed is empty: no papers"))
    return Parsed(
        tuple(digest(day, latest(entries)) for day, entries in sorted(days.items())),
        tuple(notices),
        tuple(left_out),
        tuple(paper for paper in replaced if paper.withdrawn),
    )


def latest(entries: Iterable[Entry]) -> list[Paper]:
    """Return the papers of ``entries`` in their order, of each the latest version."""
    found: dict[str, Entry] = {}
    for entry in entries:
        known = found.get(entry.paper.arxiv)
        if known is None or known.version < entry.version:
            found[entry.paper.arxiv] = entry
    return [entry.paper for entry in found.values()]


def digest(day: dt.date, papers: Iterable[Paper], title: str = TITLE) -> Digest:
    """Return the digest of a day that lists ``papers``."""
    dated = tuple(dataclasses.replace(paper, date=day) for paper in papers)
    return Digest(date=day, title=title, source=SOURCE, papers=dated)
