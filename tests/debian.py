"""Find a program of Debian's that judges what we make, or get its package."""

from __future__ import annotations

import os
import shutil

import filelock
import pytest

from tests.chromium import APT_LOCK, run

# Where there is no network, that is known soon.
_APT = ("apt-get", "-qq", "-o", "Acquire::http::Timeout=15", "-o", "Acquire::Retries=1")


def program(name: str, package: str) -> str:
    """Return the path of the program ``name``; where it is not installed, apt brings ``package``.

    Skips the test where it cannot be had: without Debian, its rights, or its network.
    """
    path = shutil.which(name)
    if path is None and os.geteuid() == 0 and shutil.which("apt-get"):
        # Tests that run at the same time take turns.
        with filelock.FileLock(APT_LOCK):
            path = shutil.which(name)
            if path is None and run(*_APT, "update"):
                run(*_APT, "install", "--yes", "--no-install-recommends", package)
                path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs `{name}`: apt-get install {package}")
    return path
