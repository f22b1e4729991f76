"""The Content Security Policy of every page."""

from __future__ import annotations

import pytest

from generator.content.settings import Settings
from generator.system.errors import GazetteError
from generator.theme import content_security


def directives(settings: Settings) -> dict[str, list[str]]:
    """Return the policy under ``settings``, by directive."""
    text = content_security.content_security("alert(1)", settings)
    return {name: allowed for name, *allowed in (part.split() for part in text.split("; "))}


def test_a_page_loads_its_own_folder_and_nothing_else() -> None:
    """Only the one script that stands in the page has a hash; no other host is named."""
    assert directives(Settings()) == {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }


def test_comments_open_the_policy_for_their_host_alone() -> None:
    """Giscus is a script, a style sheet and a frame from one host."""
    closed, opened = directives(Settings()), directives(Settings(giscus={"repo": "a/b"}))
    changed = {name: allowed for name, allowed in opened.items() if closed.get(name) != allowed}
    assert changed == {
        "script-src": [*closed["script-src"], "https://giscus.app"],
        "style-src": ["'self'", "https://giscus.app"],
        "frame-src": ["https://giscus.app"],
    }


def test_analytics_open_the_policy_for_their_host_alone() -> None:
    """A script, what it asks for, and the image that some of them count by."""
    opened = directives(Settings(analytics={"src": "https://count.example.org:81/a/b.js?c=d"}))
    named = {name for name, allowed in opened.items() if "https://count.example.org:81" in allowed}
    assert named == {"script-src", "connect-src", "img-src"}


@pytest.mark.parametrize(
    "src", ["", "count.js", "http://a.org/b.js", "https://a.org; script-src */b.js", "https:///b"]
)
def test_analytics_need_the_address_of_a_script(src: str) -> None:
    """Anything else is an error that says what would be right."""
    with pytest.raises(GazetteError, match=r"should be `src: https://HOST/SCRIPT\.js`"):
        content_security.content_security("", Settings(analytics={"src": src, "domain": "a"}))
