"""How often a property is tried: a few times in `make test`, many times in `make soak`."""

from __future__ import annotations

import os

SOAK = 20


def count(few: int) -> int:
    """Return how many examples to try: ``few``, or many where GAZETTE_SOAK is set."""
    return few * SOAK if os.environ.get("GAZETTE_SOAK") else few
