"""Find a program of Debian's that tests need, or get its package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import filelock
import pytest

# Tests that run at the same time take turns.
LOCK = Path(tempfile.gettempdir()) / "gazette-tests-apt.lock"
SECONDS = 300  # for one command, most of them downloads
# Where there is no network, that is known soon.
_APT = ("apt-get", "-qq", "-o", "Acquire::http::Timeout=15", "-o", "Acquire::Retries=1")


def run(*command: str) -> bool:
    """Run ``command``, its output on standard error; return whether it ran and succeeded."""
    try:
        done = subprocess.run(command, stdout=sys.stderr, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def brings(package: str, *options: str) -> bool:
    """Have apt install ``package``, if it is there and may; return whether it did.

    Whoever asks holds LOCK.
    """
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    return (
        is_root
        and shutil.which("apt-get") is not None
        and run(*_APT, "update")
        and run(*_APT, "install", "--yes", *options, package)
    )


def program(name: str, package: str) -> str:
    """Return the path of the program ``name``; where it is not installed, apt brings ``package``.

    Skips the test where it cannot be had: without Debian, its rights, or its network.
    """
    path = shutil.which(name)
    if path is None:
        with filelock.FileLock(LOCK):
            path = shutil.which(name)
            if path is None and brings(package, "--no-install-recommends"):
                path = shutil.which(name)
    if path is None:
        pytest.skip(f"needs `{name}`: apt-get install {package}")
    return path
