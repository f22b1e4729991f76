"""The content folder as a whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.content import entry_files, folder
from generator.system.errors import SourceErrors

PAPER = "---\ntitle: A\ndate: 2025-09-23\n---\n\nText.\n"
DIGEST = "---\ndate: 2025-09-23\ntitle: Daily\npapers:\n- a\n---\n"


def write(root: Path, files: dict[str, str | bytes]) -> None:
    """Write ``files`` below ``root``."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("files", "errors"),
    [
        ({"papers/x/a.md": "junk"}, ["papers/x/a.md:1: expected front matter"]),
        ({"papers/x/a.md": b"---\ntitle: \xff"}, ["papers/x/a.md:2: byte 0xff is not UTF-8"]),
        ({"papers/x/A b.md": PAPER}, ["papers/x/A b.md: the file's name becomes an address"]),
        (
            {"papers/x/a.md": PAPER, "papers/y/a.md": PAPER},
            ["papers/y/a.md: {root}/papers/x/a.md has the same name"],
        ),
        ({"digests/2025-09-23.md": DIGEST}, ["digests/2025-09-23.md:5: there is no paper 'a'"]),
        (
            {"papers/x/a.md": PAPER, "digests/2025-09-23.md": DIGEST.replace("- a", "- a\n- a")},
            ["digests/2025-09-23.md:6: 'a' is listed twice"],
        ),
        (
            {"papers/x/a.md": PAPER, "digests/2025-09-24.md": DIGEST},
            ["digests/2025-09-24.md:2: the date is 2025-09-23, but the file's name says"],
        ),
        (
            {"papers/x/b.md": "junk", "papers/x/a.md": "junk"},
            ["papers/x/a.md:1: expected", "papers/x/b.md:1: expected"],
        ),
    ],
)
def test_all_that_is_wrong_is_said_at_once(
    tmp_path: Path, files: dict[str, str | bytes], errors: list[str]
) -> None:
    """Every error of every file, sorted, with file and line."""
    write(tmp_path, files)
    with pytest.raises(SourceErrors) as caught:
        folder.load(tmp_path)
    lines = str(caught.value).splitlines()
    assert len(lines) == len(errors)
    for line, error in zip(lines, errors, strict=True):
        assert line.startswith(f"{tmp_path}/{error.format(root=tmp_path)}")


def test_a_paper_that_no_digest_lists_is_a_warning(tmp_path: Path) -> None:
    """It would be nowhere to be seen, and nobody would know why."""
    write(tmp_path, {"papers/x/a.md": PAPER})
    (warning,) = folder.load(tmp_path).warnings
    assert warning.startswith(f"{tmp_path}/papers/x/a.md: no digest lists this paper")


def test_hidden_and_other_files_are_not_entries(tmp_path: Path) -> None:
    """An editor's leavings and a README do no harm."""
    write(tmp_path, {"papers/x/.a.md.swp": "x", "papers/.git/a.md": "x", "papers/README": "x"})
    assert folder.load(tmp_path).papers == {}


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    """Files edited on Windows mean the same."""
    text = PAPER.replace("\n", "\r\n").encode("utf-8-sig")
    write(tmp_path, {"papers/x/a.md": text})
    paper = folder.load(tmp_path).papers["a"]
    assert (paper.title, paper.date, paper.abstract) == ("A", dt.date(2025, 9, 23), "Text.")


def test_a_known_entry_is_not_parsed_again(tmp_path: Path) -> None:
    """The same bytes give the same object back, whatever their times; others are read anew."""
    write(tmp_path, {"papers/x/a.md": PAPER, "papers/x/b.md": PAPER.replace("A", "B")})
    first = folder.load(tmp_path).entries
    write(tmp_path, {"papers/x/a.md": PAPER, "papers/x/b.md": PAPER.replace("A", "C")})
    for path, is_known in (("papers/x/a.md", True), ("papers/x/b.md", False)):
        again = entry_files.read(tmp_path, path, first[path])
        assert (again.value is first[path].value) == is_known
    assert folder.load(tmp_path, first).papers["b"].title == "C"


@pytest.mark.parametrize("extra", ["", "seen: 2025-01-01\nlist: [1, 2.5, null, {a: true}]\n"])
def test_entries_are_packed_and_unpacked_unchanged(tmp_path: Path, extra: str) -> None:
    """Every value keeps its type, those of keys that are not ours too."""
    write(tmp_path, {"papers/x/a.md": PAPER.replace("date", f"{extra}date")})
    write(tmp_path, {"digests/2025-09-23.md": DIGEST.replace("title", f"{extra}title")})
    found = folder.load(tmp_path).entries
    assert entry_files.unpack(entry_files.pack(found)) == found
