"""What disks, clocks and other people do to a command: it says so, and the next one is right."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.commands import cli
from generator.content import folder
from generator.pipeline.build import ROOT
from tests.soak import steps
from tests.soak.scenes import Site, begun, records
from tests.trees import shown

MAIL = "url: https://x.example/\nemail:\n  from: digest@x.example\n"
SLUGS = [f"paper-{number}-of-the-day-1-on-routing" for number in range(6)]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site."""
    return begun(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def site(whole: Site, tmp_path: Path) -> Site:
    """Return a copy of it that has been built, and that something may befall."""
    return whole.copy(tmp_path / "site")


def page(folder: Path) -> Path:
    """Return a file of a new day."""
    file = folder / "page.jsonl"
    file.write_text(records(range(4, 5)), "utf-8")
    return file


def edit(site: Site) -> Path:
    """Add a line to an entry as a person does."""
    (entry,) = site.content.rglob(f"{SLUGS[1]}.md")
    with entry.open("a", encoding="utf-8") as file:
        file.write("\nWith doors.\n")
    return entry


def said(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Demand that the command ended with a message that has all of ``words``."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_content_that_is_edited_while_a_build_runs(site: Site, tmp_path: Path) -> None:
    """Whatever that build has seen of it, the next one has it."""
    counted = site.copy(tmp_path / "counted")
    edit(counted)
    count = steps.counted(["build", *counted.place])
    entry = edit(site)
    for step in (1, count // 2, count):
        done = steps.run(["build", *site.place], step, f"{entry}=And a line at the step {step}.")
        assert done.returncode == 0, done.stderr
        site.do()
        edit(site)
    assert f"at the step {count // 2}." in shown(site.output)[f"papers/{SLUGS[1]}.html"].decode()
    site.do()
    assert shown(site.output) == site.clean(tmp_path / "clean")


WRITERS = [
    ["new", "paper", "A paper of my own", "--date", "2025-03-02"],
    ["rename", SLUGS[0], "another-name"],
    ["move", SLUGS[1], "--date", "2025-03-03"],
    ["merge", SLUGS[2], SLUGS[3]],
    ["remove", SLUGS[4]],
]


def test_commands_that_write_take_turns(site: Site, tmp_path: Path) -> None:
    """All at once, with one that adds and two that build: none undoes what another did."""
    commands = [*WRITERS, ["add", str(page(tmp_path))], ["build"], ["build"]]
    running = [
        subprocess.Popen(
            steps.command([*each, *site.place]),
            cwd=ROOT,
            env=steps.environment({}),
            stderr=subprocess.PIPE,
            text=True,
        )
        for each in commands
    ]
    ended = [(process.communicate()[1], process.returncode) for process in running]
    # A build that reads while another writes may find a list of papers that are not there yet.
    assert not [each for each in ended[:-2] if each[1]], ended
    assert "Traceback" not in "".join(said for said, _ in ended)
    found = folder.load(site.content)
    lists = {f"{each.date}": [paper.slug for paper in each.papers] for each in found.digests}
    assert lists["2025-03-01"] == ["another-name", SLUGS[2], SLUGS[5]]
    assert len(lists["2025-03-02"]) == 7
    assert SLUGS[1] in lists["2025-03-03"]
    assert len(lists["2025-03-04"]) == 6
    site.do()
    assert shown(site.output) == site.clean(tmp_path / "clean")


def test_a_clock_that_goes_backwards(site: Site, tmp_path: Path) -> None:
    """A paper of a day that has come, and then has not, is not published any longer."""
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    file = tmp_path / "tomorrow.jsonl"
    file.write_text(
        json.dumps({"title": "Of tomorrow", "abstract": "Text.", "date": f"{tomorrow}"}), "utf-8"
    )
    site.do("add", str(file))
    done = steps.run(["build", *site.place], 1, "clock=200000")
    assert done.returncode == 0, done.stderr
    assert (site.output / "papers/of-tomorrow.html").exists()
    site.do()
    assert not (site.output / "papers/of-tomorrow.html").exists()
    assert shown(site.output) == site.clean(tmp_path / "clean")


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """Mount a file system of 2 MB at ``place``; skips the test where nobody may."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if os.name != "posix" or shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("only root can mount a disk of 2 MB")
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path, but: int) -> Path:
    """Fill the disk but for some bytes; return the file that does."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    filler.write_bytes(b"\0" * (free.f_bavail * free.f_frsize - but))
    return filler


@pytest.mark.parametrize("free", [0, 4096, 20_000])
def test_a_full_disk(whole: Site, tmp_path: Path, free: int) -> None:
    """A real one: content and site are as they were, or whole; with room again, all is right."""
    with small_disk(tmp_path / "disk"):
        disk = tmp_path / "disk"
        site = Site(disk)
        shutil.copytree(whole.content, site.content)
        (site.content / "site.yaml").write_text(MAIL, "utf-8")
        before = shown(site.content)
        filler = fill(disk, free)
        done = steps.run(["add", str(page(tmp_path)), *site.place])
        said(done, "No space left on device")
        assert before.items() <= shown(site.content).items()
        folder.load(site.content)
        assert not list(site.content.rglob("*.part"))
        said(steps.run(["build", *site.place]), "No space left on device", str(site.output))
        assert shown(site.output) == {}
        mail = ["email", "--eml", str(disk / "mail.eml"), *site.place]
        if free == 0:
            said(steps.run(mail), "No space left on device")
        filler.unlink()
        site.do("add", str(page(tmp_path)))
        assert len(folder.load(site.content).papers) == 24


@pytest.mark.parametrize("limit", [1000, 10_000])
def test_files_that_may_grow_no_further(site: Site, tmp_path: Path, limit: int) -> None:
    """What everybody can try of a full disk: the limit of the size of a file."""
    edit(site)
    before = shown(site.output)
    # Python would cut short what it compiles, and break on it ever after; and so would coverage.
    alone = "export PYTHONDONTWRITEBYTECODE=1; unset COVERAGE_PROCESS_CONFIG"
    shorter = ["sh", "-c", f'{alone}; ulimit -f {limit // 500}; exec "$0" "$@"']
    done = steps.run(["build", *site.place], under=shorter)
    said(done, "File too large", str(site.output))
    assert shown(site.output) == before
    site.do()
    assert shown(site.output) == site.clean(tmp_path / "clean")


def unprivileged() -> list[str]:
    """Return what takes from a process the right to pass over permissions, where it has it."""
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write anywhere, and nothing here can take that from it")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@contextlib.contextmanager
def closed(*folders: Path) -> Iterator[None]:
    """Let nobody write to ``folders`` and what is below them."""
    below = [path for each in folders for path in (each, *each.rglob("*"))]
    modes = {path: path.stat().st_mode for path in below}
    for path in below:
        path.chmod(modes[path] & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes.items():
            if path.exists():
                path.chmod(mode)


def test_folders_that_may_only_be_read(site: Site, tmp_path: Path) -> None:
    """Each command names what it may not write; where only the cache is closed, a build goes on."""
    under = unprivileged()
    entry = edit(site)
    built, written = shown(site.output), shown(site.content)
    with closed(site.content):
        for arguments in (*WRITERS, ["add", str(page(tmp_path))]):
            said(steps.run([*arguments, *site.place], under=under), "Permission denied")
        assert shown(site.content) == written
    with closed(site.output):
        said(steps.run(["build", *site.place], under=under), "Permission denied", str(site.output))
        assert shown(site.output) == built
    with closed(site.root / ".gazette"):
        done = steps.run(["build", *site.place], under=under)
        assert done.returncode == 0, done.stderr
    entry.chmod(0)
    said(steps.run(["build", *site.place], under=under), "Permission denied", entry.name)
    entry.chmod(0o644)
    site.do()
    assert shown(site.output) == site.clean(tmp_path / "clean")


def test_every_file_of_the_cache_cut_flipped_and_emptied(site: Site, tmp_path: Path) -> None:
    """After an edit, so that the next build needs it: each time it makes what a clean one does."""
    names = [path for path in (site.root / ".gazette").rglob("*") if path.is_file()]
    assert len(names) > 3
    (entry,) = site.content.rglob(f"{SLUGS[1]}.md")
    states = [entry.read_text("utf-8"), entry.read_text("utf-8") + "\nWith doors.\n"]
    clean = []
    for state in states:
        entry.write_text(state, "utf-8")
        clean.append(site.clean(tmp_path / "clean"))
    site.do()
    damages = (lambda data: data[: len(data) // 2], flipped, lambda _: b"")
    tried = [each for each in itertools.product(names, damages) if each[0].is_file()]
    assert len(tried) > 3
    for number, (name, damage) in enumerate(tried):
        if name.is_file():  # not of a state that is no more
            name.write_bytes(damage(name.read_bytes()))
        entry.write_text(states[number % 2], "utf-8")
        site.do()
        assert shown(site.output) == clean[number % 2], name


def test_a_folder_in_the_place_of_every_file_of_the_cache(site: Site, tmp_path: Path) -> None:
    """No build ends over what it only remembers."""
    for path in [path for path in (site.root / ".gazette").rglob("*") if path.is_file()]:
        path.unlink()
        path.mkdir()
    edit(site)
    site.do()
    assert shown(site.output) == site.clean(tmp_path / "clean")


def flipped(data: bytes) -> bytes:
    """Return ``data`` with a bit of its middle turned."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] if data else b""


def test_what_is_no_file_is_named(site: Site, tmp_path: Path) -> None:
    """A pipe, a link to itself, a name that is not UTF-8: neither waited for nor read."""
    pipe, loop = tmp_path / "pipe.txt", tmp_path / "loop.txt"
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    odd = os.fsencode(tmp_path) + b"/\xff.jsonl"
    with open(odd, "wb") as file:  # noqa: PTH123  # a name that is no text
        file.write(records(range(4, 5)).encode())
    said(steps.run(["add", str(pipe), *site.place]), "pipe.txt")
    said(steps.run(["add", str(loop), *site.place]), "loop.txt")
    assert steps.run(["add", os.fsdecode(odd), *site.place]).returncode == 0
    before = shown(site.output)
    folder = os.fsencode(site.content / "papers")
    entry = next(site.content.rglob("paper*.md")).read_bytes()
    for name in (b"pipe.md", b"loop.md", b"\xff.md"):
        path = Path(os.fsdecode(folder + b"/" + name))
        if name == b"pipe.md":
            os.mkfifo(path)
        elif name == b"loop.md":
            path.symlink_to(path)
        else:
            path.write_bytes(entry)
        said(steps.run(["build", *site.place]), name.decode(errors="backslashreplace"))
        path.unlink()
        assert shown(site.output) == before


def test_a_site_whose_list_and_cache_are_lost(site: Site) -> None:
    """It is not built over: a page of a paper that is gone would stay published."""
    (site.output / ".gazette").unlink()
    shutil.rmtree(site.root / ".gazette")
    site.do()  # nothing has changed: all that is there is ours
    (site.output / ".gazette").unlink()
    shutil.rmtree(site.root / ".gazette")
    site.do("remove", SLUGS[0])
    before = shown(site.output)
    assert cli.main(["build", *site.place]) == 1
    assert shown(site.output) == before
    shutil.rmtree(site.output)
    site.do()
    assert not (site.output / f"papers/{SLUGS[0]}.html").exists()


def test_a_list_that_is_deleted(site: Site) -> None:
    """The page of a paper that is removed then goes all the same: the cache knows it."""
    (site.output / ".gazette").unlink()
    site.do("remove", SLUGS[0])
    site.do()
    assert not (site.output / f"papers/{SLUGS[0]}.html").exists()
