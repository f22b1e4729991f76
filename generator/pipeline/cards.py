"""The social cards of the digests: drawn where ``cards`` is set, and only if one says anew."""

from __future__ import annotations

from functools import partial

import msgspec

from generator import urls
from generator.content.settings import Settings
from generator.library.library import Day, Library
from generator.pipeline.staging import Staging
from generator.system import timing
from generator.system.errors import GazetteError
from generator.system.fingerprints import fingerprint
from generator.text.markup import to_text
from generator.theme import social_card
from generator.theme.overlay import Overlay
from generator.theme.strings import Strings

# More titles than a card has room for: those whose letters the font lacks are passed over.
TITLES = 3 * social_card.TITLES


def wanted(site: Settings) -> bool:
    """Say whether the site has cards; without an address nobody could be led to one.

    Raises GazetteError where they cannot be drawn.
    """
    if not (site.cards and site.url):
        return False
    if not social_card.available():
        raise GazetteError("site.yaml: `cards` needs Pillow and a font: pip install '.[cards]'")
    return True


def draw(library: Library, site: Settings, overlay: Overlay, seed: bytes, staging: Staging) -> None:
    """Stage the cards of all digests that are not what they were."""
    strings = Strings(
        overlay.templates / "strings", site.language, overlay.template_folders[0] / "strings"
    )
    accent = site.accent or social_card.ACCENT
    with timing.charge("cards"):
        for digest in library.digests:
            if digest.papers:
                card = card_of(library, digest, site, strings)
                key = fingerprint(seed, msgspec.msgpack.encode(card))
                make = partial(social_card.draw, card, accent=accent)
                staging.offer(urls.card(digest.date), key, make)


def card_of(library: Library, digest: Day, site: Settings, strings: Strings) -> social_card.Card:
    """Return what stands on the card of ``digest``."""
    return social_card.Card(
        site=site.title,
        headline=strings.day(digest.date, "full"),
        date=digest.date.isoformat(),
        count=strings("papers", n=len(digest.papers)),
        titles=tuple(to_text(library.facts[slug].title) for slug in digest.papers[:TITLES]),
    )
