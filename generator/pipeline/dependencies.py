"""What each kind of file depends on: when one of these changes, all files of the kind are stale.

``MADE_OF`` declares it for the whole program. A file has a key of its kind's dependencies and of
what it says itself: a page of what its plan names (``Page.made_of`` and ``late``), a card of its
lines, a file of the index of the words of its papers, an asset of its bytes. The same key as the
last build's, and nobody touched the file: it stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import metadata

import msgspec

from generator.content.settings import Settings
from generator.pipeline import cache
from generator.pipeline.build import Options
from generator.system.fingerprints import fingerprint
from generator.theme import social_card
from generator.theme.render import PLAIN, SiteTheme

MADE_OF: Mapping[str, tuple[str, ...]] = {
    "page": ("program", "settings", "templates", "own"),
    "card": ("program", "accent", "pillow"),
    "index": ("program",),
    "lunr": ("program", "lunr.py"),
    "asset": (),
}


def seed(kind: str, options: Options, site: Settings, own: SiteTheme = PLAIN) -> bytes:
    """Return a key of all that every file of ``kind`` depends on."""
    return fingerprint(*[_DEPENDENCIES[name](options, site, own) for name in MADE_OF[kind]])


def _templates(options: Options, _: Settings, __: SiteTheme) -> bytes:
    """Return a key of every file below the templates, the words of the interface among them."""
    parts: list[bytes] = []
    for name, path in options.overlay.template_files():
        parts += (name.encode(), path.read_bytes())
    return fingerprint(*parts)


_DEPENDENCIES: Mapping[str, Callable[[Options, Settings, SiteTheme], bytes]] = {
    "program": lambda *_: cache.program().encode(),
    "settings": lambda _, site, __: msgspec.msgpack.encode(site, order="deterministic"),
    "templates": _templates,
    # Where its templates lie is no part of what they say.
    "own": lambda _, __, own: msgspec.msgpack.encode(own._replace(templates=())),
    "accent": lambda _, site, __: (site.accent or social_card.ACCENT).encode(),
    "lunr.py": lambda *_: metadata.version("lunr").encode(),
    "pillow": lambda *_: metadata.version("pillow").encode(),
}
