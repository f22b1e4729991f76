"""The words of the interface: every language has them all, and no template has any of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.system.errors import GazetteError, SourceError
from generator.theme.strings import Strings

TEMPLATES = Path(__file__).parents[2] / "templates"
LANGUAGES = sorted(path.stem for path in (TEMPLATES / "strings").glob("*.yaml"))
FIELD = re.compile(r"\{(\w+)\}")
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
KEY = re.compile(r"""\bt\(\s*["']([\w.-]+)["'](?!\s*[~+])""")
WORD = re.compile(r"[A-Za-z]{2,}")
# Names, which are the same in every language, and commands to type.
NAMES = re.compile(
    r"OPML|RSS(?: 2\.0)?|Atom|JSON(?: Feed)?|BibTeX|RIS|CSL(?:-JSON)?|python build\.py.*"
)
DAY = date(2025, 9, 23)


def strings(language: str) -> Strings:
    """Return the strings of ``language``."""
    return Strings(TEMPLATES / "strings", language)


def fields(text: str | Mapping[str, str]) -> set[str]:
    """Return the names that a text wants filled."""
    return set(FIELD.findall(text if isinstance(text, str) else text["other"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    """The keys are those of English, and a text is filled with nothing that English has not."""
    english, other = strings("en").texts, strings(language).texts
    assert other.keys() == english.keys()
    assert all(fields(other[key]) <= fields(english[key]) for key in english if key[:5] != "date.")


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_has_words_of_its_own(template: Path) -> None:
    """What a reader reads comes from the strings, and every key that is asked for is there."""
    text = template.read_text("utf-8")
    page = CODE.sub("", text)
    said = [TAG.sub("\n", page), *SPOKEN.findall(page)]
    assert [word for part in said for word in WORD.findall(NAMES.sub("", part))] == []
    assert set(KEY.findall(text)) <= strings("en").texts.keys()


@pytest.mark.parametrize(
    ("language", "form", "expected"),
    [
        ("en", "full", "Tuesday, 23 September 2025"),
        ("en", "long", "23 September 2025"),
        ("en", "short", "23 Sep 2025"),
        ("en", "month", "September 2025"),
        ("zh", "full", "2025年9月23日 星期二"),
        ("zh", "month", "2025年9月"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(
    language: str, form: str, expected: str
) -> None:
    """The order of day, month and year is a string like any other."""
    assert strings(language).day(DAY, form) == expected


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 0, "0 papers"),
        ("en", 1, "1 paper"),
        ("en", 50000, "50,000 papers"),
        ("zh", 1, "1 篇论文"),
    ],
)
def test_things_are_counted(language: str, count: int, expected: str) -> None:
    """One paper, two papers; large numbers are grouped."""
    assert strings(language)("papers", n=count) == expected


def test_a_text_of_another_may_hold_braces() -> None:
    """Only the string itself has fields; what they are filled with is taken as it is."""
    assert strings("en")("by", name="{n} {") == "by {n} {"


def test_an_unknown_language_is_told_the_known_ones() -> None:
    """The error names what would be right."""
    with pytest.raises(GazetteError, match="there is no 'fr'; there are: en, zh"):
        strings("fr")


def test_strings_that_are_no_mapping_are_an_error(tmp_path: Path) -> None:
    """The file is named."""
    (tmp_path / "en.yaml").write_text("- Today\n", "utf-8")
    with pytest.raises(SourceError, match="expected `key: text` lines"):
        Strings(tmp_path, "en")
