"""Lists of ids and pages without abstracts, filled up by arXiv where there is a network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import yaml
from pytest_httpserver import HTTPServer

from generator.commands import cli
from tests.sources.fetch.arxiv_server import ArXiv

LIST = "https://arxiv.org/abs/2501.90001\nhttps://arxiv.org/abs/2501.90002\narXiv:2501.99999\n"


def add(folder: Path, base: str, text: str, *options: str) -> int:
    """Return the exit code of adding a file to a site whose arXiv is at ``base``."""
    (folder / "content").mkdir()
    site = f"title: A\nsources: {{arxiv: {{base: '{base}', pause: 0}}}}\n"
    (folder / "content/site.yaml").write_text(site)
    (folder / "list.txt").write_text(text)
    file, content = str(folder / "list.txt"), str(folder / "content")
    return cli.main(["add", file, "--content", content, "--date", "2025-02-01", *options])


def entries(folder: Path) -> dict[str, dict[str, object]]:
    """Return the front matter and the ``body`` of each entry, by slug."""
    found = {}
    for path in (folder / "content/papers").rglob("*.md"):
        _, matter, body = path.read_text().split("---\n", 2)
        found[path.stem] = {**yaml.safe_load(matter), "body": body.strip()}
    return found


@pytest.fixture(autouse=True)
def _online(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `add` ask: it is asked on loopback."""
    monkeypatch.delenv("GAZETTE_OFFLINE", raising=False)


def test_a_list_of_ids(
    tmp_path: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """What arXiv knows is taken from there, in one question; what it does not know stays bare."""
    arxiv = ArXiv(httpserver)
    arxiv.now = "2025-02-01T07:00"
    assert add(tmp_path, httpserver.url_for("").rstrip("/"), LIST) == 0
    found = entries(tmp_path)
    assert sorted(found) == ["arxiv-2501-99999", "paper-2501-90001", "paper-2501-90002"]
    paper = found["paper-2501-90001"]
    assert (paper["authors"], paper["body"]) == (["Mo Ck"], "Of the API.")
    assert len(arxiv.questions) == 1
    said = capsys.readouterr().err
    assert "papers filled up from arXiv: 2" in said
    assert "arXiv knows no paper 2501.99999" in said


def test_without_a_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody there: the papers come bare, and it is said."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert add(tmp_path, f"http://127.0.0.1:{unused.getsockname()[1]}", LIST) == 0
    assert len(entries(tmp_path)) == 3
    assert "papers that stay without what arXiv says of them: 3" in capsys.readouterr().err


@pytest.mark.parametrize("way", ["option", "environment"])
def test_offline(
    way: str, tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever wants no question asked says so."""
    arxiv = ArXiv(httpserver)
    if way == "environment":
        monkeypatch.setenv("GAZETTE_OFFLINE", "1")
    options = ["--offline"] if way == "option" else []
    assert add(tmp_path, httpserver.url_for("").rstrip("/"), LIST, *options) == 0
    assert arxiv.questions == []
    assert len(entries(tmp_path)) == 3


def test_ids_that_are_bare_are_filled_later(tmp_path: Path, httpserver: HTTPServer) -> None:
    """`fetch arxiv ID` gives an entry that has nothing but its id what arXiv says."""
    arxiv = ArXiv(httpserver)
    arxiv.now = "2025-02-01T07:00"
    base = httpserver.url_for("").rstrip("/")
    assert add(tmp_path, base, "arXiv:2501.90001\n", "--offline") == 0
    content = str(tmp_path / "content")
    fetch = ["fetch", "arxiv", "2501.90001", "--date", "2025-02-01", "--content", content]
    assert cli.main(fetch) == 0
    (entry,) = entries(tmp_path).values()
    assert (entry["title"], entry["body"]) == ("Paper 2501.90001", "Of the API.")
