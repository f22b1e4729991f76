"""What readers asked for: the list at hand, the wide screen used, no room for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sites
from tests.building import built

PAPER = "papers/sparse-routing.html"


def test_the_reading_list_is_in_the_masthead_from_the_first_paper_on(
    page: Page, small: Path
) -> None:
    """With its count, on every page; and two keys lead there."""
    at = small.as_uri()
    page.goto(f"{at}/index.html")
    link = page.locator(".masthead .saved")
    expect(link).to_be_hidden()
    page.locator(".papers > li").first.get_by_role("button", name="Save").click()
    expect(link).to_have_text("Saved 1")
    page.goto(f"{at}/about.html")
    expect(link).to_have_text("Saved 1")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/reading-list.html")


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_a_short_page_does_not_scroll(page: Page, small: Path, width: int) -> None:
    """There is nothing below the foot, and no emptiness above it to scroll over."""
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("404.html", "reading-list.html"):
        page.goto(f"{small.as_uri()}/{path}")
        height = "document.documentElement.scrollHeight - innerHeight"
        assert page.evaluate(height) <= 0, path


def test_a_wide_screen_has_the_papers_surroundings_beside_its_text(page: Page, small: Path) -> None:
    """Days and topics, citation and related papers stand right of the text; else below it."""
    page.goto(f"{small.as_uri()}/{PAPER}")
    parts = (".facts", ".more")

    def left(selector: str) -> float:
        box = page.locator(selector).bounding_box()
        assert box
        return box["x"]

    page.set_viewport_size({"width": 1440, "height": 900})
    assert all(left(part) > left(".text") + 400 for part in parts)
    page.set_viewport_size({"width": 390, "height": 900})
    assert all(left(part) == left(".text") for part in parts)


def test_a_paper_without_links_can_be_looked_for(page: Page, small: Path) -> None:
    """By its title; one with links needs no help."""
    page.goto(f"{small.as_uri()}/papers/protein-folds.html")
    found = page.locator(".actions a").evaluate_all("links => links.map(link => link.href)")
    assert found == [
        "https://arxiv.org/search/?searchtype=title&query=Protein+folds",
        "https://scholar.google.com/scholar?q=Protein+folds",
    ]
    page.goto(f"{small.as_uri()}/{PAPER}")
    expect(page.get_by_role("link", name="Find on")).to_have_count(0)


def test_the_topics_small_charts_share_an_edge(page: Page, tmp_path: Path) -> None:
    """However wide the counts beside them are."""
    sites.write(tmp_path / "content", "en")
    site = built(tmp_path / "content", tmp_path / "site")
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{site.as_uri()}/topics/index.html")
    edges = "charts => charts.map(chart => Math.round(chart.getBoundingClientRect().right))"
    found = page.locator(".topics svg").evaluate_all(edges)
    assert len(found) == 2
    assert len(set(found)) == 1


def test_a_topic_can_be_seen_by_votes(page: Page, small: Path) -> None:
    """The other order is a page of its own, which the first one links."""
    page.goto(f"{small.as_uri()}/topics/routing.html")
    page.get_by_role("link", name="Most votes").click()
    titles = page.locator(".papers h3").all_inner_texts()
    assert titles[0].startswith("Sparse Routing")
    assert titles[1].startswith("Dense routing")


def test_what_can_be_pressed_is_apart(page: Page, small: Path) -> None:
    """24 px or more from middle to middle, or as large, links within a sentence apart."""
    for path in sites.kinds(small):
        page.goto(f"{small.as_uri()}/{path}")
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(CLOSE) == [], (path, width)


# Targets smaller than 24 px whose circle of that size meets another target: WCAG 2.2, 2.5.8.
CLOSE = """() => {
  const inline = (at) => at.matches("p a, dd a, td a, figcaption a") &&
    getComputedStyle(at).display === "inline";
  const targets = [...document.querySelectorAll("a, button, summary, input, select")]
    .filter((at) => at.checkVisibility() && !at.matches(".skip, label input"))
    .map((at) => [at, at.getBoundingClientRect()])
    .filter(([, box]) => box.width && box.height);
  const small = ([at, box]) => (box.width < 23.5 || box.height < 23.5) && !inline(at);
  const near = ([a, one], [b, two]) => {
    if (a === b || a.contains(b) || b.contains(a)) return false;
    const x = (one.left + one.right) / 2, y = (one.top + one.bottom) / 2;
    const dx = Math.max(two.left - x, 0, x - two.right);
    const dy = Math.max(two.top - y, 0, y - two.bottom);
    return Math.hypot(dx, dy) < 12;
  };
  return targets.filter(small).flatMap((one) =>
    targets.filter((two) => near(one, two)).map((two) =>
      `${one[0].outerHTML.slice(0, 80)} | ${two[0].outerHTML.slice(0, 80)}`));
}"""
