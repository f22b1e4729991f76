"""Print the section of CHANGELOG.md that a tag like v1.2.3 is of; it has to be the version's."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def notes(changelog: str, version: str) -> str:
    """Return the section of ``version`` without its heading; raises ValueError without one."""
    heading = rf"^## \[?{re.escape(version)}\]?.*?$"
    section = re.search(rf"{heading}\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if not section or not section[1].strip():
        raise ValueError(f"CHANGELOG.md has no section `## {version}`")
    return section[1].strip()


def main(tag: str) -> int:
    """Print the notes of ``tag``; return 1, and say why, where it is of no version."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    if tag != f"v{version}":
        sys.stderr.write(f"the tag is {tag}, and pyproject.toml says {version}\n")
        return 1
    try:
        sys.stdout.write(notes((ROOT / "CHANGELOG.md").read_text("utf-8"), version) + "\n")
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
