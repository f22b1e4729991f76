"""A site as a ZIM, the file that Kiwix reads offline: for sites too large to be unpacked."""

from __future__ import annotations

import html
import mimetypes
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from generator import urls
from generator.content.settings import Settings
from generator.pipeline.output import Output
from generator.system.errors import GazetteError

# ISO 639-3, which the format wants, of the languages that the interface has.
LANGUAGES = {"en": "eng", "zh": "zho", "de": "deu", "fr": "fra", "es": "spa", "ja": "jpn"}
# A red square, as the format wants a picture: 48 pixels wide and high.
_SIDE = 48
_RED = b"\x9c\x2a\x1c"


def write(target: Path, folder: Path, settings: Settings, day: str) -> None:
    """Write the site that was built into ``folder`` as ``target``; ``day`` dates it.

    Raises GazetteError where there is no site, or the library for it is not installed.
    """
    try:
        from libzim.writer import Creator, Hint, Item, StringProvider  # noqa: PLC0415  # an extra
    except ImportError:
        raise GazetteError("a ZIM needs libzim: pip install '.[zim]'") from None
    paths = sorted(path for path in Output(folder).manifest() if not path.startswith("."))
    # It is for a host; its style sheet and scripts are at the site's address, which Kiwix has not.
    paths = [path for path in paths if path != urls.NOT_FOUND]
    if urls.INDEX not in paths:
        raise GazetteError(f"{folder}: has no site yet; build it first")

    kinds = _file_of(Item, StringProvider, Hint, folder)
    target.unlink(missing_ok=True)
    creator = Creator(target).config_indexing(True, LANGUAGES.get(settings.language, "eng"))  # noqa: FBT003  # libzim's way
    creator.set_mainpath(urls.INDEX)
    with creator:
        creator.add_illustration(_SIDE, _png())
        for name, value in _metadata(settings, day):
            creator.add_metadata(name, value)
        for path in paths:
            creator.add_item(kinds(path))


def _file_of(item: Any, provider: Any, hint: Any, folder: Path) -> Callable[[str], Any]:  # noqa: ANN401  # libzim has no types
    """Return what makes an item of libzim of a path: its class is there only with the library."""

    class File(item):  # type: ignore[misc]  # the same
        """A file of the site; libzim asks for what it wants to know."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self._path = path
            self._data = (folder / path).read_bytes()

        def get_path(self) -> str:
            return self._path

        def get_title(self) -> str:
            return _title(self._path, self._data)

        def get_mimetype(self) -> str:
            return mimetypes.guess_type(self._path)[0] or "application/octet-stream"

        def get_contentprovider(self) -> Any:  # noqa: ANN401  # libzim has no types
            return provider(self._data)

        def get_hints(self) -> dict[Any, bool]:
            return {hint.FRONT_ARTICLE: self._path.endswith(".html"), hint.COMPRESS: True}

    return File


def _title(path: str, data: bytes) -> str:
    """Return the title of a page."""
    if not path.endswith(".html"):
        return ""
    begin, end = data.find(b"<title>"), data.find(b"</title>")
    return html.unescape(data[begin + 7 : end].decode()) if 0 <= begin < end else path


def _metadata(settings: Settings, day: str) -> Iterator[tuple[str, str]]:
    """Yield what the format wants to know of the site."""
    about = settings.description or settings.tagline or settings.title
    yield "Title", settings.title[:30]
    yield "Description", about[:80]
    yield "Language", LANGUAGES.get(settings.language, "eng")
    yield "Creator", settings.byline or settings.title
    yield "Publisher", settings.byline or settings.title
    yield "Date", day
    yield "Name", "gazette"


def _png() -> bytes:
    """Return the picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 2, 0, 0, 0)
    lines = zlib.compress((b"\0" + _RED * _SIDE) * _SIDE, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
