"""The files for programs: they fit their schema, and say what the pages say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.plan import sites

PAPERS: list[sites.Paper] = [
    {
        "slug": "odd",
        "title": "Odd $x^2$ & more",
        "abstract": "Some *marks* and $x$.",
        "authors": ["Ada Lovelace"],
        "arxiv": "2509.00001",
        "topics": ["cs.CL"],
        "votes": 3,
    },
    {"slug": "plain", "abstract": "A routing of experts."},
]


def content(tmp_path: Path, settings: str = "") -> Path:
    """Return a site of one full day and an empty one."""
    made = sites.new(tmp_path, settings, "Routing: [routing]\n")
    sites.add(made, "2025-09-22", PAPERS)
    sites.add(made, "2025-09-23", [])
    return made


def data(site: Path, path: str) -> Any:  # noqa: ANN401  # any JSON
    """Return a file of ``site`` that fits the schema."""
    found = json.loads((site / path).read_bytes())
    schema = json.loads((site / "api/schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(found, schema)
    return found


def test_from_the_index_to_a_paper(tmp_path: Path) -> None:
    """Every path is there; text is text, and the source is beside it where it differs."""
    site = sites.site(content(tmp_path))
    index = data(site, "api/index.json")
    assert index["home"] == "https://site.example/path/"
    assert [day["date"] for day in index["digests"]] == ["2025-09-23", "2025-09-22"]
    for path in (*index["files"].values(), *(day["path"] for day in index["digests"])):
        assert (site / path).is_file()
    assert data(site, index["digests"][0]["json"])["papers"] == []
    odd, plain = data(site, index["digests"][1]["json"])["papers"]
    assert odd["title"].startswith("Odd ")
    assert "$" not in odd["title"] + odd["abstract"]
    assert odd["markdown"] == {
        "title": "Odd $x^2$ & more",
        "abstract": "Some *marks* and $x$.",
    }
    assert odd["links"]["pdf"] == "https://arxiv.org/pdf/2509.00001"
    assert (odd["labels"], odd["listed"], odd["votes"]) == (["cs.CL"], ["2025-09-22"], 3)
    assert (plain["topics"], plain["abstract"]) == (["Routing"], "A routing of experts.")
    assert "markdown" not in plain


@pytest.mark.parametrize(
    ("settings", "there", "missing"),
    [
        ("", ["digests/2025-09-22.md", "api/lunr.json"], ["papers/odd.md"]),
        ("markdown: papers\n", ["digests/2025-09-22.md", "papers/odd.md"], []),
        ("markdown: none\n", ["llms.txt"], ["digests/2025-09-22.md"]),
        ("api: false\n", ["llms.txt"], ["api/index.json", "api/lunr.json"]),
        ("lunr_papers: 1\n", ["api/index.json"], ["api/lunr.json"]),
    ],
)
def test_what_there_is(tmp_path: Path, settings: str, there: list[str], missing: list[str]) -> None:
    """The switches."""
    site = sites.site(content(tmp_path, settings))
    assert all((site / path).is_file() for path in there)
    assert not any((site / path).exists() for path in missing)


def test_a_digest_as_markdown(tmp_path: Path) -> None:
    """Titles, links that work from where it lies, texts as they are written."""
    text = (sites.site(content(tmp_path)) / "digests/2025-09-22.md").read_text("utf-8")
    assert text.startswith("# Monday, 22 September 2025\n")
    assert "\n## 1. Odd $x^2$ & more\n\nAda Lovelace\n\n<../papers/odd.html>\n" in text
    assert "\n\nSome *marks* and $x$.\n" in text
    assert "\n## 2. Plain\n" in text


def test_what_a_build_changed_is_listed(tmp_path: Path) -> None:
    """All files at first; nothing where nothing changed; then what is new, and what is gone."""
    made = content(tmp_path)
    site = sites.site(made)

    def listed(name: str) -> list[str]:
        return (tmp_path / ".gazette" / name).read_text("utf-8").splitlines()

    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert set(listed("changed.txt")) == files - {".gazette", ".gazette-lock"}
    assert listed("removed.txt") == []
    sites.site(made)
    assert listed("changed.txt") == listed("removed.txt") == []
    (made / "papers/2025-09/plain.md").unlink()
    sites.add(made, "2025-09-22", PAPERS[:1])
    sites.site(made)
    gone = [path for path in listed("removed.txt") if not path.startswith(("search/", "vectors/"))]
    assert gone == ["papers/plain.html"]
    assert "digests/2025-09-22.html" in listed("changed.txt")
