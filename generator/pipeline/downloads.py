"""What the site offers for download where the curator wants: all as a ZIP, a month as an EPUB."""

from __future__ import annotations

import io
from functools import partial

from generator import urls
from generator.content.settings import Settings
from generator.library.library import Library
from generator.pipeline import archive, epub
from generator.pipeline.staging import Staging
from generator.system.fingerprints import fingerprint
from generator.theme.render import Renderer

_NOT_PACKED = (".", "downloads/")


def stage(
    staging: Staging, library: Library, site: Settings, renderer: Renderer, seed: bytes
) -> None:
    """Stage the files, the ZIP last, as it has all others but the downloads."""
    if not library.facts:
        return
    if "epub" in site.downloads:
        month = f"{library.digests[-1].date:%Y-%m}"
        days = [day for day in library.digests if f"{day.date:%Y-%m}" == month]
        said = [part for day in days for part in (repr(day).encode(), library.marks(day.papers))]
        make = partial(_book, library, renderer, month)
        staging.offer(urls.DOWNLOADS["epub"], fingerprint(seed, *said), make)
    if "zip" in site.downloads:
        keys = {path: key for path, key in staging.files() if not path.startswith(_NOT_PACKED)}
        paths = sorted(keys)
        key = fingerprint(*[part for path in paths for part in (path.encode(), keys[path])])
        staging.offer(urls.DOWNLOADS["zip"], key, partial(_packed, staging, paths))


def _book(library: Library, renderer: Renderer, month: str) -> bytes:
    target = io.BytesIO()
    epub.write(target, library, renderer, month)
    return target.getvalue()


def _packed(staging: Staging, paths: list[str]) -> bytes:
    target = io.BytesIO()
    read = staging.output.read
    archive.write(target, ((f"site/{path}", partial(read, path)) for path in paths))
    return target.getvalue()
