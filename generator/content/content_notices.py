"""What a build says of entries that it shows otherwise than they were meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.content.entry_files import Entry
from generator.model import Paper
from generator.system import files
from generator.text import markup

SHOWN = 10  # lines; the rest is a number


def as_they_came(root: Path, entries: Mapping[str, Entry]) -> Iterator[str]:
    """Yield a line for each of ``entries``, by path below ``root``, that asks for too much."""
    for path, entry in entries.items():
        if isinstance(paper := entry.value, Paper):
            found = markup.too_much(paper.title) or markup.too_much(paper.abstract)
            if found:
                what = "maths" if found.startswith("$") else "Markdown"
                line = _line(files.read_text(root / path), found)
                yield f"{root / path}:{line}: {what} that asks for too much is shown as it came"


def counted(lines: Sequence[str]) -> Iterator[str]:
    """Yield ``lines``, not too many of them, and how many there are."""
    yield from lines[:SHOWN]
    if lines:
        yield f"papers shown as they came, in part: {len(lines)}"


def _line(text: str, found: str) -> int:
    """Return the line of ``text`` on which ``found`` begins, or the first."""
    at = text.find(found.split("\n", 1)[0])
    return text.count("\n", 0, max(at, 0)) + 1
