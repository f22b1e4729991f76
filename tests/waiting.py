"""Waiting for something in the browser, under the policy that the site has."""

from __future__ import annotations

import json

from playwright.sync_api import Page

MOST = 120_000  # milliseconds: what has not come on a slow machine by then does not come
SEARCH_READY = "globalThis.gazetteSearch?.segments && globalThis.gazetteSearch.search"


def until(page: Page, condition: str) -> None:
    """Wait until ``condition``, an expression of JavaScript, holds on ``page``: minutes at most.

    Playwright's own way asks again with eval, which the policy of the site forbids.
    """
    page.evaluate(
        f"""() => new Promise((done, fail) => {{
          const end = performance.now() + {MOST};
          const look = () => {{
            if ({condition}) done();
            else if (performance.now() < end) requestAnimationFrame(look);
            else fail(new Error("never came true: " + {json.dumps(condition)}));
          }};
          look();
        }})"""
    )
