"""site.yaml: what may stand in it, and what is said about what may not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.content import setting_notices, settings
from generator.content.settings import Settings
from generator.sources import fetch
from generator.system.errors import SourceError


def loaded(folder: Path, text: str) -> Settings:
    """Return the settings that ``text`` gives."""
    (folder / settings.FILE).write_text(text, encoding="utf-8")
    return settings.load(folder)


def test_silence_means_the_defaults(tmp_path: Path) -> None:
    """No file, an empty one and an empty value are the same."""
    assert settings.load(tmp_path) == Settings()
    assert loaded(tmp_path, "") == Settings()
    assert loaded(tmp_path, "accent:\npage_size:\n") == Settings()


def test_every_default_is_one_that_could_be_written() -> None:
    """The checks that a curator's values meet hold for ours."""
    defaults = Settings()
    assert not [key for key, check in settings.CHECKS.items() if check(getattr(defaults, key))]


@pytest.mark.parametrize(
    "text",
    [
        "url: https://name.github.io/digest/",
        "timezone: Europe/Berlin",
        "accent: '#06c'",
        "card: [authors, arxiv, comments]",
        "card: []",
        "paper_links: [doi]",
        "logo: icons/logo.svg",
        "nav: {Imprint: imprint, Figures: statistics.html}",
        "sources: {huggingface: , arxiv: {categories: [cs.CL], limit: 10}}",
        "nav: {Blog: https://example.org/blog, Mail: 'mailto:a@example.org'}",
        "giscus: {repo: a/b, repo-id: R, category: C, category-id: D, lang: en}",
        "analytics: {src: https://stats.example.org/s.js, data-domain: example.org}",
    ],
)
def test_what_may_stand_there(tmp_path: Path, text: str) -> None:
    """Each of these is taken as it is."""
    assert loaded(tmp_path, text) != Settings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour: red", "`colour` is no setting"),
        ("titel: A", "did you mean `title`?"),
        ("title: ' '", "`title` has to have a word"),
        ("url: example.org", "`url` has to be the site's address"),
        ("timezone: Europe/Berlni", "did you mean `Europe/Berlin`?"),
        ("accent: red", "'red' is no colour; write it as #a3271a"),
        ("page_size: 0", "`page_size` has to be 1 or more; found 0"),
        ("feed_items: -3", "`feed_items` has to be 1 or more; found -3"),
        ("page_size: many", "a whole number"),
        ("newsletter: javascript:alert(1)", "`newsletter` has to be a whole address"),
        ("repository: github.com/a/b", "like https://example.org/"),
        ("accent: #06c", "`accent` has no value, as YAML takes a # for"),
        ("accent: #06c", 'put it in quotes, accent: "#06c"'),
        ("footer: #1 of all", "`footer` has no value"),
        ("title: Papers: mine", "put it in quotes, title: 'Papers: mine'"),
        ("sources: {hugface: {}}", "did you mean `huggingface`?"),
        ("sources: {arxiv: {categories: cs.CL}}", "`categories` as a list, like [cs.CL]"),
        ("sources: {arxiv: cs.CL}", "`sources` needs `arxiv: {...}`"),
        ("format: 99", "`format` 99 is of a newer Gazette"),
        ("nav: {Blog: /blog}", "`nav` has to be a whole address"),
        ("card: [author]", "`card` has no 'author'; did you mean `authors`?"),
        ("paper_links: [votes]", "known are arxiv, pdf, doi, code"),
        ("logo: ../secret.svg", "`logo` has to be the path of a file below static/"),
        ("logo: icons/../../secret.svg", "`logo` has to be the path"),
        ("vectors: ../secret.bin", "`vectors` has to be the path of a table below content/"),
        ("language: ../strings/en", "`language` has to be the code of a language, like en"),
        ("giscus: {repo: a/b}", "`giscus` needs repo-id, category, category-id as well"),
        ("analytics: {data-domain: example.org}", "`analytics` needs `src`"),
        ("analytics: {src: https://a.org/s.js, onload: x}", "`analytics` has no 'onload'"),
    ],
)
def test_what_may_not_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    """The message names the line, what is wrong and what would be right."""
    with pytest.raises(SourceError) as found:
        loaded(tmp_path, f"# A comment.\n\n{text}\n")
    assert (found.value.line, words in str(found.value)) == (3, True), str(found.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("accent:", 'site.yaml:3: `accent` is empty; a colour stands in quotes: accent: "#06c"'),
        ("cards: true", "site.yaml:3: `cards` draws nothing without the site's address"),
    ],
)
def test_what_has_no_effect_is_said_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    """It is no error, and the build goes on."""
    site = loaded(tmp_path, f"# A comment.\n\n{text}\n")
    assert words in "\n".join(setting_notices.notices(tmp_path, site))


def test_what_has_its_effect_needs_no_word(tmp_path: Path) -> None:
    """Nothing is said of settings that do what they say."""
    site = loaded(tmp_path, "accent: '#06c'\ncards: true\nurl: https://a.example/\n")
    assert list(setting_notices.notices(tmp_path, site)) == []


def test_a_logo_that_is_not_there(tmp_path: Path) -> None:
    """The line is named, and where the picture should be."""
    site = loaded(tmp_path, "title: A\nlogo: icons/mine.svg\n")
    with pytest.raises(SourceError, match=r"site\.yaml:2: .*put icons/mine\.svg below"):
        setting_notices.logo(tmp_path, site, frozenset(["icons/gazette.svg"]))


def test_the_sources_are_those_that_can_be_asked() -> None:
    """The settings name them themselves, so as not to load what asks them."""
    assert set(settings.SOURCES) == set(fetch.SOURCES)


@pytest.mark.parametrize(
    ("given", "papers", "day", "month"),
    [
        ("", 20_001, "2025-09-30", "2025-10"),
        ("", 49_953, "2025-12-01", "2026-01"),
        ("", 20_000, "2025-09-30", None),
        ("2025-10", 20_001, "2025-09-30", None),
    ],
)
def test_many_papers_in_one_folder(given: str, papers: int, day: str, month: str | None) -> None:
    """What to write is said, with a month to come; not where it is written already."""
    site = settings.Settings(papers_by_month=given)
    said = "".join(setting_notices.crowded(site, papers, dt.date.fromisoformat(day)))
    assert said == "" if month is None else f"`papers_by_month: {month}`" in said
