"""Files that are staged: all of them at once, and no two at one path."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from generator.pipeline.manifest import Before, Manifest
from generator.pipeline.output import Output
from generator.pipeline.staging import Staging
from generator.system.errors import GazetteError

KEY = b"k" * 12


def staging(root: Path, *lists: dict[str, bytes], before: Before | None = None) -> Staging:
    """Return a staging for a site whose pages were planned in ``lists``."""
    pages = Manifest()
    for planned in lists:
        pages.add(planned)
    return Staging(Output(root), before or Before(), pages)


def commit(made: Staging) -> list[str]:
    """Commit; return what has gone."""
    return made.commit(lambda _: None)


def test_pages_go_before_other_files(tmp_path: Path) -> None:
    """In the order in which they were planned."""
    made = staging(tmp_path, {"b.html": KEY}, {"a.html": KEY})
    with made.output.staged():
        made.offer("0.css", KEY, lambda: b"0")
        assert [path for path, _ in made.files()] == ["b.html", "a.html", "0.css"]


def test_what_is_as_it_was_is_not_asked_for(tmp_path: Path) -> None:
    """What is another, what is not there, and what somebody has touched, is."""
    asked: list[str] = []

    def asking(path: str) -> bytes:
        asked.append(path)
        return path.encode()

    known = dict.fromkeys(("same", "other", "lost"), KEY)
    made = staging(tmp_path, before=Before(others=Manifest.of(known), lost=["lost"]))
    with made.output.staged():
        for path in ("same", "lost", "new"):
            made.offer(path, KEY, partial(asking, path))
        made.offer("other", b"o" * 12, partial(asking, "other"))
        assert asked == list(made.staged) == ["lost", "new", "other"]


@pytest.mark.parametrize(
    ("lists", "static", "said"),
    [
        (({"a.html": KEY}, {"b.html": KEY, "a.html": KEY}), "x.css", r"^a\.html is claimed twice"),
        (({"a.html": KEY},), "a.html", r"^theme/static/a\.html: the site has a page there"),
    ],
)
def test_two_files_at_one_path_are_an_error(
    tmp_path: Path, lists: tuple[dict[str, bytes], ...], static: str, said: str
) -> None:
    """Found before anything is moved."""
    made = staging(tmp_path, *lists)
    with made.output.staged():
        made.offer(static, KEY, lambda: b"")
        with pytest.raises(GazetteError, match=said):
            commit(made)
    assert list(tmp_path.iterdir()) == []


def test_two_static_files_at_one_path_are_an_error(tmp_path: Path) -> None:
    """At once."""
    made = staging(tmp_path)
    with made.output.staged():
        made.offer("a.css", KEY, lambda: b"")
        with pytest.raises(GazetteError, match=r"^theme/static/a\.css: the site has a page there"):
            made.offer("a.css", KEY, lambda: b"")
