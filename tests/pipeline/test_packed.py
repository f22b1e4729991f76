"""The site as one file: unpacked it works from the disk; books and ZIMs that readers take."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from libzim.reader import Archive
from playwright.sync_api import Page, expect

from generator.commands.cli import main
from generator.theme import xhtml
from tests.debian import program
from tests.plan import sites
from tests.trees import shown

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
ODD = {
    "slug": "odd",
    "title": "Odd <b> & $x^2$ [brackets]",
    "abstract": "If $a < b$ then a<b & *more*.  \nA line.\n\n- one\n- two\n\n$$\\frac{1}{2}$$",
    "authors": ["Søren Ås", "O'Neill & Sons"],
    "arxiv": "2509.00001",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a site of two months."""
    made = sites.new(tmp_path, "downloads: [zip, epub]\n", "Routing: [routing]\n")
    sites.add(made, "2025-08-29", [{"slug": "august", "abstract": "A routing of August."}])
    sites.add(made, "2025-09-22", [ODD, *sites.numbered("2025-09-22", 2)])
    sites.add(made, "2025-09-23", [])
    return made


def build(content: Path, *options: str) -> Path:
    """Build and pack; return the folder of the site."""
    site = content.parent / "site"
    place = ("--content", str(content), "--output", str(site), "--quiet")
    assert main([*place, *options]) == 0
    return site


def unpacked(file: Path) -> Path:
    """Return the only folder of what a ZIP holds."""
    target = file.with_suffix("")
    target = target.with_name(f"{target.name}-unpacked")
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        archive.extractall(target)
    (folder,) = target.iterdir()
    return folder


def test_the_zip_is_the_site(content: Path) -> None:
    """File by file; and the same site is the same ZIP."""
    site = build(content, "--zip")
    packed = site.with_name("site.zip")
    assert shown(unpacked(packed)) == shown(site)
    before = packed.read_bytes()
    build(content, "--zip")
    assert packed.read_bytes() == before


def test_the_zip_of_a_month_has_that_month_alone(content: Path) -> None:
    """A site of its own, and the one of all months stays as it is."""
    site = build(content, "--zip", "2025-08")
    folder = unpacked(site.with_name("site-2025-08.zip"))
    assert (folder / "papers/august.html").is_file()
    assert not (folder / "papers/odd.html").exists()
    assert (site / "papers/odd.html").is_file()


@pytest.mark.parametrize("month", ["2025-13", "2025-9", "2025-07"])
def test_no_such_month(content: Path, capsys: pytest.CaptureFixture[str], month: str) -> None:
    """Said, with exit code 1."""
    place = ("--content", str(content), "--output", str(content.parent / "site"), "--quiet")
    assert main([*place, "--zip", month]) == 1
    assert month in capsys.readouterr().err


@pytest.mark.browser
def test_unpacked_it_works_from_the_disk(content: Path, page: Page) -> None:
    """Search included."""
    folder = unpacked(build(content, "--zip").with_name("site.zip"))
    page.goto(f"{(folder / 'search.html').as_uri()}?q=routing")
    expect(page.locator("#results h3 a").first).to_have_text("August")
    page.locator("#results h3 a").first.click()
    expect(page.locator("h1")).to_have_text("August")


def book(content: Path, *options: str) -> Path:
    """Return the book that the command makes."""
    target = content.parent / "book.epub"
    place = ("--content", str(content), "--file", str(target), "--quiet")
    assert main(["pack", "epub", *place, *options]) == 0
    return target


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (["--date", "2025-09-22"], ["2025-09-22"]),
        (["--month", "2025-09"], ["2025-09-22", "2025-09-23"]),
    ],
)
def test_a_book(content: Path, options: list[str], days: list[str]) -> None:
    """The rules of EPUB 3: the type first and bare, every file listed, all of it well-formed."""
    with zipfile.ZipFile(book(content, *options)) as archive:
        names = archive.namelist()
        assert names[0] == "mimetype"
        assert archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        assert archive.read("mimetype") == b"application/epub+zip"
        roots = {
            name: ET.fromstring(archive.read(name))  # noqa: S314  # of our own making
            for name in names
            if name.endswith((".xhtml", ".opf", ".xml"))
        }
    package = roots["book/package.opf"]
    items = {item.attrib["href"]: item for item in package.iter(f"{OPF}item")}
    listed = {f"book/{href}" for href in items}
    assert listed == set(names) - {"mimetype", "META-INF/container.xml", "book/package.opf"}
    refs = [ref.attrib["idref"] for ref in package.iter(f"{OPF}itemref")]
    assert refs == ["contents", *(f"day-{day}" for day in days)]
    links = [link.attrib["href"] for link in roots["book/contents.xhtml"].iter(f"{XHTML}a")]
    assert links == [f"{day}.xhtml" for day in days]
    assert items["2025-09-22.xhtml"].attrib["properties"] == "mathml"
    day = roots["book/2025-09-22.xhtml"]
    assert len(list(day.iter(f"{XHTML}section"))) == 3
    assert len(list(day.iter("{http://www.w3.org/1998/Math/MathML}math"))) == 3
    assert "If " in "".join(day.itertext())


def test_epubcheck_finds_nothing(content: Path) -> None:
    """Debian's own; it is a JAR, which only some systems run as a program."""
    jar = program("epubcheck", "epubcheck")
    made = book(content, "--month", "2025-09")
    done = subprocess.run(["java", "-jar", jar, made], capture_output=True, check=False)
    assert b"0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr


def test_a_book_of_nothing(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Said, with exit code 1."""
    assert main(["pack", "epub", "--content", str(content), "--date", "2025-09-23"]) == 1
    assert "no papers" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a  \nb", "<p>a<br/>\nb</p>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("$x$", '<math xmlns="http://www.w3.org/1998/Math/MathML">'),
        ("![picture](https://x.example/a.png)", "<p>"),
        ("a&nbsp;b &copy; c", "<p>a"),
    ],
)
def test_xhtml(markdown: str, html: str) -> None:
    """What XML does not know is said in its own way."""
    made = str(xhtml.blocks(markdown))
    ET.fromstring(f"<div>{made}</div>")  # noqa: S314  # of our own making
    assert html in made
    assert not re.search(r"<img|<br>|&nbsp;", made)


def test_what_the_site_offers(content: Path) -> None:
    """Both files, linked on the subscribe page; the ZIP is whole, without the downloads."""
    site = build(content)
    page = (site / "subscribe.html").read_text("utf-8")
    for path in ("downloads/site.zip", "downloads/month.epub"):
        assert f'href="{path}"' in page
        assert zipfile.is_zipfile(site / path)
    found = shown(unpacked(site / "downloads/site.zip"))
    expected = {
        path: data for path, data in shown(site).items() if not path.startswith("downloads/")
    }
    assert found == expected


def test_zimcheck_finds_nothing(content: Path) -> None:
    """Debian's own."""
    judge = program("zimcheck", "zim-tools")
    site = build(content)
    target = content.parent / "site.zim"
    place = ("--content", str(content), "--output", str(site), "--file", str(target), "--quiet")
    assert main(["pack", "zim", *place]) == 0
    done = subprocess.run([judge, target], capture_output=True, text=True, check=False)
    assert (done.returncode, "[ERROR]" in done.stdout) == (0, False), done.stdout


def test_a_zim_opens_and_is_searched(content: Path) -> None:
    """Its main page is the front page, every page is there by its path."""
    site = build(content)
    target = content.parent / "site.zim"
    place = ("--content", str(content), "--output", str(site), "--file", str(target), "--quiet")
    assert main(["pack", "zim", *place]) == 0
    archive = Archive(target)
    assert archive.check()
    assert not archive.has_entry_by_path("404.html")
    assert archive.main_entry.get_item().path == "index.html"
    page = archive.get_entry_by_path("papers/odd.html").get_item()
    assert bytes(page.content) == (site / "papers/odd.html").read_bytes()
    assert bytes(archive.get_metadata("Title")) == b"Gazette"
