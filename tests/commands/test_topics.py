"""``build.py topics``: the rule behind each paper's topics, and the papers without any."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands import cli

TOPICS = "Routing: [router, experts]\nProteins: {phrases: [protein], labels: [q-bio.BM]}\n"
PAPERS = {
    "moe": ("Experts everywhere", "Experts route tokens, and experts learn.", ""),
    "fold": ("Folding", "Structure alone.", "topics: [q-bio.BM]\n"),
    "tea": ("On *tea*", "Nothing of the kind.", ""),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder of three papers: a phrase, a label, and nothing."""
    root = tmp_path / "content"
    (root / "papers/2025-09").mkdir(parents=True)
    (root / "digests").mkdir()
    (root / "topics.yaml").write_text(TOPICS, "utf-8")
    for slug, (title, abstract, more) in PAPERS.items():
        text = f"---\ntitle: {title}\ndate: 2025-09-23\n{more}---\n\n{abstract}\n"
        (root / f"papers/2025-09/{slug}.md").write_text(text, "utf-8")
    day = "---\ndate: 2025-09-23\ntitle: Daily\npapers: [moe, fold, tea]\n---\n"
    (root / "digests/2025-09-23.md").write_text(day, "utf-8")
    return root


ROUTING = """\
Routing (routing): 1 of 3 papers
  moe: title 'experts'; abstract 'experts' ×2
  met by no paper: router
"""
PROTEINS = """\
Proteins (proteins): 1 of 3 papers
  fold: label 'q-bio.BM'
  met by no paper: protein
"""
NONE = """\
No topic: 1 of 3 papers
  tea: On tea
"""


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        ([], ROUTING + PROTEINS + NONE),
        (["routing"], ROUTING),
        (["fold"], PROTEINS),
        (["tea"], "  tea: On tea\n"),
    ],
)
def test_the_report_names_the_rule(
    content: Path, capsys: pytest.CaptureFixture[str], names: list[str], printed: str
) -> None:
    """All of it, or what is said of the topics and papers that are named."""
    assert cli.main(["topics", *names, "--content", str(content), "--quiet"]) == 0
    assert capsys.readouterr().out == printed


def test_an_unknown_name_is_an_error(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt slug is not an empty report."""
    assert cli.main(["topics", "rooting", "--content", str(content)]) == 1
    assert "rooting: is the slug of no topic and of no paper" in capsys.readouterr().err
