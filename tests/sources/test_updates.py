"""A feed that takes a known paper back: its entry is marked, whoever has written in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands import cli

RSS = """<rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel>
<pubDate>{day} Mar 2025 00:00:00 -0500</pubDate>
<item><title>Held True</title><link>https://arxiv.org/abs/2503.99001</link>
<description>arXiv:2503.99001v{version} Announce Type: {kind}
Abstract: {abstract}</description><guid>oai:arXiv.org:2503.99001v{version}</guid></item>
</channel></rss>"""
GONE = "This paper has been withdrawn by the author."


def add(folder: Path, day: str, version: int, kind: str, abstract: str) -> int:
    """Return the exit code of adding a feed with one paper."""
    content = folder / "content"
    content.mkdir(exist_ok=True)
    feed = folder / "feed.xml"
    feed.write_text(RSS.format(day=day, version=version, kind=kind, abstract=abstract))
    return cli.main(["add", str(feed), "--content", str(content)])


@pytest.mark.parametrize("edit", ["", "A word of my own."], ids=["as written", "edited"])
def test_a_known_paper_is_marked(edit: str, tmp_path: Path) -> None:
    """What the entry says stays; the later announcement makes no digest."""
    assert add(tmp_path, "Mon, 03", 1, "new", "We had a proof.") == 0
    (entry,) = tmp_path.glob("content/papers/*/held-true.md")
    entry.write_text(entry.read_text() + edit)
    assert add(tmp_path, "Thu, 06", 2, "replace", GONE) == 0
    text = entry.read_text()
    assert "withdrawn: true" in text
    assert "We had a proof." in text
    assert edit in text
    assert [path.stem for path in tmp_path.glob("content/digests/*")] == ["2025-03-03"]


def test_an_unknown_paper_stays_unknown(tmp_path: Path) -> None:
    """Nobody has listed it: there is nothing to mark."""
    assert add(tmp_path, "Thu, 06", 2, "replace", GONE) == 0
    assert list(tmp_path.glob("content/papers/*/*")) == []


def test_a_replacement_is_no_withdrawal(tmp_path: Path) -> None:
    """A better version leaves the entry as it is."""
    assert add(tmp_path, "Mon, 03", 1, "new", "We had a proof.") == 0
    (entry,) = tmp_path.glob("content/papers/*/held-true.md")
    before = entry.read_text()
    assert add(tmp_path, "Thu, 06", 2, "replace", "We have a better one.") == 0
    assert entry.read_text() == before
