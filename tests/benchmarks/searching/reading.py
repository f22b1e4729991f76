"""What a reader's browser loads for a search, and how long it takes."""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.waiting import SEARCH_READY, until

CLOCK = """
() => {
  const list = document.getElementById("results");
  globalThis.times = new Promise((resolve) => {
    let start;
    document.getElementById("q").addEventListener(
      "input", () => { start = performance.now(); }, true);
    new MutationObserver(() => {
      if (start && list.dataset.state === "done") resolve(performance.now() - start);
    }).observe(list, { attributes: true });
  });
}
"""

# Put into a page before its scripts: milliseconds from the navigation to the results.
ARRIVAL = """
globalThis.arrived = new Promise((resolve) => {
  const look = () => document.getElementById("results")?.dataset.state === "done" &&
    resolve(performance.now());
  const all = { subtree: true, childList: true, attributes: true };
  new MutationObserver(look).observe(document, all);
});
"""


@dataclass(frozen=True)
class Network:
    """A network as Chromium simulates it: milliseconds to each answer, bits a second."""

    latency: float
    bits: float


SLOW_4G = Network(150, 1_638_400)  # Lighthouse's
GOOD_4G = Network(60, 9_000_000)


@dataclass(frozen=True)
class Spread:
    """The median, the 95th percentile and the greatest of some figures."""

    median: float
    p95: float
    most: float

    @classmethod
    def of(cls, figures: Sequence[float]) -> Spread:
        """Return the spread of ``figures``."""
        ordered = sorted(figures)
        return cls(statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])


def opened(context: BrowserContext, address: str) -> Page:
    """Return the search page, ready to be typed into."""
    page = context.new_page()
    page.goto(address + "search.html")
    until(page, SEARCH_READY)
    return page


def ask(page: Page, query: str) -> float:
    """Type ``query`` at once and wait for its results; return milliseconds from the key on."""
    page.evaluate(CLOCK)
    page.fill("#q", query)
    elapsed = page.evaluate("globalThis.times")
    assert isinstance(elapsed, float | int)
    return float(elapsed)


def listen(context: BrowserContext, responses: list[Response]) -> None:
    """Put every response that ``context`` gets into ``responses``."""
    context.on("response", lambda response: responses.append(response))  # noqa: PLW0108  # a builtin is refused


def cold(browser: Browser, address: str, queries: Sequence[str]) -> dict[str, list[float]]:
    """Return the bytes of every script, list, shard and record of each query, by kind and in all.

    Each query has a browser that never saw the site. Of the page itself the script counts that
    stands in it, packed by itself; its style sheet and the script of other pages do not.
    """
    kinds: dict[str, list[float]] = {
        kind: [] for kind in ("page", "client", "shards", "records", "texts", "help", "all")
    }
    for query in queries:
        context = browser.new_context()
        responses: list[Response] = []
        listen(context, responses)
        page = opened(context, address)
        ask(page, query)
        sums = dict.fromkeys(kinds, 0.0)
        begun = max(page.locator("script:not([src])").all_text_contents(), key=len)
        sums["page"] = sums["all"] = len(gzip.compress(begun.encode(), 6))
        for response in responses:
            path = response.url.removeprefix(address).partition("?")[0]
            if path.startswith("search/"):
                size = response.request.sizes()["responseBodySize"]
                sums[kind_of(path)] += size
                sums["all"] += size
        for kind, total in sums.items():
            kinds[kind].append(total)
        context.close()
    return kinds


def kind_of(path: str) -> str:
    """Return which part of the search a file is."""
    name = path.rpartition("/")[2].removesuffix(".js")
    if name == "search":
        return "client"
    if name.isdigit():
        return "shards"
    if name[1:].isdigit():
        return {"r": "records", "a": "texts"}.get(name[0], "help")
    return "help"


def arriving(
    browser: Browser, address: str, queries: Sequence[str], network: Network
) -> list[float]:
    """Return milliseconds from a navigation to the results that its address asks for.

    Each in a browser that never saw the site.
    """
    times: list[float] = []
    for query in queries:
        context = browser.new_context()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        rate = network.bits / 8
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": network.latency,
                "downloadThroughput": rate,
                "uploadThroughput": rate / 2,
            },
        )
        page.add_init_script(ARRIVAL)
        page.goto(f"{address}search.html?{urlencode({'q': query})}", wait_until="commit")
        times.append(page.evaluate("globalThis.arrived"))
        context.close()
    return times


def warm(browser: Browser, address: str, queries: Sequence[str]) -> list[float]:
    """Return milliseconds from key press to results, each on a page just opened.

    The browser has what the query needs in its cache, from an earlier visit, but the page does not
    have it in memory.
    """
    context = browser.new_context()
    times: list[float] = []
    for query in queries:
        for kept in ([], times):
            page = opened(context, address)
            kept.append(ask(page, query))
            page.close()
    context.close()
    return times
