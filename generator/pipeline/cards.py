"""The social cards of the digests: drawn where ``cards`` is set, and only if one says anew."""

from __future__ import annotations

from importlib import metadata

import msgspec

from generator import urls
from generator.content.settings import Settings
from generator.library.library import Day, Library
from generator.pipeline import cache
from generator.pipeline.manifest import Before
from generator.pipeline.output import Output
from generator.system import timing
from generator.system.errors import GazetteError
from generator.system.fingerprints import fingerprint
from generator.text.markup import to_text
from generator.theme import social_card
from generator.theme.overlay import Overlay
from generator.theme.strings import Strings

# More titles than a card has room for: those whose letters the font lacks are passed over.
TITLES = 3 * social_card.TITLES


def stage(
    library: Library, site: Settings, overlay: Overlay, output: Output, before: Before
) -> tuple[dict[str, bytes], list[str]]:
    """Stage the cards that are not what they were; return all fingerprints, the paths staged.

    Without an address of the site nobody could be led to a card, so there are none.
    """
    keys: dict[str, bytes] = {}
    staged: list[str] = []
    if not (site.cards and site.url):
        return keys, staged
    if not social_card.available():
        raise GazetteError("site.yaml: `cards` needs Pillow and a font: pip install '.[cards]'")
    strings = Strings(
        overlay.templates / "strings", site.language, overlay.template_folders[0] / "strings"
    )
    accent = site.accent or social_card.ACCENT
    drawn_by = f"{cache.program()} pillow {metadata.version('pillow')} {accent}".encode()
    with timing.charge("cards"):
        for digest in library.digests:
            if not digest.papers:
                continue
            path, wanted = urls.card(digest.date), card_of(library, digest, site, strings)
            keys[path] = fingerprint(drawn_by, msgspec.msgpack.encode(wanted))
            if not before.has(path, keys[path]) and output.write(
                path, social_card.draw(wanted, accent=accent)
            ):
                staged.append(path)
    return keys, staged


def card_of(library: Library, digest: Day, site: Settings, strings: Strings) -> social_card.Card:
    """Return what stands on the card of ``digest``."""
    return social_card.Card(
        site=site.title,
        headline=strings.day(digest.date, "full"),
        date=digest.date.isoformat(),
        count=strings("papers", n=len(digest.papers)),
        titles=tuple(to_text(library.facts[slug].title) for slug in digest.papers[:TITLES]),
    )
