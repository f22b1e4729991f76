"""A search page and its index in a folder, and nothing else of the site."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from generator import search, urls
from generator.content.settings import Settings
from generator.model import Page
from generator.pipeline.build import ROOT
from generator.search import Document
from generator.theme import assets
from generator.theme.render import Renderer


def write(
    documents: Iterable[Document],
    folder: Path,
    size: int = search.BLOCK,
    era: int = search.ERA,
) -> None:
    """Write the search page over ``documents`` into ``folder``.

    ``size`` of them are in a block, ``era`` in an era.
    """
    sources = {name: (ROOT / "static/js" / name).read_text("utf-8") for name in assets.SOURCES}
    for path, data in (*search.build(documents, size, era), *assets.client(sources)):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    shutil.copytree(ROOT / "static", folder, dirs_exist_ok=True)
    for name in assets.SOURCES:
        (folder / "js" / name).unlink()
    script = assets.head(sources, [(folder / path).read_bytes() for path in search.LISTS])
    page = Page.of(urls.SEARCH, "search.html", {"newest": None, "script": script})
    html = Renderer(ROOT / "templates", Settings()).render(page)
    (folder / urls.SEARCH).write_bytes(html)


def in_order(
    documents: Iterable[Document], size: int = search.BLOCK, era: int = search.ERA
) -> list[Document]:
    """Return ``documents`` in the order in which the client numbers them.

    Those of the last two segments, which are asked first, come before those of eras, newest first.
    """
    by_slug = {document.slug: document for document in documents}
    parted = search.parted(map(search.analyse, by_slug.values()), era)
    *eras, old, new = [search.cut(analyses, size) for _, analyses in parted]
    blocks = [block for segment in (old, new, *reversed(eras)) for block in segment]
    return [by_slug[one.slug] for block in blocks for one in search.arrange(block)]
