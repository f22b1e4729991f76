"""WebSub: a hub on loopback is told of the feeds that changed, and of nothing else."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pytest_httpserver import HTTPServer

from generator.commands.cli import main
from generator.pipeline import cache, changes
from tests.plan import sites
from tests.soak import steps
from tests.trees import shown


def ping(content: Path) -> int:
    """Run the command; return its exit code."""
    return main(["ping", "--content", str(content), "--quiet"])


def test_the_hub_is_told_of_what_changed(tmp_path: Path, httpserver: HTTPServer) -> None:
    """Every feed at first; after a build that changed nothing, none."""
    httpserver.expect_request("/hub", method="POST").respond_with_data(status=204)
    content = sites.new(tmp_path, f"websub: {httpserver.url_for('/hub')}\n")
    sites.add(content, "2025-09-22", sites.numbered("2025-09-22", 1))
    site = sites.site(content)
    assert ping(content) == 0
    told = [parse_qs(request.get_data(as_text=True)) for request, _ in httpserver.log]
    assert {one["hub.mode"][0] for one in told} == {"publish"}
    feeds = {
        path.relative_to(site).as_posix()
        for name in ("feed.xml", "atom.xml", "feed.json")
        for path in site.rglob(name)
    }
    assert {one["hub.url"][0].removeprefix("https://site.example/path/") for one in told} == feeds
    sites.site(content)
    assert ping(content) == 0
    assert len(httpserver.log) == len(told)


def test_feeds_of_a_build_that_was_killed_are_not_forgotten(tmp_path: Path) -> None:
    """Wherever that was: what it had published, the next build that ends names."""
    content = sites.new(tmp_path)
    place = ["--content", str(content), "--output", str(tmp_path / "site"), "--jobs", "1"]
    sites.add(content, "2025-09-20", sites.numbered("2025-09-20", 1))
    assert main(["build", *place, "--quiet"]) == 0
    sites.add(content, "2025-09-21", sites.numbered("2025-09-21", 1))
    last = steps.counted(["build", *place, "--quiet"])
    for day, step in ((22, last), (23, last - 1), (24, last - 3), (25, last - 6)):
        sites.add(content, f"2025-09-{day}", sites.numbered(f"2025-09-{day}", 1))
        before = shown(tmp_path / "site")
        cache.cache_folder(content).joinpath("changed.txt").unlink()
        steps.run(["build", *place, "--quiet"], step)
        named = set(changes.read(content))  # where it was killed after all was done
        assert main(["build", *place, "--quiet"]) == 0
        after = shown(tmp_path / "site")
        named |= set(changes.read(content))
        assert {path for path in after if before.get(path) != after[path]} <= named
        assert "feed.xml" in named


@pytest.mark.parametrize(("settings", "said"), [("", "websub"), ("websub: {hub}\n", "answers 403")])
def test_what_goes_wrong_is_said(
    tmp_path: Path,
    httpserver: HTTPServer,
    capsys: pytest.CaptureFixture[str],
    settings: str,
    said: str,
) -> None:
    """No hub, or one that refuses: exit code 1."""
    httpserver.expect_request("/hub").respond_with_data(status=403)
    content = sites.new(tmp_path, settings.replace("{hub}", httpserver.url_for("/hub")))
    sites.add(content, "2025-09-22", [])
    sites.site(content)
    assert ping(content) == 1
    assert said in capsys.readouterr().err
