"""The files for programs: every digest and an index of them as JSON, and the schema of both."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import msgspec

from generator import urls
from generator.content.settings import Settings
from generator.content.topics import TopicRef
from generator.library.library import Day, Library
from generator.model import Page, Paper
from generator.plan import rows

VERSION = 1


class ApiTopic(msgspec.Struct, frozen=True):
    """A topic of the site; ``path`` is that of its page, below the site's address."""

    slug: str
    name: str
    path: str


class ApiPaper(msgspec.Struct, frozen=True, omit_defaults=True):
    """A paper; ``title`` and ``abstract`` are plain text.

    ``others`` says that there are more authors than are named, ``withdrawn`` that the paper was
    taken back; ``published`` is a date as exact as is known, like ``1997`` or ``1997-11-03``.
    ``markdown`` has title and abstract as they are written, with TeX between dollars, where that is
    something else. ``links`` are addresses by their kind (arxiv, pdf, doi, code and so on).
    """

    slug: str
    path: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    listed: tuple[dt.date, ...]
    topics: tuple[str, ...] = ()
    links: dict[str, str] = {}
    others: bool = False
    published: str = ""
    withdrawn: bool = False
    venue: str = ""
    arxiv: str = ""
    doi: str = ""
    labels: tuple[str, ...] = ()
    votes: int | None = None
    comments: int | None = None
    markdown: dict[str, str] = {}


class ApiDigest(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A digest with its papers, in its order; ``note`` is the curator's, in Markdown."""

    version: int
    date: dt.date
    path: str
    byline: str = ""
    note: str = ""
    papers: tuple[ApiPaper, ...]


class ApiDay(msgspec.Struct, frozen=True):
    """A digest in the index: ``json`` is the path of its file, ``path`` that of its page."""

    date: dt.date
    papers: int
    json: str
    path: str


class ApiIndex(msgspec.Struct, frozen=True, kw_only=True):
    """Where to begin: the site, its digests newest first, its topics, the paths of other files.

    All paths are below ``home``, the site's address, which is empty where nobody has set it.
    """

    version: int
    title: str
    home: str
    language: str
    timezone: str
    papers: int
    digests: tuple[ApiDay, ...]
    topics: tuple[ApiTopic, ...]
    files: dict[str, str]


def once(library: Library, settings: Settings) -> Iterator[Page]:
    """Yield the index of all digests, and the schema."""
    if not settings.api:
        return
    files = {"feed": urls.FEEDS["json"], "feeds": urls.OPML, "schema": urls.API_SCHEMA}
    if 0 < len(library.facts) <= settings.lunr_papers:
        files["lunr"] = urls.API_LUNR
    index = ApiIndex(
        version=VERSION,
        title=settings.title,
        home=settings.url,
        language=settings.language,
        timezone=settings.timezone,
        papers=len(library.facts),
        digests=tuple(
            ApiDay(day.date, len(day.papers), urls.api_digest(day.date), urls.digest(day.date))
            for day in reversed(library.digests)
        ),
        topics=tuple(
            ApiTopic(ref.slug, ref.name, urls.topic(ref.slug)) for ref in library.refs.values()
        ),
        files=files,
    )
    yield _file(urls.API_INDEX, index)
    yield _file(urls.API_SCHEMA, schema())


def schema() -> dict[str, Any]:
    """Return the JSON Schema of both kinds of files: one that fits is an index or a digest."""
    (index, digest), definitions = msgspec.json.schema_components(
        (ApiIndex, ApiDigest), ref_template="#/$defs/{name}"
    )
    for definition in definitions.values():  # Python 3.13 takes the indent away, and 3.12 does not
        definition["description"] = inspect.cleandoc(definition["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Gazette's files for programs",
        "anyOf": [index, digest],
        "$defs": definitions,
    }


def digest(library: Library, day: Day, settings: Settings) -> Iterator[Page]:
    """Yield the file of one digest."""
    if not settings.api:
        return
    path, listed = urls.api_digest(day.date), [library.listed[slug] for slug in day.papers]
    made_of = day, library.marks(day.papers), listed
    yield Page(path, "api-digest.json", made_of, partial(_fill, library, day))


def _fill(library: Library, day: Day) -> dict[str, Any]:
    papers = [
        (library.papers[slug], library.page(slug), library.listed[slug]) for slug in day.papers
    ]
    return {"day": day, "papers": papers, "refs": [library.topic_refs(slug) for slug in day.papers]}


def written(
    text: Callable[[str], str],
    day: Day,
    papers: Iterable[tuple[Paper, str, tuple[dt.date, ...]]],
    refs: Iterable[Iterable[TopicRef]],
) -> ApiDigest:
    """Return ``day`` as its file has it, with each paper's page, days and topics.

    ``text`` makes text.
    """
    return ApiDigest(
        version=VERSION,
        date=day.date,
        path=urls.digest(day.date),
        byline=day.byline,
        note=day.note,
        papers=tuple(
            _paper(paper, page, listed, tuple([topic.name for topic in topics]), text)
            for (paper, page, listed), topics in zip(papers, refs, strict=True)
        ),
    )


def _paper(
    paper: Paper,
    page: str,
    listed: tuple[dt.date, ...],
    topics: tuple[str, ...],
    text: Callable[[str], str],
) -> ApiPaper:
    title, abstract = text(paper.title), text(paper.abstract)
    written = {"title": (paper.title, title), "abstract": (paper.abstract, abstract)}
    return ApiPaper(
        slug=paper.slug,
        path=page,
        title=title,
        authors=paper.authors,
        abstract=abstract,
        listed=listed,
        topics=topics,
        links=dict(rows.links_of(paper)),
        others=paper.others,
        published=paper.published,
        withdrawn=paper.withdrawn,
        venue=paper.venue,
        arxiv=paper.arxiv,
        doi=paper.doi,
        labels=paper.topics,
        votes=paper.votes,
        comments=paper.comments,
        markdown={name: source for name, (source, plain) in written.items() if source != plain},
    )


def _file(path: str, data: object) -> Page:
    return Page(path, "api.json", msgspec.to_builtins(data), partial(dict, data=data))
