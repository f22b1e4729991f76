"""What came of making a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.build.before import Bundled


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The fingerprint of every file of the site, those that were new, and what was counted.

    ``bundles`` is what the next build is to know of each bundle of pages.
    """

    fingerprints: Mapping[str, bytes]
    bundles: Mapping[str, Bundled]
    staged: Sequence[str]
    removed: int
    papers: int
    digests: int
    warnings: tuple[str, ...]
