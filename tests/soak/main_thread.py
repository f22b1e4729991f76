"""No page of an entry of under 100 KB keeps the browser's main thread for 200 ms.

What would, Markdown and maths of too many tags, is shown as it came; all else is bounded by the
length of the file. A browser times its tasks by the clock: so `make soak` asks, with nothing beside
it, and `make test` does not.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page

from tests import building
from tests.waiting import until

pytestmark = pytest.mark.browser
MOST = 200  # milliseconds of one task
SIZE = 98_000
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) tasks.push(duration);
}).observe({ type: "longtask", buffered: true });
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => (window.shown = true))));
"""


def much(unit: str) -> str:
    """Return as much of ``unit`` as an entry can hold."""
    return unit * (SIZE // len(unit.encode()))


MATTER: dict[str, dict[str, object]] = {
    "title-of-words": {"title": much("word another ")},
    "title-of-one": {"title": much("x")},
    "title-of-maths": {"title": much("$x^2$ ")},
    "title-of-stress": {"title": much("*a* ")},
    "authors": {"authors": [f"{number:x}" for number in range(14_000)]},
    "links": {"links": {f"k{n}": f"https://a.example/{n}" for n in range(3000)}},
    "summary": {"summary": much("word another ")},
    "organization": {"organization": much("word another ")},
}
BODIES = {
    "words": much("word another "),
    "one": much("x"),
    "chinese": much("大模型语言"),
    "right-to-left": much("שלום עולם "),
    "accents": much("a\u0301\u0302\u0303"),
    "joined": much("👩\u200d🔬"),
    "maths": "$x^2$ " * 1490,
    "fractions": ("$" + r"\frac{a}{" * 15 + "x" + "}" * 15 + "$ ") * 110,
    "roots": ("$" + r"\sqrt{" * 15 + "x" + "}" * 15 + "$ ") * 300,
    "braces": r"$\overbrace{\underbrace{x}_{y}}^{z}$ " * 600,
    "matrix": r"$$\begin{matrix}" + ("a&" * 60 + r"a\\") * 60 + r"\end{matrix}$$",
    "table": "a|b\n-|-\n" + "a|b\n" * 1950,
    "wide": "\n".join(["|".join(cell * 1000) for cell in ("a", "-", "a", "a", "a", "a")]),
    "list": "- a\n" * 2900,
    "longer-list": "- a\n" * 5900,
    "paragraphs": "a\n\n" * 5900,
    "quotes": "> a\n\n" * 2900,
    "stress": "*a* " * 5900,
    "rules": "---\n\n" * 11_000,
    "code": "    a\n" * 16_000,
}


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of entries that hold as much as they can of one thing."""
    root = tmp_path_factory.mktemp("heavy")
    papers = root / "content/papers/2025-09"
    papers.mkdir(parents=True)
    (root / "content/digests").mkdir()
    for slug in (*MATTER, *BODIES):
        matter = {"title": slug, **MATTER.get(slug, {})}
        written = yaml.safe_dump(matter, allow_unicode=True, width=10**9)
        body = BODIES.get(slug, "An abstract.")
        text = f"---\ndate: 2025-09-23\n{written}---\n\n{body}\n"
        (papers / f"{slug}.md").write_text(text, "utf-8")
    listed = "".join(f"\n- {slug}" for slug in (*MATTER, *BODIES))
    digest = f"---\ntitle: All\ndate: 2025-09-23\npapers:{listed}\n---\n"
    (root / "content/digests/2025-09-23.md").write_text(digest, "utf-8")
    return building.built(root / "content", root / "site")


@pytest.mark.parametrize("path", [*(f"papers/{slug}.html" for slug in (*MATTER, *BODIES))])
def test_no_page_keeps_the_browser(page: Page, heavy: Path, path: str) -> None:
    """Read, laid out and shown, in tasks that a reader does not notice."""
    page.add_init_script(WATCH)
    longest = min(_longest(page, heavy / path) for _ in range(3))
    page.close()
    assert longest < MOST


def _longest(page: Page, path: Path) -> float:
    page.goto(path.as_uri())
    until(page, "window.shown")
    found: float = page.evaluate("Math.max(0, ...tasks)")
    return found
