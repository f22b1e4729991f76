"""What a build is asked for."""

from __future__ import annotations

import dataclasses
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The folders, and what goes over site.yaml; ``jobs`` of 0 means one process a core."""

    content: Path
    output: Path
    base_url: str = ""
    search: bool = True
    jobs: int = 0
    templates: Path = ROOT / "templates"
    static: Path = ROOT / "static"
