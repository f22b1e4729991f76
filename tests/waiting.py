"""Waiting for something in the browser, under the policy that the site has."""

from __future__ import annotations

import json

from playwright.sync_api import Page

MOST = 120_000  # milliseconds: what has not come on a slow machine by then does not come
SEARCH_READY = "globalThis.gazetteSearch?.segments && globalThis.gazetteSearch.search"


def until(page: Page, condition: str) -> None:
    """Wait until ``condition``, an expression of JavaScript, holds on ``page``: minutes at most.

    It may be a promise. Playwright's own way takes any promise for true, and asks again with eval,
    which the policy of the site forbids.
    """
    never = json.dumps(f"never came true: {condition}")
    page.evaluate(
        f"""async () => {{
          const end = performance.now() + {MOST};
          while (!(await ({condition}))) {{
            if (performance.now() > end) throw new Error({never});
            await new Promise(requestAnimationFrame);
          }}
        }}"""
    )
