"""A digest or a month as an EPUB: a chapter a day, for readers without a network or a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from generator import urls
from generator.library.library import Day, Library
from generator.model import Page
from generator.pipeline import archive
from generator.plan import rows
from generator.system.errors import GazetteError
from generator.theme.render import Renderer

CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
KIND = b"application/epub+zip"


def write(target: Path | IO[bytes], library: Library, renderer: Renderer, period: str) -> None:
    """Write the book of ``period``, a day or a month (2025-09-23, 2025-09), as ``target``.

    Raises GazetteError where it has no paper.
    """
    days = [day for day in library.digests if day.date.isoformat().startswith(period)]
    if not any(day.papers for day in days):
        raise GazetteError(f"{period}: has no papers, so there is no book of it")
    files = {
        "mimetype": KIND,
        "META-INF/container.xml": CONTAINER,
        **dict(_book(library, renderer, period, days)),
    }
    archive.write(
        target, ((name, bytes(data).__bytes__) for name, data in files.items()), "mimetype"
    )


def _book(
    library: Library, renderer: Renderer, period: str, days: list[Day]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the book: its package, contents, style and a chapter a day."""
    chapters: dict[str, tuple[Day, bytes]] = {}
    for day in days:
        items = rows.items(library, rows.of_day(day), rows.whole)
        context: Mapping[str, Any] = {"date": day.date, "note": day.note, "papers": items}
        name = f"{day.date.isoformat()}.xhtml"
        chapters[name] = day, _rendered(renderer, name, "epub-day.xml", context)
    head = {
        "of": urls.digest(days[0].date) if len(period) == len("2025-09-23") else f"books/{period}",
        "first": days[0].date,
        "last": days[-1].date,
        "whole_month": len(period) == len("2025-09"),
        "chapters": [
            {"name": name, "date": day.date, "papers": len(day.papers), "maths": b"<math" in text}
            for name, (day, text) in chapters.items()
        ],
    }
    yield "book/package.opf", _rendered(renderer, "package.opf", "epub-package.xml", head)
    yield "book/contents.xhtml", _rendered(renderer, "contents.xhtml", "epub-contents.xml", head)
    yield "book/book.css", _rendered(renderer, "book.css", "epub.css", {})
    for name, (_, text) in chapters.items():
        yield f"book/{name}", text


def _rendered(renderer: Renderer, path: str, template: str, context: Mapping[str, Any]) -> bytes:
    return renderer.render(Page.of(path, template, context))
