"""Which pages are stale: those that are not made of what they were made of the last time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

import msgspec

from generator.model import Bundle, Page
from generator.pipeline.manifest import Before, Bundled, Manifest
from generator.system.errors import GazetteError
from generator.system.fingerprints import fingerprint

MOST, HEAVY = 1 << 14, 1 << 23
"""Pages that are planned before the first of them is made, and bytes that these are made of: more
would fill the memory."""
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


class Planner:
    """Holds what is planned against what the last build left (``before``).

    ``seed`` is a key of what every page depends on. ``keys`` gathers the fingerprints of all pages
    that were planned, in the order of the plan, ``bundles`` what is to be kept of each bundle.
    """

    def __init__(self, seed: bytes, before: Before) -> None:
        self.keys = Manifest()
        self._planned: dict[str, bytes] = {}  # those of the list at hand
        self._weight = 0  # of what these are made of, in bytes
        self.bundles: dict[str, Bundled] = {}
        self._seed = seed
        self._before = before

    def stale(self, plan: Iterable[Page | Bundle]) -> Iterator[list[Page]]:
        """Yield the pages of ``plan`` that are to be made, in lists, which are let go in turn.

        What is known late is asked for when as much has been planned as one list takes. What a page
        is made of is left out: the fingerprint says it, and is small. Raises GazetteError if two
        pages of a list claim one path; those of several are found in the end (staging.py).
        """
        entered = chain.from_iterable(map(self._entered, plan))
        while planned := list(self._listed(entered)):
            stale = [
                Page(page.path, page.template, None, page.fill) for page in self._changed(planned)
            ]
            self.keys.add(self._planned)
            self._planned.clear()
            self._weight = 0
            yield stale

    def _listed(self, entered: Iterator[Page | Bundle]) -> Iterator[Page | Bundle]:
        """Yield as much of ``entered`` as one list takes."""
        for each in islice(entered, MOST):
            yield each
            if self._weight > HEAVY:
                return

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
        """Claim the paths of a page or a bundle; yield the pages of a bundle that has changed.

        Without what they are made of, which is let go.
        """
        if isinstance(each, Page):
            yield self._claimed(each)
            return
        early = _key(self._seed, each.name, each.made_of)
        known = self._before.bundles.get(each.name)
        first = len(self.keys) + len(self._planned)
        held = self._before.pages(known) if known and known.early == early else {}
        if known and held and self._before.has_all(held):
            self.bundles[each.name] = known._replace(first=first, end=first + len(held))
            for path in held:
                self._claim(path)
            self._planned |= held
        else:
            pages = list(each.pages())
            self.bundles[each.name] = Bundled(early, None, first, first + len(pages))
            yield from map(self._claimed, pages)
        yield Bundle(each.name, None, each.pages, each.late)

    def _claimed(self, page: Page) -> Page:
        """Claim the path of ``page``, and enter its key; return it without what it is made of."""
        self._claim(page.path)
        self._enter(page)
        return Page(page.path, page.template, None, page.fill, page.late)

    def _claim(self, path: str) -> None:
        if path in self._planned:
            raise claimed_twice(path)

    def _enter(self, page: Page) -> None:
        """Enter the key of what is known of ``page`` early."""
        made_of = _ENCODER.encode((page.path, page.template, page.made_of))
        self._weight += len(made_of)
        self._planned[page.path] = fingerprint(self._seed, made_of)

    def _is_stale(self, page: Page) -> bool:
        """Enter the whole key of ``page``; say whether it is not that of the last build."""
        if page.late:
            self._planned[page.path] = _key(self._planned[page.path], page.late())
        return not self._before.has(page.path, self._planned[page.path])

    def _has_changed(self, bundle: Bundle) -> bool:
        """Keep the whole key of ``bundle``; say whether it stood for its pages with another one."""
        kept = self.bundles[bundle.name]
        whole = _key(kept.early, bundle.late())
        self.bundles[bundle.name] = kept._replace(whole=whole)
        return kept.whole is not None and kept.whole != whole


def claimed_twice(path: str) -> GazetteError:
    """Return the error that two pages are to stand at ``path``."""
    return GazetteError(f"{path} is claimed twice: rename the topic or paper it is of")


def _key(seed: bytes, *made_of: object) -> bytes:
    return fingerprint(seed, _ENCODER.encode(made_of))
