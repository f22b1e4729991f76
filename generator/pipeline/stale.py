"""Which pages are stale: those that are not made of what they were made of the last time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import msgspec

from generator.model import Bundle, Page
from generator.pipeline.manifest import Before, Bundled
from generator.system.errors import GazetteError
from generator.system.fingerprints import fingerprint

MOST = 1 << 15
"""Pages that are planned before the first of them is made: more would fill the memory."""
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


class Planner:
    """Holds what is planned against what the last build left (``before``).

    ``seed`` is a key of what every page depends on. ``keys`` gathers the fingerprints of all pages
    by path, in the order of the plan, ``bundles`` what is to be kept of each bundle.
    """

    def __init__(self, seed: bytes, before: Before) -> None:
        self.keys: dict[str, bytes] = {}
        self.bundles: dict[str, Bundled] = {}
        self._seed = seed
        self._before = before

    def stale(self, plan: Iterable[Page | Bundle]) -> Iterator[list[Page]]:
        """Yield the pages of ``plan`` that are to be made, in lists, which are let go in turn.

        What is known late is asked for when as much has been planned as one list takes. What a page
        is made of is left out: the fingerprint says it, and is small. Raises GazetteError if two
        pages claim one path.
        """
        entered = chain.from_iterable(map(self._entered, plan))
        while planned := list(islice(entered, MOST)):
            yield [page._replace(made_of=None, late=None) for page in self._changed(planned)]

    def _changed(self, planned: Iterable[Page | Bundle]) -> Iterator[Page]:
        for each in planned:
            if isinstance(each, Page):
                if self._is_stale(each):
                    yield each
            elif self._has_changed(each):
                for page in each.pages():
                    self._enter(page)
                    if self._is_stale(page):
                        yield page

    def _entered(self, each: Page | Bundle) -> Iterator[Page | Bundle]:
        """Claim the paths of a page or a bundle; yield the pages of a bundle that has changed."""
        if isinstance(each, Page):
            self._claim(each.path)
            self._enter(each)
            yield each
            return
        early = _key(self._seed, each.name, each.made_of)
        known = self._before.bundles.get(each.name)
        if known and known.early == early and self._before.intact >= set(known.paths):
            self.bundles[each.name] = known
            for path in known.paths:
                self._claim(path)
                self.keys[path] = self._before.fingerprints[path]
        else:
            pages = list(each.pages())
            self.bundles[each.name] = Bundled(early, None, [page.path for page in pages])
            for page in pages:
                yield from self._entered(page)
        yield each

    def _claim(self, path: str) -> None:
        if path in self.keys:
            message = f"{path} is claimed twice: rename the topic or paper it is of"
            raise GazetteError(message)

    def _enter(self, page: Page) -> None:
        """Enter the key of what is known of ``page`` early."""
        self.keys[page.path] = _key(self._seed, page.path, page.template, page.made_of)

    def _is_stale(self, page: Page) -> bool:
        """Enter the whole key of ``page``; say whether it is not that of the last build."""
        if page.late:
            self.keys[page.path] = _key(self.keys[page.path], page.late())
        return not self._before.has(page.path, self.keys[page.path])

    def _has_changed(self, bundle: Bundle) -> bool:
        """Keep the whole key of ``bundle``; say whether it stood for its pages with another one."""
        kept = self.bundles[bundle.name]
        whole = _key(kept.early, bundle.late())
        self.bundles[bundle.name] = kept._replace(whole=whole)
        return kept.whole is not None and kept.whole != whole


def _key(seed: bytes, *made_of: object) -> bytes:
    return fingerprint(seed, _ENCODER.encode(made_of))
