"""The manifest: what the last build left and what this one made, each file with its fingerprint."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple


class Bundled(NamedTuple):
    """What is known of a bundle: the keys of what was known early, and of all; its paths.

    While it is planned anew, its pages are looked at one by one, and ``whole`` is still None.
    """

    early: bytes
    whole: bytes | None
    paths: Sequence[str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The fingerprints of the files of the last build; which of them are as it left them.

    ``bundles`` has by name what is known of each bundle of pages.
    """

    fingerprints: Mapping[str, bytes] = dataclasses.field(default_factory=dict)
    intact: AbstractSet[str] = frozenset()
    bundles: Mapping[str, Bundled] = dataclasses.field(default_factory=dict)

    def has(self, path: str, fingerprint: bytes) -> bool:
        """Say whether ``path`` is there, and is what it would be again."""
        return path in self.intact and self.fingerprints[path] == fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The fingerprint of every file of the site, those that were new, and what was counted.

    ``bundles`` is what the next build is to know of each bundle of pages. ``unpublished`` says what
    is held back, ``next_day`` when that ends (seconds since 1970; 0 if nothing waits for its day).
    """

    fingerprints: Mapping[str, bytes]
    bundles: Mapping[str, Bundled]
    staged: Sequence[str]
    removed: Sequence[str]
    papers: int
    digests: int
    warnings: tuple[str, ...]
    unpublished: str = ""
    next_day: int = 0
