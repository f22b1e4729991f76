"""A saved search holds exactly the papers that the search page finds for the same words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
import yaml
from playwright.sync_api import Page, expect

from generator.plan.feeds import PART
from tests.building import built, seeded

pytestmark = pytest.mark.browser
AUTHORS = ["Ada Lovelace", "Alan Turing", "Grace Hopper", "José García", "Li Wei", "Søren Ås"]
LABELS = ["cs.CL", "cs.CV", "cs.LG", "stat.ML", "q-bio.BM"]
QUERIES = [
    # Words: all of them, in any form and order.
    *("models", "language models", "models language", "learn", "learning", "learned to learn"),
    *("The models of the task", "REASONING", "networks", "multi-modal", "multimodal", "few shot"),
    *("few-shot learning", "halfspaces", "García", "garcia", "Søren", "experts routing training"),
    # Phrases, and words and phrases that are not to be there.
    *('"language models"', '"large language models"', '"continual learning"', '"models language"'),
    *("learning -reinforcement", "-learning", 'models -"language models"', '"few shot" -class'),
    # Fields.
    *("title:learning", "title:learning -title:continual", "abstract:video", "title:agents models"),
    *('author:"Ada Lovelace"', "author:lovelace", '-author:"Alan Turing"', 'author:"A. Turing"'),
    *('author:"Grace Hopper" learning', "author:lovelace -author:garcia", 'author:"Li Wei" video'),
    # Topics.
    *("topic:reasoning", "topic:reasoning math", "-topic:reasoning models"),
    *('topic:"Reinforcement learning"', "topic:reasoning -topic:reinforcement"),
    # Lunr's own syntax: what has to be there, beginnings, near spellings, weights.
    *("+learning +continual", "+learning -continual", "reason*", "title:learn*", "*shot", "re*ing"),
    *("learnin~1", "+models title:video", "learning^10 models", "multi* -modal"),
]  # fmt: skip
FILTERS: list[dict[str, str]] = [
    {"topic": "Reasoning"},
    {"topic": "Reasoning", "q": "models"},
    {"code": "1"},
    {"code": "1", "q": "learning"},
    {"from": "2025-09-23"},
    {"to": "2025-09-22", "q": "models"},
    {"from": "2025-09-22", "to": "2025-09-22", "topic": "Reinforcement learning"},
]
# What a query says, said in the lines that a curator writes by hand.
BY_HAND: list[tuple[str, dict[str, object]]] = [
    ("topic:reasoning", {"topics": ["Reasoning"]}),
    ("topic:reasoning -topic:reinforcement", {"topics": ["reasoning", "-Reinforcement learning"]}),
    ('author:"Ada Lovelace"', {"authors": ["Lovelace, Ada"]}),
    ('author:"Ada Lovelace" -author:"Alan Turing"', {"authors": ["ada lovelace", "-Alan Turing"]}),
    ('learning -author:"José García"', {"query": "learning", "authors": ["-Jose Garcia"]}),
    ("models topic:reasoning", {"query": "models", "topics": ["+Reasoning"]}),
]
ASKED = [*({"q": query} for query in QUERIES), *FILTERS, *({"q": query} for query, _ in BY_HAND)]
EVERYTHING = 73
# Presses "more" until so many are there; where they lead.
UNFOLDED = """async (count) => {
  const titles = () => [...document.querySelectorAll("#results > li h3 a")];
  const list = document.querySelector("#results");
  while (titles().length < count) {
    if (list.dataset.state === "done") document.querySelector("#search-more").click();
    await new Promise(requestAnimationFrame);
  }
  return titles().map((link) => link.pathname);
}"""


class Site(NamedTuple):
    """The site of the 73 papers, of two days, with authors; ``content`` is where it comes from."""

    content: Path
    output: Path


@pytest.fixture(scope="module")
def authored(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the 73 papers with two authors and a label each, half of them a day earlier."""
    root = tmp_path_factory.mktemp("saved")
    content = seeded(root / "content")
    paths = sorted((content / "papers").rglob("*.md"))
    for at, path in enumerate(paths):
        pair = [AUTHORS[at % len(AUTHORS)], AUTHORS[(at * 5 + 1) % len(AUTHORS)]]
        more = f"authors: {json.dumps(pair)}\ntopics: [{LABELS[at % len(LABELS)]}]\n"
        text = path.read_text("utf-8")
        text = re.sub(r"^topics:\n(?:- .*\n)+", "", text, flags=re.MULTILINE)
        text = text.replace("date: 2025-09-23\n", f"date: 2025-09-{22 + at % 2}\n{more}", 1)
        path.write_text(text, encoding="utf-8")
    slugs = [path.stem for path in paths]
    for day in (22, 23):
        listed = "\n".join(f"- {slug}" for slug in slugs[day % 2 :: 2])
        path = content / f"digests/2025-09-{day}.md"
        head = f"---\ndate: 2025-09-{day}\ntitle: Daily Papers\npapers:\n{listed}\n---\n"
        path.write_text(head, encoding="utf-8")
    return Site(content, built(content, root / "site"))


def shown(page: Page, address: str, asked: dict[str, str]) -> tuple[list[str], str]:
    """Return the papers that the page counts as found, and the lines that it gives for them."""
    page.goto(f"{address}?{urlencode(asked)}")
    expect(page.locator("#results")).to_have_attribute("data-state", "done")
    expect(page.locator("#search-status")).not_to_be_empty()
    count = int(re.findall(r"^[0-9]+", page.locator("#search-status").inner_text())[0])
    addresses = page.evaluate(UNFOLDED, count)
    slugs = [one.rpartition("/")[2].removesuffix(".html") for one in addresses[:count]]
    return slugs, page.locator("#follow-lines").text_content() or ""


def test_it_finds_what_the_page_finds(page: Page, authored: Site, tmp_path: Path) -> None:
    """Of a table of queries and filters, by the lines that the page itself gives to paste."""
    address = f"{authored.output.as_uri()}/search.html"
    browser: dict[str, list[str]] = {}
    searches: dict[str, object] = {}
    for number, asked in enumerate(ASKED):
        slug = f"search-{number}"
        browser[slug], lines = shown(page, address, asked)
        (given,) = yaml.safe_load(lines).values()
        searches[f"Search {number}"] = given
    for number, (_, lines_by_hand) in enumerate(BY_HAND, len(ASKED) - len(BY_HAND)):
        searches[f"Search {number}"] = lines_by_hand
    text = yaml.safe_dump(searches, allow_unicode=True)
    (authored.content / "feeds.yaml").write_text(text, encoding="utf-8")
    site = built(authored.content, tmp_path / "site")
    wrong: list[tuple[dict[str, str], list[str], int, int]] = []
    for (slug, found), asked in zip(browser.items(), ASKED, strict=True):
        listed = (site / f"searches/{slug}.html").read_text("utf-8")
        held = set(re.findall(r'href="\.\./papers/([a-z0-9-]+)\.html"', listed))
        feed = json.loads((site / f"searches/{slug}/feed.json").read_bytes())["items"]
        carried = {one["url"].rpartition("/")[2].removesuffix(".html") for one in feed}
        if held != set(found) or not carried <= held or len(carried) < min(len(held), PART):
            wrong.append((asked, sorted(held ^ set(found)), len(found), len(held)))
    assert wrong == []
    counts = [len(found) for found in browser.values()]
    assert sum(0 < count < EVERYTHING for count in counts) > len(ASKED) * 3 // 4
