"""What site.yaml says of a source, with the defaults for what it does not say.

sources:
  huggingface: {}
  arxiv: {categories: [cs.CL, cs.LG], limit: 500}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from generator.sources.fetch.http import require_safe
from generator.system.errors import GazetteError

# arXiv asks for one question in three seconds.
_PAUSES = {"arxiv": 3.0, "huggingface": 0.0}
_HOSTS = {"arxiv": "https://export.arxiv.org", "huggingface": "https://huggingface.co"}


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of one source: where it is, what to ask for, how many papers at most."""

    base: str = ""
    categories: tuple[str, ...] = ()
    limit: int = 2000
    pause: float = 0.0


def configured(
    source: str, settings: Mapping[str, Any], categories: Sequence[str]
) -> Configuration:
    """Return the configuration of ``source``; raises GazetteError for what it cannot be."""
    try:
        given = msgspec.convert(settings.get(source) or {}, Configuration)
    except msgspec.ValidationError as error:
        raise GazetteError(f"site.yaml: sources: {source}: {error}") from None
    base = (given.base or _HOSTS[source]).rstrip("/")
    require_safe(base)
    # A pause shorter than the source's own is for a server of one's own only.
    own = urlsplit(base).scheme == "http"
    pause = given.pause if own else max(given.pause, _PAUSES[source])
    return msgspec.structs.replace(
        given, base=base, pause=pause, categories=tuple(categories) or given.categories
    )
