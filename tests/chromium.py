"""Find a real Chromium for the browser tests, or get one.

``python -m tests.chromium`` prints its path.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import filelock
from playwright.sync_api import sync_playwright

from tests.debian import LOCK, brings, run

# Debian's shell first: the same browser, without a window's frame that costs as much as the pages.
SHELL = "chromium-headless-shell"
INSTALLED = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "no Chromium for the browser tests. Install one that is on PATH as `chromium` or "
    "`google-chrome` (Debian, Ubuntu: apt-get install chromium), or let Playwright fetch its own: "
    "python -m playwright install --with-deps chromium"
)


def installed() -> str | None:
    """Return the path of a Chromium that this machine already has, Playwright's own included."""
    for name in INSTALLED:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def executable() -> str:
    """Return the path of a Chromium, from Playwright's download or apt where none is installed.

    Raises RuntimeError that says what to install where neither can be had.
    """
    with filelock.FileLock(LOCK):
        return installed() or _fetched()


def _fetched() -> str:
    """Return the path of a Chromium that was not here before."""
    if run(sys.executable, "-m", "playwright", "install", "chromium") and (path := installed()):
        return path
    for package in (SHELL, "chromium"):
        if brings(package) and (path := installed()):
            return path
    raise RuntimeError(ADVICE)


if __name__ == "__main__":
    print(executable())  # noqa: T201  # the answer of this command
