"""The page of one paper, copied: an abstract page of arXiv, a paper's page of Hugging Face."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.model import Digest
from generator.sources import days, facts
from generator.sources.document import Document, Notice, Parsed
from generator.sources.page import furniture, lines
from generator.sources.page.furniture import Kind
from generator.sources.page.lines import Line
from generator.sources.page.listing import said_date
from generator.sources.page.rows import Row
from generator.system.errors import SourceError

_ID = re.compile(rf"(?:.*[>\s])?arXiv:({facts.ARXIV_ID})(?:v[0-9]+)?(?:\s*[\[(].*)?", re.IGNORECASE)
_SUBMITTED = re.compile(r"\[?\(?submitted on ([0-9]{1,2} [a-z]{3,9} [0-9]{4}).*", re.IGNORECASE)
_FIELD = re.compile(
    r"(Title|Authors?|Abstract|Comments|Subjects|Cite as|Journal reference|DOI|Related DOI"
    r"|Report number|MSC classes|ACM classes)\s*:\s*(.*)",
    re.IGNORECASE,
)
_CODE = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+)\s*")
_BUTTONS = re.compile(
    r"(?:view )?(?:a )?(?:pdf|html(?: \(experimental\))?|tex source|other formats)"
    r"(?: of the paper.*)?|view license|(?:view )?pdf(?:\s*html.*)?",
    re.IGNORECASE,
)
_HEADS = 60
_NAME = 6  # words of an organisation


def is_arxiv(rows: Sequence[Row]) -> bool:
    """Say whether rows are an abstract page of arXiv: when it was sent in, and how to cite it."""
    texts = [row.line for row in rows if len(row.text) < furniture.LONGEST]
    sent = sum(_SUBMITTED.fullmatch(text) is not None for text in texts)
    return sent == 1 and any(text.startswith(("Cite as:", "Subjects:")) for text in texts)


def read_arxiv(document: Document, rows: Sequence[Row], said: Mapping[str, str]) -> Parsed:
    """Return the digest of an abstract page: one paper."""
    texts = [(row.number, row.line) for row in rows]
    at = next(at for at, (_, text) in enumerate(texts) if _SUBMITTED.fullmatch(text))
    fields, plain = _fields(texts[at + 1 :])
    arxiv = _arxiv(fields.get("cite a", fields.get("cite as", "")), texts, said)
    if not fields.get("title") or not arxiv:
        raise SourceError(document.name, texts[at][0], "this abstract page has no title or no id")
    sent = _SUBMITTED.fullmatch(texts[at][1])
    written = days.read(sent[1]) if sent else None
    published = written.on(written.year) if written else None
    subjects = _CODE.findall(fields.get("subject", ""))
    more: dict[str, Any] = {
        "authors": _names(fields.get("author", "")),
        "doi": facts.doi(fields.get("related doi", fields.get("doi", "")).partition(" ")[0]),
        "topics": tuple(dict.fromkeys(subjects)),
        "journal": facts.line(fields.get("journal reference", "")),
        "remark": facts.line(fields.get("comment", "")),
        "published": published,
        "source": "arxiv",
    }
    left_out = [Notice(number, f"not understood: {text[:200]!r}") for number, text in plain]
    return _one(document, said, fields, arxiv, more, left_out, published)


def _fields(texts: Sequence[tuple[int, str]]) -> tuple[dict[str, str], list[tuple[int, str]]]:
    """Return what an abstract page says under names, and the rows that are left.

    The title and the authors may be without names, and so may the abstract below them.
    """
    fields: dict[str, str] = {}
    plain: list[tuple[int, str]] = []
    name = ""
    for number, text in texts:
        if text.lower().startswith("submission history"):
            break
        if found := _FIELD.fullmatch(text):
            name = found[1].lower().rstrip("s")
            fields.setdefault(name, found[2])
        elif name in {"title", "author", "abstract", "comment", "subject"} and not fields[name]:
            fields[name] = text
        elif name == "abstract" and not _BUTTONS.fullmatch(text):
            fields[name] += f"\n\n{text}"
        elif name in {"", "title", "author"} and not _BUTTONS.fullmatch(text):
            plain.append((number, text))
    for name in ("title", "author"):
        if name not in fields and plain:
            fields[name] = plain.pop(0)[1]
    if "abstract" not in fields:
        fields["abstract"] = "\n\n".join(text for _, text in plain)
        plain = []
    return fields, plain


def _arxiv(cited: str, texts: Sequence[tuple[int, str]], said: Mapping[str, str]) -> str:
    """Return the id of the paper, from where it is cited, else from above, else an address."""
    candidates = [cited, *(text for _, text in texts)]
    found = next(
        (match for text in candidates if (match := _ID.fullmatch(text[: furniture.LONGEST]))), None
    )
    known = (facts.arxiv_id(said.get(field, "")) for field in ("url", "source", "url source"))
    return found[1] if found else next(filter(None, known), "")


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(facts.line, _AND.split(text)))))


def _one(  # noqa: PLR0913, PLR0917  # what a paper's page says
    document: Document,
    said: Mapping[str, str],
    fields: dict[str, str],
    arxiv: str,
    more: dict[str, Any],
    left_out: list[Notice],
    published: dt.date | None,
) -> Parsed:
    """Return the digest of one paper, under the day given, else the day of the paper itself."""
    day = document.date or said_date(document, said) or published
    if day is None:
        message = "the page has no date; say which day's it is with --date 2025-09-23"
        raise SourceError(document.name, 0, message)
    paper = facts.paper(
        title=fields["title"],
        abstract=fields.get("abstract", ""),
        date=day,
        arxiv=arxiv,
        **{key: value for key, value in more.items() if value is not None},
    )
    digest = Digest(date=day, title="Papers", source=str(more["source"]), papers=(paper,))
    return Parsed((digest,), (), tuple(left_out))


def is_huggingface(rows: Sequence[Row]) -> bool:
    """Say whether rows are the page of one paper: ``Authors:`` and ``Abstract`` on their own."""
    texts = {row.text.strip().rstrip(":").lower() for row in rows if len(row.text) < _HEADS}
    texts |= {"authors" for row in rows if row.text.lower().startswith("authors:")}
    return (
        "abstract" in texts
        and bool({"authors", "author"} & texts)
        and bool(
            {"view arxiv page", "view pdf", "upvote", "add to collection", "community"} & texts
        )
    )


def read_huggingface(document: Document, rows: Sequence[Row], said: Mapping[str, str]) -> Parsed:
    """Return the digest of a paper's page."""
    found = lines.read(rows)
    names = [line.raw.strip("#*-: ").lower() for line in found]
    known = (
        at
        for at, name in enumerate(names)
        if name in {"authors", "author"} or found[at].kind is Kind.AUTHORS
    )
    # A page that names its authors in its menu alone has none: then the head ends at the abstract.
    authors = next(known, names.index("abstract") if "abstract" in names else len(names))
    abstract = next((at for at in range(authors, len(found)) if names[at] == "abstract"), authors)
    end = next((at for at in range(abstract, len(found)) if names[at] in _AFTER), len(found))
    head, body, foot = found[:authors], found[abstract + 1 : end], found[end:]
    title = _title(head)
    more: dict[str, Any] = {"source": "huggingface", "links": {}}
    left_out: list[Notice] = []
    for part in (head, foot[: _until(foot)]):
        for line in part:
            if line is not title:
                left_out += _fact(line, more, is_head=part is head)
    listed = [line.raw for line in found[authors + 1 : abstract]]
    if authors < len(found) and found[authors].kind is Kind.AUTHORS:
        listed.insert(0, found[authors].value)
    more["authors"] = _names(",".join(re.sub(r"\s*\([^()]*\)$", "", name) for name in listed))
    fields = {"title": title.value if title else ""}
    texts = [line for line in body if line.kind is Kind.TEXT and len(line.value) > _HEADS]
    fields["abstract"] = "\n\n".join(line.value for line in _without_summary(body, texts, more))
    arxiv = next((line.paper for line in found if line.paper), "") or _arxiv("", [], said)
    if not title or not arxiv:
        where = found[authors].number
        raise SourceError(document.name, where, "this paper's page has no title or no id")
    taken = set(texts)
    for line in body:
        if line.kind is Kind.TEXT and line not in taken:
            left_out.append(Notice(line.number, f"not understood: {line.raw[:200]!r}"))
    published = more.get("published")
    return _one(document, said, fields, facts.arxiv_id(arxiv), more, left_out, published)


_AFTER = frozenset(
    ["view arxiv page", "view pdf", "project page", "github", "add to collection", "community"]
)
_FOOT = frozenset(["add to collection", "community", "models citing this paper"])


def _until(foot: Sequence[Line]) -> int:
    """Return how many lines below the abstract are the paper's own."""
    return next(
        (at for at, line in enumerate(foot) if line.raw.lower().startswith(tuple(_FOOT))), len(foot)
    )


def _title(head: Sequence[Line]) -> Line | None:
    """Return the title: the heading, else the first text below the paper's id, else the longest."""
    texts = [at for at, line in enumerate(head) if line.kind is Kind.TEXT and line.value]
    heading = next((head[at] for at in texts if head[at].level), None)
    first = next((at for at, line in enumerate(head) if line.kind is Kind.LABEL and line.paper), 0)
    below = next((head[at] for at in texts if at >= first), None)
    longest = max(texts, key=lambda at: len(head[at].value), default=None)
    return heading or below or (None if longest is None else head[longest])


def _without_summary(body: Sequence[Line], texts: list[Line], more: dict[str, Any]) -> list[Line]:
    """Return the abstract's paragraphs; what a program wrote of it is the summary."""
    at = next(
        (at for at, line in enumerate(body) if "ai-generated summary" in line.raw.lower()), None
    )
    below = frozenset(body[at:] if at is not None else ())
    after = [line for line in texts if line in below]
    if len(after) > 1:
        more["summary"] = after[0].value
        return [line for line in texts if line is not after[0]]
    return texts


def _is_name(line: Line) -> bool:
    return len(line.value.split()) <= _NAME and not line.level


def _fact(line: Line, more: dict[str, Any], *, is_head: bool) -> list[Notice]:
    """Note what a line of the page says of the paper; return it if that is nothing known."""
    if line.kind in {Kind.VOTES, Kind.STARS, Kind.COMMENTS}:
        more.setdefault(line.kind.name.lower(), furniture.count(line.value))
    elif line.kind in {Kind.ORGANIZATION, Kind.SUBMITTER} and line.value:
        more.setdefault(line.kind.name.lower(), line.value)
    elif line.kind in {Kind.PUBLISHED, Kind.DATE}:
        written = days.read(line.value)
        if written and written.year:
            more.setdefault("published", written.on(written.year))
    elif line.kind is Kind.TEXT and is_head and _is_name(line) and "submitter" in more:
        more.setdefault("organization", line.value)  # it stands below who sent the paper in
    elif line.kind is Kind.TEXT and is_head:
        return [Notice(line.number, f"not understood: {line.raw[:200]!r}")]
    if line.kind in {Kind.STARS, Kind.LINK} and facts.is_address(line.address):
        kind = facts.kind_of_link(line.address, line.raw.partition("http")[0])
        if kind != "link":
            more["links"].setdefault(kind, line.address)
    return []
