"""Small sites in the middle of their lives, and the commands that befall them."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pytest_httpserver import HTTPServer

from generator.commands import cli
from generator.content import folder
from generator.system.fingerprints import TICK_NS
from tests.commands.email.servers import Handler, running
from tests.soak import steps
from tests.trees import shown

DAY = "2025-03-0{}"
READERS = [f"reader{number}@mail.example" for number in range(6)]


def records(days: range, papers: int = 6) -> str:
    """Return JSON Lines of some papers a day."""
    return "".join(
        json.dumps(
            {
                "id": f"2503.{day:02}{number:03}",
                "title": f"Paper {number} of the day {day} on routing",
                "authors": ["Ada Lovelace", f"Author {number}"],
                "summary": f"We route {day * number} tokens with $x^{number}$ gates.",
                "categories": ["cs.LG"],
                "digest_date": DAY.format(day),
            }
        )
        + "\n"
        for day in days
        for number in range(papers)
    )


@dataclass
class Site:
    """A folder with content, what was built of it, and its cache."""

    root: Path

    @property
    def content(self) -> Path:
        """The entries."""
        return self.root / "content"

    @property
    def output(self) -> Path:
        """The published site."""
        return self.root / "site"

    @property
    def place(self) -> list[str]:
        """The options that name both."""
        return ["--content", str(self.content), "--output", str(self.output), "--quiet"]

    def do(self, *arguments: str) -> None:
        """Run a command, which has to succeed; without any, build in this process alone."""
        given = arguments or ("build", "--jobs", "1")
        assert cli.main([*given, *self.place]) == 0, given

    def copy(self, root: Path) -> Site:
        """Return a copy that something may befall, built where it is: a cache knows its files."""
        shutil.rmtree(root, ignore_errors=True)
        copied = Site(root)
        shutil.copytree(self.content, copied.content)
        copied.settle()
        copied.do()
        return copied

    def settle(self) -> None:
        """Let the clock of the disk go on, so that a command always takes the same steps.

        What was written a moment ago is read again by the next command.
        """
        newest = max(path.stat().st_ctime_ns for path in self.content.rglob("*"))
        while time.time_ns() <= newest + TICK_NS:
            pass

    def clean(self, root: Path) -> dict[str, bytes]:
        """Return the site that a first build makes of the content."""
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        new = Site(root)
        shutil.copytree(self.content, new.content)
        new.do()
        return shown(new.output)


@dataclass
class Scene:
    """A site, what is done to a copy of it, the command that something befalls, what must hold."""

    site: Site
    arguments: Callable[[Site], list[str]]
    environment: Mapping[str, str] = field(default_factory=dict)
    change: Callable[[Site], object] = lambda _: None
    holds: Callable[[], object] = lambda: None

    def copy(self, root: Path) -> Site:
        """Return a copy of the site, in which the command is what comes next."""
        site = self.site.copy(root)
        self.change(site)
        site.settle()
        return site


@contextlib.contextmanager
def adding(root: Path) -> Iterator[Scene]:
    """Yield a site of which a day that is known gets papers, and another comes."""
    page = root / "page.jsonl"
    page.write_text(records(range(2, 4), papers=9), "utf-8")
    yield Scene(begun(root), lambda at: ["add", str(page), *at.place])


@contextlib.contextmanager
def fetching(root: Path) -> Iterator[Scene]:
    """Yield a site whose source, on loopback, answers with a new day."""
    site = begun(root)
    answer = [
        {
            "paper": {
                "id": f"2503.090{number:02}",
                "title": f"Fetched {number}",
                "summary": "An abstract.",
                "submittedOnDailyAt": "2025-03-05T08:00:00Z",
            }
        }
        for number in range(9)
    ]
    with HTTPServer() as server:
        server.expect_request("/api/daily_papers").respond_with_json(answer)
        settings = f"sources:\n  huggingface: {{base: '{server.url_for('/')}'}}\n"
        (site.content / "site.yaml").write_text(settings, "utf-8")
        asked = ["fetch", "huggingface", "--date", "2025-03-05"]
        yield Scene(site, lambda at: [*asked, *at.place])


@contextlib.contextmanager
def building(root: Path) -> Iterator[Scene]:
    """Yield a site where a day has come, a paper is gone, a word is another."""
    page = root / "page.jsonl"
    page.write_text(records(range(4, 5)), "utf-8")

    def change(site: Site) -> None:
        site.do("add", str(page))
        site.do("remove", "paper-2-of-the-day-2-on-routing")
        changed = next(site.content.rglob("paper-3-of-the-day-1*.md"))
        changed.write_text(changed.read_text("utf-8").replace("gates", "doors"), "utf-8")

    yield Scene(begun(root), lambda at: ["build", *at.place], change=change)


@contextlib.contextmanager
def first_building(root: Path) -> Iterator[Scene]:
    """Yield a site of which nothing has been built so far."""

    def change(site: Site) -> None:
        shutil.rmtree(site.output)
        shutil.rmtree(site.root / ".gazette")

    yield Scene(begun(root), lambda at: ["build", *at.place], change=change)


@contextlib.contextmanager
def mailing(root: Path) -> Iterator[Scene]:
    """Yield a site whose six readers get the newest digest; nobody gets it twice."""
    site = begun(root)
    people = root / "people.txt"
    people.write_text("".join(f"{each}\n" for each in READERS), "utf-8")
    settings = "url: https://x.example/\nemail:\n  from: digest@x.example\n"
    (site.content / "site.yaml").write_text(settings, "utf-8")
    handler = Handler()
    with running(handler) as port:

        def holds() -> None:
            got = Counter(address for address, _ in handler.taken)
            assert max(got.values(), default=0) <= 1, got
            # One may be in doubt: the server took it, or died with it.
            assert len(got) >= len(READERS) - 1, got

        asked = ["email", "--send", "--to", str(people)]
        yield Scene(
            site,
            lambda at: [*asked, *at.place],
            {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none"},
            change=lambda _: handler.taken.clear(),
            holds=holds,
        )


SCENES = {
    "add": adding,
    "fetch": fetching,
    "build": building,
    "first build": first_building,
    "email": mailing,
}


def begun(root: Path) -> Site:
    """Return a site of three days."""
    site = Site(root / "begun")
    site.content.mkdir(parents=True)
    page = root / "begun.jsonl"
    page.write_text(records(range(1, 4)), "utf-8")
    site.do("add", str(page))
    return site


@dataclass
class Trial:
    """A scene, what its command leads to where nothing befalls it, and the site then."""

    scene: Scene
    root: Path
    steps: int
    content: dict[str, bytes]
    before: dict[str, bytes]
    after: dict[str, bytes]

    @classmethod
    def of(cls, scene: Scene, root: Path) -> Trial:
        """Run the command undisturbed."""
        whole = scene.copy(root / "whole")
        before = shown(whole.output)
        count = steps.counted(scene.arguments(whole), scene.environment)
        scene.holds()
        after = whole.clean(root / "clean")
        return cls(scene, root, count, shown(whole.content), before, after)

    def killed(self, kill: Callable[[list[str], Mapping[str, str]], None]) -> None:
        """Have ``kill`` end the command before its time, and see what that leaves."""
        site = self.scene.copy(self.root / "cut")
        kill(self.scene.arguments(site), self.scene.environment)
        folder.load(site.content)  # raises what is wrong with it
        self._is_published(site)
        again = steps.run(self.scene.arguments(site), more=self.scene.environment)
        assert again.returncode == 0, again.stderr
        self.scene.holds()
        assert shown(site.content) == self.content
        assert not [path for path in site.content.rglob("*") if path.name.startswith(".")]
        site.do()
        assert shown(site.output) == self.after
        left = {path.name for path in site.output.iterdir() if path.name.startswith(".")}
        assert left == {".gazette", ".gazette-lock", ".nojekyll"}

    def _is_published(self, site: Site) -> None:
        """Each file of the site is whole, as it was or as it will be, and none is lost."""
        now = shown(site.output)
        for path, data in now.items():
            assert data in (self.before.get(path), self.after.get(path)), path
        assert self.before.keys() & self.after.keys() <= now.keys()
