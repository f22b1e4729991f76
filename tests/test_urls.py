"""The URLs of the site."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import urls


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Pointer Networks", "pointer-networks"),
        ("TÜLU 3: Pushing Frontiers", "tulu-3-pushing-frontiers"),
        ("Skill-it! A Data-Driven Framework", "skill-it-a-data-driven-framework"),
        ("Deep Learning Doesn't Learn Deeply", "deep-learning-doesnt-learn-deeply"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-paper"),
        ("   ", "paper-0aad7da77d"),
        ("大模型", "paper-25d7abe586"),
    ],
)
def test_slug_of_a_title(title: str, slug: str) -> None:
    """A slug is what a person would type of the title, and a safe file name."""
    assert urls.slugify(title) == slug


@given(st.text())
def test_any_title_has_a_slug_that_is_a_safe_file_name(title: str) -> None:
    """No title, however odd, leaves the folder or the alphabet of slugs."""
    slug = urls.slugify(title)
    assert slug
    assert len(slug) <= urls.SLUG_LENGTH + len("-paper")
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("index.html", "index.html", "index.html"),
        ("papers/a.html", "index.html", "papers/a.html"),
        ("index.html", "papers/a.html", "../index.html"),
        ("topics/b/feed.xml", "topics/b.html", "b/feed.xml"),
        ("css/site.css", "topics/b/c.html", "../../css/site.css"),
    ],
)
def test_relative_link(target: str, page: str, link: str) -> None:
    """Links are relative, so that one build works under any path and from a folder."""
    assert urls.relative(target, page) == link


def test_weeks_are_iso_weeks() -> None:
    """The last days of a year may lie in the first week of the next."""
    assert urls.week(date(2025, 9, 23)) == "weeks/2025-W39.html"
    assert urls.week(date(2024, 12, 30)) == "weeks/2025-W01.html"


def test_parts_of_a_long_list_are_numbered_from_the_oldest() -> None:
    """A full part never changes again, whatever is added later."""
    assert urls.numbered("topics/x.html", 1) == "topics/x-1.html"
    assert urls.numbered("topics/x.html", 2) == "topics/x-2.html"


def test_the_front_page_is_the_address_itself() -> None:
    """One page has one canonical address."""
    assert urls.absolute("index.html", "https://a.example/x/") == "https://a.example/x/"
    assert urls.absolute("papers/a.html", "https://a.example/x") == (
        "https://a.example/x/papers/a.html"
    )
