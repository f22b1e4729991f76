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

from generator.pipeline import cache
from generator.pipeline.inputs import Inputs
from generator.system.fingerprints import fingerprint
from generator.theme import social_card

MADE_OF: Mapping[str, tuple[str, ...]] = {
    "page": ("program", "settings", "templates", "own", "table"),
    "card": ("program", "accent", "pillow"),
    "index": ("program",),
    "lunr": ("program", "lunr.py"),
    "asset": (),
}


def seed(kind: str, given: Inputs) -> bytes:
    """Return a key of all that every file of ``kind`` depends on."""
    return fingerprint(*[_DEPENDENCIES[name](given) for name in MADE_OF[kind]])


def _templates(given: Inputs) -> bytes:
    """Return a key of every file that pages are made with: templates, words of the interface."""
    parts: list[bytes] = []
    for name, path in given.overlay.template_files():
        parts += (name.encode(), path.read_bytes())
    return fingerprint(*parts)


def _packed(value: object) -> bytes:
    plain = msgspec.to_builtins(value, str_keys=True)  # a number as a key has no order
    return msgspec.msgpack.encode(plain, order="deterministic")


_DEPENDENCIES: Mapping[str, Callable[[Inputs], bytes]] = {
    "program": lambda _: cache.program().encode(),
    "settings": lambda given: _packed(given.site),
    "templates": _templates,
    # Where its templates lie is no part of what they say.
    "own": lambda given: _packed(given.theme._replace(templates=())),
    "table": lambda given: given.table.key,
    "accent": lambda given: (given.site.accent or social_card.ACCENT).encode(),
    "lunr.py": lambda _: metadata.version("lunr").encode(),
    "pillow": lambda _: metadata.version("pillow").encode(),
}
