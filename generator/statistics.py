"""What the site holds, in figures."""

from __future__ import annotations

from typing import Any

from generator.library import Library


def figures(library: Library) -> dict[str, Any]:
    """Return how much the site holds, and from when to when."""
    return {
        "papers": len(library.papers),
        "digests": len(library.digests),
        "oldest": library.digests[0].date if library.digests else None,
        "newest": library.digests[-1].date if library.digests else None,
    }
