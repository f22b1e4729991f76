"""A list of arXiv ids, DOIs or their addresses, one a line: papers of which nothing else is known.

What they are called, who wrote them and the rest has to be asked for, where there is a network;
until then an entry bears its id as its title.
"""

from __future__ import annotations

import datetime as dt
import re

from generator.content.merging import bare_title
from generator.model import Paper
from generator.sources import facts
from generator.sources.collecting import Collection
from generator.sources.document import Document, Notice, Parsed, text_of

SOURCE = "list"
TITLE = "Reading list"
# What stands around an address in a list: a bullet, a number, brackets, a mark at the end.
_MARK = re.compile(r"^(?:[-*+•–]|\d{1,4}[.)](?=\s)|\[[ xX]?\])\s*")
_CATEGORY = re.compile(r" \[[a-z-]+(?:\.[A-Za-z-]+)?\]$")
_LINK = re.compile(r"\[[^\s\]]*\]\((https?://[^\s()]+)\)")
_AROUND = "<>()[]\"'`,;"
_STRANGE = 3  # ids there are for each line of words, at least: under a title stands one
_LEAST = 0.5  # of the lines, so that a page with a few addresses is no list


def recognises(head: str) -> bool:
    """Say whether a document that begins like this has an id, and nothing else, on its lines.

    A heading, or a word to whoever gets the list, may stand among them.
    """
    lines = [line for line in _lines(head) if line]
    if len(head) >= 4000 and len(lines) > 1:  # noqa: PLR2004  # the last line may be cut off
        lines.pop()
    known = [line for line in lines if _paper_of(line) is not None]
    strange = [line for line in lines if " " in line and _paper_of(line) is None]
    few = len(strange) * _STRANGE <= len(known)
    return bool(known) and few and len(known) >= _LEAST * len(lines)


def parse(document: Document) -> Parsed:
    """Return the list as one digest; lines that are no paper's id are named."""
    reading = Collection(document, title=TITLE, source=SOURCE)
    day = reading.day_given("a list of ids")
    for number, line in enumerate(_lines(text_of(document)), start=1):
        if not line:
            continue
        found = _paper_of(line)
        if found is None:
            reading.leave_out(number, f"is neither an arXiv id nor a DOI: {line[:80]!r}")
            continue
        arxiv, doi = found
        reading.add(number, _bare(arxiv, doi, day))
    parsed = reading.parsed()
    count = sum(len(digest.papers) for digest in parsed.digests)
    if count:
        said = f"{count} papers are known by their ids alone: no title, no authors, no abstract"
        parsed = parsed._replace(notices=(Notice(0, said), *parsed.notices))
    return parsed


def _lines(text: str) -> list[str]:
    """Return the lines of a list without what stands around an id; comments are empty lines."""
    return [_plain(line) for line in text.splitlines()]


def _plain(line: str) -> str:
    line = line.strip()
    if line.startswith("#"):
        return ""
    line = _CATEGORY.sub("", _MARK.sub("", line, count=1).strip())
    if link := _LINK.fullmatch(line):
        line = link[1]
    return line.strip(_AROUND).rstrip(".")


def _paper_of(line: str) -> tuple[str, str] | None:
    """Return the arXiv id and the DOI that a line is; None where it is neither."""
    arxiv, doi = facts.arxiv_id(line), facts.doi(line)
    return (arxiv, "" if arxiv else doi) if arxiv or doi else None


def _bare(arxiv: str, doi: str, day: dt.date) -> Paper:
    return facts.paper(title=bare_title(arxiv, doi), date=day, arxiv=arxiv, doi=doi, source=SOURCE)
