"""A site sent by rclone, by the commands of docs/hosting.md: what has changed, and nothing else."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.commands.cli import main
from generator.pipeline.build import ROOT
from tests.debian import program
from tests.plan import sites
from tests.trees import shown

LINES = (ROOT / "docs/hosting.md").read_text("utf-8").splitlines()
FIRST, COPY, DELETE, AGAIN = [line.strip() for line in LINES if line.startswith("    rclone ")]
MONDAY, TUESDAY = "2025-09-22", "2025-09-23"


class Place(NamedTuple):
    """A content folder, and a server that has a copy of its site in the folder ``served``."""

    content: Path
    served: Path
    environment: dict[str, str]

    def build(self) -> dict[str, bytes]:
        """Build the site; return its files."""
        return shown(sites.site(self.content))

    def send(self, *commands: str) -> set[str]:
        """Run ``commands`` of rclone; return which files the server was sent."""
        for path in shown(self.served):
            os.utime(self.served / path, (0, 0))
        for command in commands:
            words = shlex.split(command)
            folder = self.content.parent
            subprocess.run(words, cwd=folder, env=self.environment, check=True, timeout=120)
        return {path for path in shown(self.served) if (self.served / path).stat().st_mtime}

    def told(self, name: str) -> set[str]:
        """Return a list of the last build."""
        return set((self.content.parent / f".gazette/{name}.txt").read_text("utf-8").split())


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Return the content of a day, and a server of WebDAV on loopback that has nothing yet."""
    rclone = program("rclone", "rclone")
    content = sites.new(tmp_path)
    sites.add(content, MONDAY, sites.numbered(MONDAY, 8))
    served = tmp_path / "served"
    served.mkdir()
    environment = {**os.environ, "RCLONE_CONFIG": str(tmp_path / "rclone.conf")}
    command = [rclone, "serve", "webdav", str(served), "--addr", "127.0.0.1:0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = next(line for line in server.stderr if "Server started on " in line)
        environment |= {
            "RCLONE_CONFIG_REMOTE_TYPE": "webdav",
            "RCLONE_CONFIG_REMOTE_URL": said.partition(" on ")[2].strip(),
        }
        try:
            yield Place(content, served / "digest", environment)
        finally:
            server.terminate()


def test_a_day_sends_what_is_new_and_takes_away_what_is_gone(place: Place) -> None:
    """After each build the server has the site, byte for byte, and was sent the changed files."""
    site = place.build()
    assert place.send(FIRST) == set(site)
    assert shown(place.served) == site
    sites.add(place.content, TUESDAY, sites.numbered(TUESDAY, 3))
    before, site = site, place.build()
    assert place.send(COPY, DELETE) == {path for path in site if before.get(path) != site[path]}
    assert shown(place.served) == site
    slug = f"paper-{MONDAY}-3"
    assert main(["remove", slug, "--content", str(place.content), "--quiet"]) == 0
    before, site = site, place.build()
    assert f"papers/{slug}.html" in place.told("removed")
    assert place.send(COPY, DELETE) == {path for path in site if before.get(path) != site[path]}
    assert shown(place.served) == site


def test_a_build_that_changes_nothing_sends_nothing(place: Place) -> None:
    """Empty lists are no files, and not all of them."""
    site = place.build()
    place.send(FIRST)
    assert place.build() == site
    assert place.told("changed") == place.told("removed") == set()
    assert place.send(COPY, DELETE) == set()
    assert shown(place.served) == site


def test_what_was_not_sent_is_made_good(place: Place) -> None:
    """Two builds after the last one that was sent, one command makes the copy the site again."""
    place.build()
    place.send(FIRST)
    sites.add(place.content, TUESDAY, sites.numbered(TUESDAY, 3))
    place.build()
    assert main(["remove", f"paper-{MONDAY}-3", "--content", str(place.content), "--quiet"]) == 0
    site = place.build()
    place.send(AGAIN.replace("--checksum", "--ignore-times"))
    assert shown(place.served) == site
