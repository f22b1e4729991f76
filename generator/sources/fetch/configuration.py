"""What site.yaml says of a source, with the defaults for what it does not say.

sources:
  huggingface: {}
  arxiv: {categories: [cs.CL, cs.LG], without: [cs.RO], cross_lists: false}
  biorxiv: {categories: [neuroscience]}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from generator.sources.fetch.http import require_safe
from generator.system.errors import GazetteError

# arXiv asks for one question in three seconds.
_PAUSES = {"arxiv": 3.0, "biorxiv": 1.0, "huggingface": 0.0, "medrxiv": 1.0}
_HOSTS = {
    "arxiv": "https://export.arxiv.org",
    "biorxiv": "https://api.biorxiv.org",
    "huggingface": "https://huggingface.co",
    "medrxiv": "https://api.biorxiv.org",
}
_FEEDS = "https://rss.arxiv.org"


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of one source: where it is, what to ask for, how many papers a day at most.

    ``base`` is where questions are asked, ``feeds`` where arXiv's daily feeds are. A paper in one
    of the categories ``without`` is left out, and so is a cross-list unless ``cross_lists``. Where
    only arXiv's API can be asked, papers sent in up to ``lookback`` days earlier are looked for;
    ``holidays`` are evenings on which arXiv announces nothing, beside those that are known.
    """

    base: str = ""
    feeds: str = ""
    categories: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    cross_lists: bool = True
    limit: int = 2000
    lookback: int = 30
    holidays: tuple[dt.date, ...] = ()
    pause: float = 0.0


def configured(
    source: str, settings: Mapping[str, Any], categories: Sequence[str]
) -> Configuration:
    """Return the configuration of ``source``; raises GazetteError for what it cannot be."""
    try:
        given = msgspec.convert(settings.get(source) or {}, Configuration)
    except msgspec.ValidationError as error:
        raise GazetteError(f"site.yaml: sources: {source}: {error}") from None
    if given.limit < 1 or given.lookback < 0 or not 0 <= given.pause < 3600:  # noqa: PLR2004  # an hour
        message = "limit has to be 1 or more, lookback and pause 0 or more"
        raise GazetteError(f"site.yaml: sources: {source}: {message}")
    base = (given.base or _HOSTS[source]).rstrip("/")
    # A server of one's own that plays arXiv's API plays its feeds as well, unless another does.
    feeds = (given.feeds or (base if given.base else _FEEDS)).rstrip("/")
    require_safe(base)
    require_safe(feeds)
    # A pause shorter than the source's own is for a server of one's own only.
    own = urlsplit(base).scheme == "http"
    pause = given.pause if own else max(given.pause, _PAUSES[source])
    return msgspec.structs.replace(
        given,
        base=base,
        feeds=feeds,
        pause=pause,
        categories=tuple(categories) or given.categories,
    )
