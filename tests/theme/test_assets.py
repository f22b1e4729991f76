"""Style sheets and scripts are made smaller, and stay what they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.theme import assets

STATIC = Path(__file__).parent.parent.parent / "static"
RULES = """source => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(source);
    return [...sheet.cssRules].map((rule) => rule.cssText);
}"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a { color: red; }\n\nb { color: blue; }\n", "a{color: red}b{color: blue}\n"),
        ("/* why */\na  b\n{}", "a b{}\n"),
        ('a::after { content: " ; /* no */ }"; }', 'a::after{content: " ; /* no */ }"}\n'),
        ("a :is(b, c) > d {}", "a :is(b, c) > d{}\n"),
        ("@media print { a { top: calc(1px + 2px); } }", "@media print{a{top: calc(1px + 2px)}}\n"),
        ("", "\n"),
    ],
)
def test_a_style_sheet_loses_what_means_nothing(source: str, expected: str) -> None:
    """Comments and idle white space go; strings and the spaces of selectors stay."""
    assert assets.css(source) == expected


@pytest.mark.parametrize("path", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
def test_a_browser_reads_the_same_rules(page: Page, path: Path) -> None:
    """Chromium parses each of our sheets to the same rules, shrunk or not."""
    source = path.read_text(encoding="utf-8")
    rules = page.evaluate(RULES, source)
    assert page.evaluate(RULES, assets.css(source)) == rules
    assert len(rules) > 5


def test_other_files_stay_as_they_are() -> None:
    """A picture is no text."""
    assert assets.shrunk("a.png", b"/* no */ \x89") == b"/* no */ \x89"


def test_a_script_loses_its_comments() -> None:
    """What a script does is left."""
    assert assets.shrunk("a.js", b"/* why */\nlet  a = 1; // so\n") == b"let a=1;\n"
