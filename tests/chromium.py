"""Find a real Chromium for the browser tests, or get one.

``python -m tests.chromium`` prints its path.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import filelock
from playwright.sync_api import sync_playwright

# Debian's shell first: the same browser, without a window's frame that costs as much as the pages.
SHELL = "chromium-headless-shell"
INSTALLED = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 300
APT_LOCK = Path(tempfile.gettempdir()) / "gazette-tests-apt.lock"
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


def run(*command: str) -> bool:
    """Run ``command``, its output on standard error; return whether it ran and succeeded."""
    try:
        done = subprocess.run(command, stdout=sys.stderr, timeout=DOWNLOAD_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def executable() -> str:
    """Return the path of a Chromium, from Playwright's download or apt where none is installed.

    Raises RuntimeError that says what to install where neither can be had.
    """
    # Tests that run at the same time take turns.
    with filelock.FileLock(APT_LOCK):
        return installed() or _fetched()


def _fetched() -> str:
    """Return the path of a Chromium that was not here before."""
    if run(sys.executable, "-m", "playwright", "install", "chromium") and (path := installed()):
        return path
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    if is_root and shutil.which("apt-get"):
        run("apt-get", "update", "-qq")
        for package in (SHELL, "chromium"):
            if run("apt-get", "install", "-y", "-qq", package) and (path := installed()):
                return path
    raise RuntimeError(ADVICE)


if __name__ == "__main__":
    print(executable())  # noqa: T201  # the answer of this command
