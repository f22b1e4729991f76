"""RESULTS.md: a Markdown page with a section for each benchmark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).parent / "RESULTS.md"
TITLE = "# What was measured\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first column is text, the others are figures."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def with_section(page: str, name: str, text: str) -> str:
    """Return ``page`` with ``text`` as its section ``name``, in place of what stood there."""
    section = f"## {name}\n\n{text.strip()}\n"
    own = re.compile(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    found = own.search(page)
    if not found:
        return f"{(page or TITLE).rstrip()}\n\n{section}"
    rest = page[found.end() :]
    return page[: found.start()] + section + ("\n" + rest if rest else "")


def write(name: str, text: str) -> None:
    """Put ``text`` into the page as its section ``name``; the other sections stay."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else ""
    PAGE.write_text(with_section(page, name, text), "utf-8", newline="\n")
