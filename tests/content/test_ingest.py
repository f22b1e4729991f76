"""Adding digests to the content folder, without ever losing what a person wrote."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from generator.content import folder
from generator.content.ingest import Ingest, Report
from generator.model import Digest, Paper
from tests.trees import tree

DAY = dt.date(2025, 9, 23)
POINTER = Paper(
    slug="pointer-networks",
    title="Pointer Networks",
    date=DAY,
    abstract="We introduce pointers.",
    links={"code": "https://a.example/code"},
    votes=3,
    source="Daily Papers",
)
ORCA = Paper(slug="orca", title="Orca", date=DAY, abstract="Orca learns.", source="Daily Papers")
PAGE = Digest(date=DAY, title="Daily Papers", papers=(POINTER, ORCA), byline="AK")
POINTER_FILE = "papers/2025-09/pointer-networks.md"
DIGEST_FILE = "digests/2025-09-23.md"


def add(root: Path, *digests: Digest, overwrite: bool = False) -> Report:
    """Add ``digests`` to ``root`` as one run of the command does."""
    ingest = Ingest(root, folder.load(root), overwrite=overwrite)
    for digest in digests:
        ingest.add(digest)
    # What the run remembers of the files is what is in them.
    remembered = {path: entry.value for path, entry in ingest.entries.items()}
    assert remembered == {path: entry.value for path, entry in folder.load(root).entries.items()}
    return ingest.report


def edit(path: Path, old: str, new: str) -> str:
    """Change a file as a person does; return its new text."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return text.replace(old, new)


def test_a_new_digest_is_written_and_read_as_it_came(tmp_path: Path) -> None:
    """Papers and digest come back equal, in the order of the page."""
    report = add(tmp_path, PAGE)
    loaded = folder.load(tmp_path)
    assert loaded.digests == (PAGE,)
    assert loaded.warnings == ()
    assert (report.written, report.digests) == (2, 1)


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    """A second run finds every paper and writes no file."""
    add(tmp_path, PAGE)
    before = tree(tmp_path)
    report = add(tmp_path, PAGE)
    assert tree(tmp_path) == before
    assert str(report) == "nothing changed: 2 papers were known"
    assert report.kept == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We introduce pointers.", "We introduce *pointers*."),
        ("title: Pointer Networks", "title: Pointer Nets"),
        ("links:\n  code: https://a.example/code\n", ""),
        ("votes: 3", "votes: 3 # checked"),
    ],
)
def test_an_edited_entry_is_kept_and_named(tmp_path: Path, old: str, new: str) -> None:
    """The same source changes no byte of what a person changed, and says so."""
    add(tmp_path, PAGE)
    text = edit(tmp_path / POINTER_FILE, old, new)
    report = add(tmp_path, PAGE)
    assert (tmp_path / POINTER_FILE).read_text("utf-8") == text
    assert report.kept == [f"{tmp_path / POINTER_FILE}: edited by hand"]
    assert (report.written, report.digests) == (0, 0)


def test_overwrite_replaces_what_a_person_edited(tmp_path: Path) -> None:
    """Only when asked to."""
    add(tmp_path, PAGE)
    before = tree(tmp_path)
    edit(tmp_path / POINTER_FILE, "pointers", "arrows")
    report = add(tmp_path, PAGE, overwrite=True)
    assert tree(tmp_path) == before
    assert report.kept == []


def test_another_source_adds_the_facts_that_an_entry_lacks(tmp_path: Path) -> None:
    """What is there stays; counts only rise; the paper keeps its one entry and earliest date."""
    add(tmp_path, PAGE)
    later = dataclasses.replace(
        POINTER,
        date=dt.date(2025, 9, 24),
        abstract="Another abstract.",
        arxiv="1506.03134",
        doi="10.1/x",
        links={"code": "https://b.example", "project": "https://c.example"},
        votes=2,
        comments=1,
        source="Hugging Face",
    )
    report = add(tmp_path, Digest(date=later.date, title="Hugging Face", papers=(later,)))
    assert (report.written, report.gained, report.digests) == (0, 1, 1)
    assert folder.load(tmp_path).papers["pointer-networks"] == dataclasses.replace(
        POINTER,
        arxiv="1506.03134",
        doi="10.1/x",
        links={"code": "https://a.example/code", "project": "https://c.example"},
        comments=1,
    )


def test_facts_are_added_around_what_a_person_wrote(tmp_path: Path) -> None:
    """An edited entry gains lines from another source; every byte of the edit stays."""
    add(tmp_path, PAGE)
    edit(tmp_path / POINTER_FILE, "title: Pointer Networks", "title:   Pointer Networks # sic")
    edit(tmp_path / POINTER_FILE, "We introduce", "We hereby introduce")
    later = dataclasses.replace(
        POINTER, links={"pdf": "https://b.example"}, votes=9, doi="10.1/x", source="arXiv"
    )
    report = add(tmp_path, dataclasses.replace(PAGE, papers=(later,)))
    text = (tmp_path / POINTER_FILE).read_text("utf-8")
    assert "title:   Pointer Networks # sic\n" in text
    assert "We hereby introduce pointers." in text
    assert "votes: 9\n" in text
    assert "doi: 10.1/x\n" in text
    assert "  pdf: https://b.example\n" in text
    assert report.kept == [f"{tmp_path / POINTER_FILE}: edited by hand"]
    assert add(tmp_path, dataclasses.replace(PAGE, papers=(later,))).gained == 0


def test_an_older_digest_makes_the_paper_older(tmp_path: Path) -> None:
    """A paper's date is that of the first digest that lists it; its file stays where it is."""
    add(tmp_path, PAGE)
    earlier = dt.date(2025, 8, 1)
    older = dataclasses.replace(POINTER, date=earlier)
    add(tmp_path, dataclasses.replace(PAGE, date=earlier, papers=(older,)))
    assert folder.load(tmp_path).papers["pointer-networks"].date == earlier
    assert (tmp_path / POINTER_FILE).exists()


def test_a_list_grows_at_its_end_and_keeps_the_note(tmp_path: Path) -> None:
    """A curator's note and title are no reason to keep later papers out."""
    add(tmp_path, dataclasses.replace(PAGE, papers=(ORCA,)))
    path = tmp_path / DIGEST_FILE
    path.write_text(path.read_text("utf-8") + "\nA note.\n", "utf-8")
    edit(path, "title: Daily Papers", "title: Tuesday")
    add(tmp_path, PAGE)
    (digest,) = folder.load(tmp_path).digests
    assert digest == dataclasses.replace(
        PAGE, title="Tuesday", note="A note.", papers=(ORCA, POINTER)
    )


def test_a_list_edited_by_hand_is_kept_and_named(tmp_path: Path) -> None:
    """A paper that a person took out of a digest does not come back."""
    add(tmp_path, PAGE)
    text = edit(tmp_path / DIGEST_FILE, "- orca\n", "")
    (tmp_path / "papers/2025-09/orca.md").unlink()
    report = add(tmp_path, PAGE)
    assert (tmp_path / DIGEST_FILE).read_text("utf-8") == text
    assert not (tmp_path / "papers/2025-09/orca.md").exists()
    assert report.kept == [f"{tmp_path / DIGEST_FILE}: edited by hand; not added: Orca"]


def test_two_papers_of_one_title_have_two_entries(tmp_path: Path) -> None:
    """Their arXiv ids tell them apart, in the register and in the address."""
    one = dataclasses.replace(ORCA, arxiv="2503.00001")
    other = dataclasses.replace(ORCA, arxiv="2503.00002", abstract="Another.")
    add(tmp_path, dataclasses.replace(PAGE, papers=(one, other)))
    assert set(folder.load(tmp_path).papers) == {"orca", "orca-2503-00002"}


def test_tex_is_repaired_and_the_text_as_it_came_is_kept(tmp_path: Path) -> None:
    """The entry has what reads well, and what the source said."""
    raw = dataclasses.replace(ORCA, abstract=r"T\"ULU 3 is open.")
    add(tmp_path, dataclasses.replace(PAGE, papers=(raw,)))
    paper = folder.load(tmp_path).papers["orca"]
    assert paper.abstract == "TÜLU 3 is open."
    assert paper.original == {"abstract": r"T\"ULU 3 is open."}


def test_what_was_interrupted_is_completed(tmp_path: Path) -> None:
    """Papers come before the digest that lists them: a half run is valid and can go on."""
    ingest = Ingest(tmp_path, folder.load(tmp_path))

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest.add(PAGE, interrupt)
    half = folder.load(tmp_path)
    assert (set(half.papers), half.digests) == ({"pointer-networks"}, ())
    add(tmp_path, PAGE)
    assert folder.load(tmp_path).digests == (PAGE,)


@pytest.mark.parametrize(
    "paper",
    [
        dataclasses.replace(ORCA, votes=10**30),
        dataclasses.replace(ORCA, title=""),
        dataclasses.replace(ORCA, authors=("half a \ud800 character",)),
        dataclasses.replace(ORCA, links={"code": "https://[bad/x"}),
    ],
)
def test_what_no_entry_can_hold_is_named_and_the_others_are_taken(
    tmp_path: Path, paper: Paper
) -> None:
    """It never reaches the folder, where every later reading would stumble over it."""
    page = dataclasses.replace(PAGE, papers=(paper, POINTER))
    report = add(tmp_path, page)
    assert [slug.slug for slug in folder.load(tmp_path).papers.values()] == ["pointer-networks"]
    assert len(report.refused) == 1


def test_an_entry_repeats_nothing_by_reference(tmp_path: Path) -> None:
    """Where two keys have one and the same value, each has it written out, in one form."""
    day = dt.date(2025, 9, 23)
    add(
        tmp_path,
        Digest(
            date=day, title="A", papers=(dataclasses.replace(ORCA, date=day, published=str(day)),)
        ),
    )
    text = (tmp_path / "papers/2025-09/orca.md").read_text("utf-8")
    assert "date: 2025-09-23\n" in text
    assert "published: 2025-09-23\n" in text
    assert "&" not in text


def test_a_date_that_is_known_better_and_a_list_of_authors_that_is_whole_are_taken(
    tmp_path: Path,
) -> None:
    """A year gains its month, "et al." the names; nothing else that is there changes."""
    some = dataclasses.replace(ORCA, published="2023", authors=("A. Bee",), others=True)
    whole = dataclasses.replace(ORCA, published="2023-06", authors=("Ann Bee", "C. Dee"))
    for paper in (some, whole, some):
        add(tmp_path, dataclasses.replace(PAGE, papers=(paper,)))
    (kept,) = folder.load(tmp_path).papers.values()
    assert (kept.published, kept.authors, kept.others) == ("2023-06", ("Ann Bee", "C. Dee"), False)
