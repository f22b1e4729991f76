"""The mail itself: whole, short enough, readable everywhere, with a way to leave."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.commands.cli import main
from generator.commands.email.recipients import Recipient, load, read
from generator.system.errors import GazetteError, SourceErrors
from tests.plan import sites

SETTINGS = """
email:
  from: Gazette <digest@site.example>
  unsubscribe: https://lists.example/leave?who={address}
"""
TOPICS = "Routing: [routing]\nProteins: [protein]\n"
LONG = "We route tokens to the experts that know, and measure how well that goes. " * 20


def content(root: Path, papers: int = 3, settings: str = SETTINGS, **more: object) -> Path:
    """Return a site of two days, of so many papers the second."""
    made = sites.new(root, settings, TOPICS)
    sites.add(made, "2025-09-22", [{"slug": "folds", "abstract": "A protein."}])
    given = {"abstract": LONG, "authors": ["Ada Lovelace", "B", "C", "D"], **more}
    sites.add(made, "2025-09-23", sites.numbered("2025-09-23", papers, **given))
    return made


def written(made: Path, *options: str) -> EmailMessage:
    """Return the mail that the command writes."""
    target = made.parent / "mail.eml"
    assert main(["email", "--content", str(made), "--eml", str(target), "--quiet", *options]) == 0
    message = email.message_from_bytes(target.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def parts(message: EmailMessage) -> tuple[str, str]:
    """Return text and HTML."""
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def test_what_it_says(tmp_path: Path) -> None:
    """The newest digest, as text and as HTML, each paper linked to its page on the web."""
    message = written(content(tmp_path, title="Routing of $x^2$ & <more>"))
    assert message["Subject"] == "Gazette: 23 September 2025"
    assert message["From"] == "Gazette <digest@site.example>"
    assert message["Date"] == "Tue, 23 Sep 2025 00:00:00 -0400"
    text, html = parts(message)
    for part in (text, html):
        assert part.count("https://site.example/path/papers/") == 3
        assert "https://site.example/path/digests/2025-09-23.html" in part
        assert "We route tokens" in part
        assert "$" not in part
        assert "Ada Lovelace, B, C" in part
    assert "& <more>" in text
    assert "&amp; &lt;more&gt;" in html
    assert "<math" not in html


def test_a_week(tmp_path: Path) -> None:
    """All of its days, each under its own heading."""
    message = written(content(tmp_path), "--week", "2025-W39")
    text, html = parts(message)
    assert message["Subject"] == "Gazette: 22 September 2025 – 28 September 2025"
    assert text.index("Monday, 22 September") < text.index("Tuesday, 23 September")
    assert html.count("/papers/") == 4


@pytest.mark.parametrize("papers", [1, 73, 200, 1000])
def test_gmail_shows_all_of_it(tmp_path: Path, papers: int) -> None:
    """Below 102 KB whatever a day brings; what is left out is counted and linked."""
    message = written(content(tmp_path, papers))
    assert len(message.as_bytes()) < 102_000
    text, html = parts(message)
    shown = html.count("/papers/")
    assert shown == text.count("/papers/")
    assert shown == papers or f"{papers - shown:,} more papers" in html


def test_titles_in_chinese_are_short_enough_too(tmp_path: Path) -> None:
    """Where a letter takes three bytes and four when it is sent."""
    message = written(content(tmp_path, 150, title="通过稀疏专家路由" * 8, abstract="专家" * 300))
    assert len(message.as_bytes()) < 102_000


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 700])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_screen(tmp_path: Path, browser: Browser, width: int, scheme: str) -> None:
    """No scrolling sideways, even for a word that never ends; dark where that is wished."""
    _, html = parts(written(content(tmp_path, title="Electroencephalo" * 12)))
    dark = scheme == "dark"
    page = browser.new_page(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
    )
    try:
        page.set_content(html)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        red = int(re.findall(r"\d+", colour)[0])
        assert (red < 60) == dark
    finally:
        page.close()


def test_styles_are_inline_but_for_the_dark(tmp_path: Path) -> None:
    """Some mail programs drop what stands in the head."""
    _, html = parts(written(content(tmp_path)))
    assert '<h1 style="' in html
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert len(styles) == 1
    assert styles[0].lstrip().startswith("@media")
    assert not re.search(r"<(?:script|img|link)\b|https?://(?!site\.example)", html)


def test_an_empty_day_has_no_mail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And that is no error."""
    made = content(tmp_path)
    sites.add(made, "2025-09-24", [])
    target = tmp_path / "none.eml"
    assert main(["email", "--content", str(made), "--eml", str(target)]) == 0
    assert "no papers" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize(
    ("settings", "options", "said"),
    [
        ("", [], "email: {from"),
        ("url: ''\n" + SETTINGS, [], "given twice"),
        (SETTINGS, ["--date", "2025-01-01"], "no digest of 2025-01-01"),
        (SETTINGS, ["--week", "2025-39"], "2025-W39"),
        (SETTINGS, ["--week", "2024-W01"], "no digest in the week"),
        ("email: {from: nobody}\n", [], "needs `from`"),
        ("email: {form: a@b.example}\n", [], "did you mean `from`"),
        (SETTINGS, ["--send"], "SMTP_HOST"),
    ],
)
def test_what_is_missing_is_said(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    settings: str,
    options: list[str],
    said: str,
) -> None:
    """With exit code 1."""
    made = content(tmp_path, settings=settings)
    assert main(["email", "--content", str(made), *options]) == 1
    assert said in capsys.readouterr().err


def test_recipients() -> None:
    """An address a line, topics behind it, remarks; one that comes twice counts once."""
    text = "ada@a.example\n# all\n\nAlan+x@b.example routing, -proteins # some\nADA@a.example\n"
    assert read(text, "list", ["routing", "proteins"]) == (
        Recipient("ada@a.example"),
        Recipient("Alan+x@b.example", ("routing", "-proteins")),
    )


def test_wrong_recipients_are_all_said() -> None:
    """With their lines."""
    with pytest.raises(SourceErrors) as raised:
        read("nobody\na@b.example nothing\nx@y.example\n", "list", ["routing"])
    assert [error.line for error in raised.value.errors] == [1, 2]


def test_addresses_are_not_taken_from_a_repository(tmp_path: Path) -> None:
    """What is committed is published."""
    (tmp_path / ".git").mkdir()
    path = tmp_path / "content/people.txt"
    path.parent.mkdir()
    path.write_text("a@b.example\n", encoding="utf-8")
    with pytest.raises(GazetteError, match="repository"):
        load(path, {}, [])


def test_addresses_from_the_environment() -> None:
    """Lines, or semicolons between."""
    found = load(None, {"GAZETTE_RECIPIENTS": "a@b.example; c@d.example routing"}, ["routing"])
    assert [(one.address, one.topics) for one in found] == [
        ("a@b.example", ()),
        ("c@d.example", ("routing",)),
    ]
