"""bioRxiv and medRxiv: their API's lists, a page after the other, by category."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from generator.commands import cli


def record(number: int, day: str = "2025-03-03", **more: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
    """Return one record of the API."""
    return {
        "doi": f"10.1101/2025.03.01.{number:06}",
        "title": f"Preprint {number}",
        "authors": "Roe, J.",
        "date": day,
        "version": "1",
        "category": "cell biology" if number % 2 else "neuroscience",
        "abstract": f"Of {number}.",
        **more,
    }


def serve(server: HTTPServer, records: list[dict[str, Any]], page: int = 100) -> list[str]:
    """Serve ``records`` as the API does; return the list of the paths asked."""
    asked: list[str] = []

    def answer(request: Request) -> Response:
        asked.append(request.path)
        _, _, _, first, last, cursor, _ = request.path.split("/")
        found = [each for each in records if first <= each["date"] <= last]
        start = int(cursor)
        status = {"status": "ok", "count": page, "cursor": cursor, "total": str(len(found))}
        messages = [status if found else {"status": "no posts found"}]
        listed = found[start : start + page]
        return Response(json.dumps({"messages": messages, "collection": listed}))

    server.expect_request(re.compile("/details/.*")).respond_with_handler(answer)
    return asked


def fetch(folder: Path, server: HTTPServer, source: str, *options: str, settings: str = "") -> int:
    """Return the exit code of a fetch into a fresh folder."""
    content = folder / "content"
    content.mkdir(exist_ok=True)
    base = server.url_for("").rstrip("/")
    site = f"title: A\nsources: {{{source}: {{base: '{base}'{settings}}}}}\n"
    (content / "site.yaml").write_text(site)
    return cli.main(["fetch", source, "--content", str(content), *options])


def lists(folder: Path) -> dict[str, list[str]]:
    """Return the papers that each digest lists."""
    return {
        path.stem: yaml.safe_load(path.read_text().split("---\n")[1])["papers"]
        for path in sorted(folder.glob("content/digests/*.md"))
    }


def test_a_day_in_pages(tmp_path: Path, httpserver: HTTPServer) -> None:
    """A hundred at once, until all are in."""
    asked = serve(httpserver, [record(number) for number in range(230)])
    assert fetch(tmp_path, httpserver, "biorxiv", "--date", "2025-03-03") == 0
    days = "/details/biorxiv/2025-03-03/2025-03-03"
    assert asked == [f"{days}/{cursor}/json" for cursor in (0, 100, 200)]
    assert len(lists(tmp_path)["2025-03-03"]) == 230


def test_days_of_medrxiv(tmp_path: Path, httpserver: HTTPServer) -> None:
    """A few days are one question; each preprint goes under its own."""
    asked = serve(httpserver, [record(1), record(2, "2025-03-04"), record(3, "2025-03-06")])
    options = ("--date", "2025-03-05", "--days", "3")
    assert fetch(tmp_path, httpserver, "medrxiv", *options) == 0
    assert asked == ["/details/medrxiv/2025-03-03/2025-03-05/0/json"]
    assert lists(tmp_path) == {"2025-03-03": ["preprint-1"], "2025-03-04": ["preprint-2"]}
    digest = (tmp_path / "content/digests/2025-03-03.md").read_text()
    assert "title: medRxiv" in digest


@pytest.mark.parametrize(
    ("settings", "listed"),
    [
        (", categories: [cell_biology]", ["preprint-1"]),
        (", categories: [Neuroscience]", ["preprint-2"]),
        (", without: [neuroscience]", ["preprint-1"]),
        ("", ["preprint-1", "preprint-2"]),
    ],
)
def test_categories(
    settings: str, listed: list[str], tmp_path: Path, httpserver: HTTPServer
) -> None:
    """Written as the API writes them, or with underscores."""
    serve(httpserver, [record(1), record(2)])
    options = ("--date", "2025-03-03")
    assert fetch(tmp_path, httpserver, "biorxiv", *options, settings=settings) == 0
    assert lists(tmp_path) == {"2025-03-03": listed}


def test_a_later_withdrawal(tmp_path: Path, httpserver: HTTPServer) -> None:
    """A second version makes no entry, but marks the known one where it takes it back."""
    records = [
        record(1),
        record(1, "2025-03-05", version="2", type="withdrawn"),
        record(2, version="3"),
    ]
    serve(httpserver, records)
    for day in ("2025-03-03", "2025-03-05"):
        assert fetch(tmp_path, httpserver, "biorxiv", "--date", day) == 0
    assert lists(tmp_path) == {"2025-03-03": ["preprint-1"]}
    (entry,) = tmp_path.glob("content/papers/*/preprint-1.md")
    assert "withdrawn: true" in entry.read_text()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<html>Down</html>", "it answered '<html>Down</html>'"),
        ('{"messages": [{"status": "ok"}]}', "collection is missing"),
        ('{"messages": [{"total": 3}], "collection": []}', "only 0 of 3 preprints came"),
        ('{"messages": [], "collection": [5]}', "it was left out"),
    ],
)
def test_a_bad_answer(
    body: str,
    said: str,
    tmp_path: Path,
    httpserver: HTTPServer,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is no list changes nothing."""
    path = "/details/biorxiv/2025-03-03/2025-03-03/0/json"
    httpserver.expect_request(path).respond_with_data(body)
    assert fetch(tmp_path, httpserver, "biorxiv", "--date", "2025-03-03") == 1
    assert said in capsys.readouterr().err
    assert lists(tmp_path) == {}


def test_a_day_without_preprints(
    tmp_path: Path, httpserver: HTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """None is no error."""
    serve(httpserver, [])
    assert fetch(tmp_path, httpserver, "biorxiv", "--date", "2025-03-02") == 0
    assert "biorxiv: no papers on Sunday, 2025-03-02" in capsys.readouterr().err
