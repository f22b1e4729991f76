"""What came of making a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The fingerprint of every file of the site, those that were new, and what was counted."""

    fingerprints: Mapping[str, bytes]
    staged: Sequence[str]
    removed: int
    papers: int
    digests: int
    warnings: tuple[str, ...]
