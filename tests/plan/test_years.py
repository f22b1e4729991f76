"""A site a year, with one search over all: what stands where, and that each is whole."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.commands import check, cli
from tests.plan import sites
from tests.trees import shown

OLD, NEW = "2025-12-31", "2026-01-02"
YEARS = "years: {2025: https://site.example/2025}\n"


def content(root: Path, settings: str = YEARS) -> Path:
    """Return the content of a day of each year, and of a paper that both list."""
    made = sites.new(root, settings)
    sites.add(made, OLD, [{"slug": "old-paper"}, {"slug": "listed-twice"}])
    sites.add(made, NEW, [{"slug": "new-paper"}])
    digest = made / f"digests/{NEW}.md"
    digest.write_text(digest.read_text("utf-8").replace("- new", "- listed-twice\n- new"), "utf-8")
    return made


def built(made: Path, *words: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Build both sites; return the files of that of all and of that of 2025. Both are whole."""
    place = ("--content", str(made), "--output", str(made.parent / "site"), "--quiet", *words)
    assert cli.main([*place]) == cli.main([*place, "--year", "2025"]) == 0
    found = [made.parent / name for name in ("site", "site-2025")]
    assert [list(check.check(site)) for site in found] == [[], []]
    return shown(found[0]), shown(found[1])


def papers(site: dict[str, bytes]) -> set[str]:
    """Return the names of the pages of papers."""
    return {path.partition("/")[2] for path in site if path.startswith("papers/")}


def test_each_has_the_pages_of_its_days(tmp_path: Path) -> None:
    """A paper that both years list has a page on both, as both link it."""
    now, then = built(content(tmp_path))
    assert papers(now) == {"new-paper.html", "listed-twice.html"}
    assert papers(then) == {"old-paper.html", "listed-twice.html"}
    assert f"digests/{OLD}.html" in then
    assert f"digests/{OLD}.html" not in now
    assert b"old-paper" not in now["feed.xml"] + now["sitemap.xml"]


def test_the_archive_leads_to_the_other_years(tmp_path: Path) -> None:
    """From the newest site, by their addresses."""
    now, _ = built(content(tmp_path))
    assert '<h2><a href="https://site.example/2025">2025</a></h2>' in now["archive.html"].decode()


def test_the_site_of_a_year_is_where_the_others_say(tmp_path: Path) -> None:
    """It names its own pages by that address, and no other year."""
    _, then = built(content(tmp_path))
    front = then["index.html"].decode()
    assert '<link rel="canonical" href="https://site.example/2025/">' in front
    assert b"new-paper" not in b"".join(then.values())


def records(site: dict[str, bytes]) -> dict[str, str]:
    """Return where results lead, by title, as records say it."""
    found: dict[str, str] = {}
    for path, data in site.items():
        if re.fullmatch(r"search/(?:old|new)/r\d+\.js", path):
            _, _, held = json.loads(b"[" + data[data.index(b"(") + 1 : data.rindex(b")")] + b"]")
            found |= {title: (rest[2:3] or [""])[0] for title, *rest in held}
    return found


def test_the_search_has_all_papers(tmp_path: Path) -> None:
    """Of those elsewhere it knows the site, and the folder where there are any by month."""
    made = content(tmp_path, f"{YEARS}papers_by_month: 2025-12\n")
    now, then = built(made)
    assert records(now) == {
        "Old paper": "https://site.example/2025/papers/2025-12/",
        "Listed twice": "2025-12/",
        "New paper": "2026-01/",
    }
    assert set(records(then)) == {"Old paper", "Listed twice"}


def test_a_related_paper_may_be_of_another_year(tmp_path: Path) -> None:
    """Its page says so by the whole address, and another title there by another text here."""
    made = sites.new(tmp_path, YEARS)
    for day, slug, text in (
        (
            OLD,
            "old-routing",
            "Tokens are routed to experts by a gate, and few experts are at work.",
        ),
        (NEW, "new-routing", "A gate routes tokens: sparse experts learn language with less work."),
    ):
        sites.add(made, day, [{"slug": slug, "abstract": text, "authors": ["Ada Lovelace"]}])
    link = '<a href="https://site.example/2025/papers/old-routing.html">'
    now, then = built(made)
    assert f"{link}Old routing</a>" in now["papers/new-routing.html"].decode()
    assert b"new-routing" not in then["papers/old-routing.html"]
    entry = made / "papers/2025-12/old-routing.md"
    entry.write_text(entry.read_text("utf-8").replace("Old routing", "Routing of old"), "utf-8")
    now, _ = built(made)
    assert f"{link}Routing of old</a>" in now["papers/new-routing.html"].decode()


def test_a_site_without_years_is_what_it_was(tmp_path: Path) -> None:
    """And a year alone is built of it, too."""
    now, then = built(content(tmp_path, ""))
    assert papers(now) == {"new-paper.html", "listed-twice.html", "old-paper.html"}
    assert papers(then) == {"old-paper.html", "listed-twice.html"}


def test_a_year_has_its_own_lists_of_what_changed(tmp_path: Path) -> None:
    """So that either site can be sent after both were built."""
    now, then = built(content(tmp_path))
    for name, site in (("changed", now), ("changed-2025", then)):
        told = (tmp_path / f".gazette/{name}.txt").read_text("utf-8").split()
        assert set(told) == {*site, ".nojekyll"}


def test_a_year_that_has_no_digest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Said, with exit code 1."""
    made = content(tmp_path)
    place = ("--content", str(made), "--output", str(tmp_path / "site"), "--quiet")
    assert cli.main([*place, "--year", "2031"]) == 1
    assert "--year: there is no digest in 2031" in capsys.readouterr().err


@pytest.mark.parametrize(
    "value", ["{2025: ''}", "{2025: example.org}", "{last: https://a.example/}"]
)
def test_a_year_has_an_address(
    tmp_path: Path, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Anything else is refused with its line."""
    made = sites.new(tmp_path, f"years: {value}\n")
    assert cli.main(["--content", str(made), "--output", str(tmp_path / "site"), "--quiet"]) == 1
    assert "site.yaml:4: `years" in capsys.readouterr().err
