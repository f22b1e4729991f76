"""The output folder: changed at once, at the end, and only where it is ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.pipeline.output import MANIFEST, Output, check_place
from generator.system.errors import GazetteError
from tests.trees import shown


def make(root: Path, files: dict[str, str]) -> int:
    """Build ``files`` into ``root`` as a build does; return how many old ones were removed."""
    output = Output(root)
    with output.staged():
        staged = [path for path, text in files.items() if output.write(path, text.encode())]
        return len(output.commit(files.keys(), staged))


def test_what_is_no_longer_made_goes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    """Only files that an earlier build made are removed, with the folders they leave empty."""
    make(tmp_path, {"index.html": "1", "papers/a.html": "a", "old/b.html": "b"})
    (tmp_path / "papers" / "mine.txt").write_text("mine", encoding="utf-8")
    assert make(tmp_path, {"index.html": "2"}) == 2
    assert shown(tmp_path) == {"index.html": b"2", "papers/mine.txt": b"mine"}
    assert not (tmp_path / "old").exists()


def test_a_build_that_fails_leaves_the_site_as_it_was(tmp_path: Path) -> None:
    """Nothing moves before everything is there."""
    make(tmp_path, {"index.html": "1"})
    output = Output(tmp_path)

    def fail() -> None:
        with output.staged():
            output.write("index.html", b"2")
            output.write("new.html", b"2")
            raise GazetteError("a template is broken")

    with pytest.raises(GazetteError):
        fail()
    assert shown(tmp_path) == {"index.html": b"1"}


def test_an_equal_file_is_not_written_again(tmp_path: Path) -> None:
    """Its time stays, and with it whatever caches and tools go by that."""
    make(tmp_path, {"index.html": "1"})
    before = (tmp_path / "index.html").stat().st_mtime_ns
    make(tmp_path, {"index.html": "1"})
    assert (tmp_path / "index.html").stat().st_mtime_ns == before


@pytest.mark.parametrize("line", ["../outside.txt", "/etc/passwd", "a/../../outside.txt", "a//b"])
def test_the_list_of_files_leads_nowhere_else(tmp_path: Path, line: str) -> None:
    """The list lies in a folder that anybody can edit: it never removes a file outside."""
    outside = tmp_path / "outside.txt"
    outside.write_text("keep", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / MANIFEST).write_text(f"{line}\n", encoding="utf-8")
    make(site, {"index.html": "1"})
    assert outside.exists()


@pytest.mark.parametrize("place", ["content", "content/site", "."])
def test_the_site_needs_a_folder_of_its_own(tmp_path: Path, place: str) -> None:
    """A site among the entries, or around them, would mix what is made with what is written."""
    (tmp_path / "content").mkdir()
    with pytest.raises(GazetteError, match="a folder of its own"):
        check_place(tmp_path / place, [tmp_path / "content"])


def test_a_file_that_no_build_made_is_never_overwritten(tmp_path: Path) -> None:
    """A first build into a folder that holds somebody's page names it, and changes nothing."""
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(GazetteError, match=r"index\.html: is there, and no build made it"):
        make(tmp_path, {"about.html": "1", "index.html": "1"})
    assert shown(tmp_path) == {"index.html": b"mine"}
    (tmp_path / "papers").write_text("mine", encoding="utf-8")
    with pytest.raises(GazetteError, match="papers: is there, and no build made it"):
        make(tmp_path, {"papers/a.html": "1"})
    assert shown(tmp_path) == {"index.html": b"mine", "papers": b"mine"}


@pytest.mark.parametrize("place", ["index.html", "papers/a.html", "papers"])
def test_what_has_been_put_in_the_place_of_ours_is_replaced(tmp_path: Path, place: str) -> None:
    """A folder, a file, a link that leads outside: the next build makes the site whole."""
    site, outside = tmp_path / "site", tmp_path / "outside"
    files = {"index.html": "1", "papers/a.html": "a", "papers/b.html": "b"}
    for number, put in enumerate((Path.mkdir, Path.touch, None)):
        outside.mkdir(exist_ok=True)
        make(site, files)
        taken = site / place
        if taken.is_dir():
            for file in taken.iterdir():
                file.unlink()
            taken.rmdir()
        else:
            taken.unlink()
        if put:
            put(taken)
        else:
            taken.symlink_to(outside / "page.html" if place.endswith("l") else outside)
            (outside / "page.html").write_text(files.get(place, ""), encoding="utf-8")
        make(site, files)
        assert shown(site) == {path: text.encode() for path, text in files.items()}, number
        assert not taken.is_symlink()
    assert [file.name for file in outside.iterdir()] == ["page.html"]


def test_links_where_nothing_of_ours_is_are_left_alone(tmp_path: Path) -> None:
    """One to itself, one to nothing, one to somebody's folder: no build made them."""
    site, outside = tmp_path / "site", tmp_path / "outside"
    for folder in (site, outside):
        folder.mkdir()
    for name, target in (("round", site / "round"), ("nowhere", "gone"), ("photos", outside)):
        (site / name).symlink_to(target)
    make(site, {"index.html": "1"})
    links = {path.name for path in site.iterdir() if path.is_symlink()}
    assert links == {"round", "nowhere", "photos"}
    assert (site / "index.html").read_text("utf-8") == "1"


@pytest.mark.parametrize("link", ["papers", "papers/2026-01"])
def test_nothing_is_done_behind_a_link(tmp_path: Path, link: str) -> None:
    """No file is written there, or removed: neither one that is made anew nor one that is gone."""
    site, outside = tmp_path / "site", tmp_path / "outside"
    make(site, {"papers/2026-01/a.html": "a", "papers/2026-01/gone.html": "b"})
    (site / link).rename(outside)
    (site / link).symlink_to(outside)
    before = shown(outside)
    output = Output(site)
    wanted = {"papers/2026-01/a.html": b"a", "papers/2026-01/new.html": b"c"}
    with output.staged():
        staged = [path for path, data in wanted.items() if output.write(path, data)]
        assert staged == list(wanted)
        output.commit(wanted.keys(), staged)
    assert shown(site) == wanted
    assert shown(outside) == before
    assert len(before) == 2


def test_a_list_that_somebody_deleted_is_made_up_for_by_what_is_known(tmp_path: Path) -> None:
    """A page that is no longer made goes, though the list of ours is gone."""
    files = {"index.html": "1", "papers/a.html": "a"}
    make(tmp_path, files)
    (tmp_path / MANIFEST).unlink()
    output = Output(tmp_path)
    with output.staged():
        staged = [path for path in ("index.html",) if output.write(path, b"2")]
        output.commit({"index.html"}, staged, files.keys())
    assert shown(tmp_path) == {"index.html": b"2"}
    assert (tmp_path / MANIFEST).is_file()


@pytest.mark.parametrize(
    ("listed", "known"),
    [
        ("", ()),
        ("index.html\n", ("papers/a.html",)),
        ("papers/a.html\nindex.html\n", ()),
        ("../outside\nindex.html\n\n", ()),
        ("index.html\npapers/a.html\nzoo.html\n", ("index.html", "papers/a.html", "zoo.html")),
        ("zoo.html\nindex.html\n", ("papers/a.html",)),
    ],
)
def test_the_list_names_what_is_ours_in_order(
    tmp_path: Path, listed: str, known: tuple[str, ...]
) -> None:
    """Whatever somebody has made of it."""
    (tmp_path / MANIFEST).write_text(listed, encoding="utf-8")
    wanted = {"index.html": "1", "papers/a.html": "a", "papers/b.html": "b"}
    output = Output(tmp_path)
    with output.staged():
        staged = [path for path, text in wanted.items() if output.write(path, text.encode())]
        output.commit(wanted.keys(), staged, frozenset(known))
    assert (tmp_path / MANIFEST).read_text("utf-8").splitlines() == sorted(wanted)
