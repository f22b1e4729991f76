"""Waiting for something in the browser, under the policy that the site has."""

from __future__ import annotations

from playwright.sync_api import Page

SEARCH_READY = "globalThis.gazetteSearch?.segments && globalThis.gazetteSearch.search"


def until(page: Page, condition: str) -> None:
    """Wait until ``condition``, an expression of JavaScript, holds on ``page``.

    Playwright's own way asks again with eval, which the policy of the site forbids.
    """
    page.evaluate(
        f"""() => new Promise((done) => {{
          const look = () => ({condition}) ? done() : requestAnimationFrame(look);
          look();
        }})"""
    )
