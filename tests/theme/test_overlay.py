"""theme/: what a site puts there goes before what we bring, and changes no more than that."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.commands import check
from generator.pipeline import build
from generator.pipeline.build import Options
from generator.system.errors import GazetteError, SourceError
from generator.system.progress import Progress
from tests.browser import sites
from tests.trees import shown


class Site:
    """A small site in a folder of its own, which a test gives a theme."""

    def __init__(self, root: Path) -> None:
        self.root = root
        sites.write(root / "content", "en")
        self.write("content/site.yaml", "title: Mine\n")

    def write(self, path: str, text: str) -> None:
        """Write a file below the site's folder."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def build(self, **more: object) -> build.Report:
        """Build with what is remembered of earlier builds."""
        options = Options(content=self.root / "content", output=self.root / "site", **more)  # type: ignore[arg-type]  # what a test says of them
        return build.build(options, Progress(quiet=True))

    def page(self, path: str) -> str:
        """Return the text of a file of the site."""
        return (self.root / "site" / path).read_text("utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a site without a theme."""
    return Site(tmp_path)


def test_a_template_takes_the_place_of_ours_and_the_others_stay(site: Site) -> None:
    """One template is another; all other pages are byte for byte what they were."""
    site.build()
    before = shown(site.root / "site")
    site.write("theme/templates/404.html", '{% extends "_base.html" %}{% block main %}Gone.')
    site.write("theme/templates/404.html", "Gone from {{ site.title }}.\n")
    site.build()
    after = shown(site.root / "site")
    # What readers keep without a network is told that it may be another.
    kept = {"sw.js", "offline.json"}
    assert {path for path in after if after[path] != before.get(path)} - kept == {"404.html"}
    assert site.page("404.html") == "Gone from Mine.\n"


def test_a_part_of_ours_can_be_taken_over(site: Site) -> None:
    """What our templates include, extend or import is looked for in theme/ first."""
    site.write("theme/templates/_colophon.html", "<footer>Set by hand.</footer>")
    site.build()
    assert "<footer>Set by hand.</footer>" in site.page("papers/sparse-routing.html")


def test_files_are_added_and_take_the_place_of_ours(site: Site) -> None:
    """theme/static/ is laid over static/."""
    site.write("theme/static/CNAME", "papers.example\n")
    site.write("theme/static/icons/gazette.svg", "<svg></svg>\n")
    site.build()
    assert (site.page("CNAME"), site.page("icons/gazette.svg")) == (
        "papers.example\n",
        "<svg></svg>\n",
    )


def test_a_style_sheet_is_linked_on_every_page_while_it_is_there(site: Site) -> None:
    """Its coming and its going change every page, its text only itself."""
    site.write("theme/site.css", "h1 { color: teal; }\n")
    site.build()
    assert '<link rel="stylesheet" href="../theme.css">' in site.page("papers/sparse-routing.html")
    site.write("theme/site.css", "h1 { color: green; }\n")
    # The page or file itself, and what tells readers without a network of it.
    assert site.build().written == 3
    assert site.page("theme.css") == "h1{color: green}\n"
    (site.root / "theme/site.css").unlink()
    site.build()
    assert "theme.css" not in site.page("index.html")
    assert not (site.root / "site/theme.css").exists()


def test_a_language_is_a_file(site: Site) -> None:
    """What it does not say stays English; no link of the interface is lost."""
    site.write("theme/templates/strings/eo.yaml", "nav.today: Hodiaŭ\nlink.code: Kodo\n")
    site.write("content/site.yaml", "title: Mia\nlanguage: eo\n")
    site.build()
    page = site.page("index.html")
    assert '<html lang="eo">' in page
    assert ">Hodiaŭ<" in page
    assert ">Archive<" in page
    assert list(check.check(site.root / "site")) == []


def test_texts_of_ours_can_be_said_otherwise(site: Site) -> None:
    """The same file name as one of our languages replaces what it names."""
    site.write("theme/templates/strings/en.yaml", "nav.today: The latest\n")
    site.build()
    assert ">The latest<" in site.page("index.html")


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("\n\n{{ nothing }}", 3, "UndefinedError for the page 404.html: there is no such name"),
        ("\n{{ site.titel }}", 2, "'titel'"),
        ("{{ t('no.such') }}", 1, "there is no text or key 'no.such'"),
        ("{{ site.title | nofilter }}", 1, "No filter named 'nofilter'"),
        ("\n{% include 'no.html' %}", 2, "there is no template 'no.html'"),
        ("{{ urls.nowhere }}", 1, "nowhere"),
        ("{{ urls.paper() }}", 1, "TypeError"),
        ("{% if %}", 1, "Expected an expression"),
        ("\n{% endif %}", 2, "unknown tag 'endif'"),
    ],
)
def test_a_template_that_names_what_is_not_there(
    site: Site, template: str, line: int, words: str
) -> None:
    """The file, the line and the name are said."""
    site.write("theme/templates/404.html", template)
    with pytest.raises(SourceError) as found:
        site.build()
    said = str(found.value)
    assert f"theme/templates/404.html:{line}: " in said
    assert words in said


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("nav.today: Now\nnav.toda: Now\n", 2, "did you mean `nav.today`?"),
        ("papers: '{n} of {m}'\n", 1, "cannot be filled with {m}; it has n"),
        ("nav.today: [a]\n", 1, "`nav.today` has to be text"),
        ("papers: {one: a}\n", 1, "`papers` needs `other`"),
        ("a: b: c\n", 1, "this is not YAML"),
    ],
)
def test_texts_that_the_interface_does_not_have(
    site: Site, text: str, line: int, words: str
) -> None:
    """The file, the line and what would be right are said."""
    site.write("theme/templates/strings/en.yaml", text)
    with pytest.raises(SourceError) as found:
        site.build()
    assert f"strings/en.yaml:{line}: " in str(found.value)
    assert words in str(found.value)


def test_a_static_file_is_no_page(site: Site) -> None:
    """Which of the two should be there cannot be known."""
    site.write("theme/static/index.html", "Mine.\n")
    with pytest.raises(GazetteError, match=r"theme/static/index\.html: the site has a page there"):
        site.build()


def test_pages_of_the_sites_own(site: Site) -> None:
    """Those with a place stand in the navigation, the others at the foot; about.md is the about."""
    site.write("content/pages/imprint.md", "---\ntitle: Imprint\nnav: 2\n---\n\nWho *we* are.\n")
    site.write("content/pages/team.md", "---\ntitle: Team\nnav: 1\n---\n\nUs.\n")
    site.write("content/pages/terms.md", "---\ntitle: Terms\n---\n\nNone.\n")
    site.write("content/pages/secret.md", "---\ntitle: Secret\ndraft: true\n---\n\nNo.\n")
    site.write("content/pages/about.md", "---\ntitle: About us\n---\n\nWe read.\n")
    site.build()
    head = site.page("index.html").partition("</nav>")[0]
    assert head.index(">Team<") < head.index('href="imprint.html">Imprint<')
    assert ">Terms<" not in head
    assert ">Terms<" in site.page("index.html")
    assert "<p>Who <em>we</em> are.</p>" in site.page("imprint.html")
    assert 'aria-current="page">Imprint<' in site.page("imprint.html")
    assert "<p>We read.</p>" in site.page("about.html")
    assert "Secret" not in site.page("index.html")
    assert list(check.check(site.root / "site")) == []
    site.write("content/pages/terms.md", "---\ntitle: Terms\n---\n\nSome.\n")
    # The page or file itself, and what tells readers without a network of it.
    assert site.build().written == 2
    site.build(drafts=True)
    assert "Secret" in site.page("index.html")


def test_the_setting_nav_takes_pages(site: Site) -> None:
    """A page by its name, in the words and the place of site.yaml; or an address."""
    site.write("content/pages/imprint.md", "---\ntitle: Imprint\nnav: 1\n---\n\nWe.\n")
    nav = "nav: {Who: imprint, Numbers: statistics.html, Code: 'https://code.example/'}"
    site.write("content/site.yaml", f"title: Mine\n{nav}\n")
    site.build()
    head = site.page("index.html").partition("</nav>")[0]
    assert '<a href="imprint.html">Who</a>' in head
    assert '<a href="statistics.html">Numbers</a>' in head
    assert ">Imprint<" not in head
    site.write("content/site.yaml", "title: Mine\nnav:\n  Who: imprimt\n")
    with pytest.raises(SourceError, match=r"site\.yaml:3: .*leads to no page 'imprimt'"):
        site.build()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("imprint", "---\nnav: 1\n---\n", ":1: `title` is missing"),
        ("imprint", "---\ntitle: A\nplace: 1\n---\n", ":3: `place` is no key of a page"),
        ("imprint", "---\ntitle: A\nnav: first\n---\n", ":3: `nav` has to be a whole number"),
        ("imprint", "No head.\n", ":1: expected front matter"),
        ("The Imprint", "---\ntitle: A\n---\n", "the-imprint.md would do"),
        ("archive", "---\ntitle: A\n---\n", "the site has a page of this name"),
    ],
)
def test_a_page_that_is_none(site: Site, name: str, text: str, words: str) -> None:
    """The file, the line and what would be right are said."""
    site.write(f"content/pages/{name}.md", text)
    with pytest.raises(GazetteError) as found:
        site.build()
    assert words in str(found.value)
