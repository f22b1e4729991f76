"""Related papers in the cache: read where they lie, by any process; without a cache, in memory."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator.library import vectors
from generator.library.catalogue import Catalogue
from generator.library.related import Near
from generator.pipeline import related_papers
from generator.pipeline.related_papers import Found, ReadSingly
from generator.system.records import Damaged
from tests.building import built
from tests.library.test_related import Text, catalogue, crowd, meaning, papers_of, related
from tests.plan import sites
from tests.trees import shown

TEXTS = crowd(120)
ABSTRACT = "Acoustic transcription of birdsong by speech recognition networks in noisy forests."


def find(root: Path, texts: list[Text] = TEXTS) -> Found:
    """Return what is found for ``texts``, where the content lies in ``root``."""
    facts: Catalogue = catalogue(texts)
    subjects = {text.slug: meaning(text.title, text.abstract).subject for text in texts}
    return related_papers.find(root / "content", facts, subjects, vectors.load())


def read(found: Found) -> dict[str, Near]:
    """Return what another process reads, which is told what was found."""
    return dict(pickle.loads(pickle.dumps(ReadSingly(lambda: found))))  # noqa: S301  # our own


def test_what_is_found_lies_in_the_cache(tmp_path: Path) -> None:
    """A process is told its place alone, and finds there what there is."""
    found = find(tmp_path)
    assert len(pickle.dumps(ReadSingly(lambda: found))) < 500
    assert read(found) == papers_of(related(TEXTS))


def test_where_no_cache_can_be_written_the_same_is_found(tmp_path: Path) -> None:
    """Each time anew."""
    (tmp_path / ".gazette").write_text("in the way")
    found = find(tmp_path)
    assert found.path is None
    assert read(found) == papers_of(related(TEXTS))


def test_nothing_is_written_where_nothing_has_changed(tmp_path: Path) -> None:
    """What was found last time holds; a paper more is another collection."""
    found = find(tmp_path)
    assert found.path is not None
    before = found.path.stat()
    assert find(tmp_path) == found
    assert found.path.stat() == before
    assert read(find(tmp_path, TEXTS[:100])) == papers_of(related(TEXTS[:100]))


@pytest.mark.parametrize("cut", [0, 10, 200, 4000])
def test_a_damaged_file_is_none(tmp_path: Path, cut: int) -> None:
    """One that is cut short, or has another byte: all is found anew."""
    found = find(tmp_path)
    assert found.path is not None
    whole = found.path.read_bytes()
    data = bytearray(whole)
    data[cut] ^= 1
    for damaged in (whole[:cut], bytes(data)):
        found.path.write_bytes(damaged)
        assert find(tmp_path) == found
        assert found.path.read_bytes() == whole


def test_a_file_that_is_another_one_since_is_not_read(tmp_path: Path) -> None:
    """It says so, and nothing of the other one is taken for what was found."""
    found = find(tmp_path)
    find(tmp_path, TEXTS[:100])
    with pytest.raises(Damaged):
        read(found)


@pytest.mark.parametrize(
    "title", ["Speech RECOGNITION of birds", "Speech recognition of small birds"]
)
def test_a_paper_names_an_older_one_as_that_is_called_now(tmp_path: Path, title: str) -> None:
    """In a cached build, too, and where its words are what they were."""
    content = sites.new(tmp_path)
    birds = {"title": "Speech recognition of birds", "slug": "birds", "abstract": ABSTRACT}
    sites.add(content, "2025-09-22", [birds, {"slug": "other", "abstract": "Graphs of roads."}])
    songs = {"slug": "songs", "abstract": f"Songs. {ABSTRACT}"}
    sites.add(content, "2025-09-23", [songs])
    assert birds["title"] in (sites.site(content) / "papers/songs.html").read_text("utf-8")
    sites.add(content, "2025-09-22", [{**birds, "title": title}, {"slug": "other"}])
    site = sites.site(content)
    assert title in (site / "papers/songs.html").read_text("utf-8")
    assert shown(site) == shown(built(content, tmp_path / "clean"))
