"""Run a command in a process of its own, and have something happen at its step number so-and-so.

A step is whatever the command changes on the disk: a file opened to be written, moved or removed,
a folder made. ``python -m tests.soak.steps STEP HAPPENING ARGUMENT...`` runs ``build.py`` with the
arguments; with a step of 0 nothing happens. The number of steps is printed.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Self

from generator.commands.cli import main
from generator.pipeline.build import ROOT

_CHANGES = frozenset(["os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink", "os.link"])
_WRITES = os.O_WRONLY | os.O_RDWR
_NOTHING: Mapping[str, str] = MappingProxyType({})


def command(arguments: Sequence[str], step: int = 0, happening: str = "kill") -> list[str]:
    """Return the command line of a process that runs ``build.py`` so."""
    return [sys.executable, "-m", "tests.soak.steps", str(step), happening, *arguments]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with ``more``, and nothing asked of the network."""
    return {**os.environ, "GAZETTE_OFFLINE": "1", **more}


def run(
    arguments: Sequence[str],
    step: int = 0,
    happening: str = "kill",
    more: Mapping[str, str] = _NOTHING,
    *,
    under: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run ``build.py`` with ``arguments``; let ``happening`` befall it at ``step``.

    The process runs ``under`` another program, if one is named.
    """
    return subprocess.run(
        [*under, *command(arguments, step, happening)],
        cwd=ROOT,
        env=environment(more),
        capture_output=True,
        text=True,
        check=False,
    )


def counted(arguments: Sequence[str], more: Mapping[str, str] = _NOTHING) -> int:
    """Return how many steps the command takes; it has to succeed."""
    done = run(arguments, more=more)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.splitlines()[-1])


def _happen(what: str) -> None:
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what in {"SIGINT", "SIGTERM"}:
        os.kill(os.getpid(), getattr(signal, what))
    elif what.startswith("clock="):
        _set_clock(float(what.partition("=")[2]))
    else:  # a line that somebody adds to a file meanwhile
        path, _, line = what.partition("=")
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def _set_clock(seconds: float) -> None:
    """Let the clock be ``seconds`` ahead for the rest of this process."""
    now, now_ns = time.time, time.time_ns

    class Ahead(dt.datetime):
        """The moment that it will be."""

        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> Self:
            """Return that moment."""
            return super().now(tz) + dt.timedelta(seconds=seconds)

    time.time = lambda: now() + seconds
    time.time_ns = lambda: now_ns() + int(seconds * 1e9)
    dt.datetime = Ahead  # type: ignore[misc]  # for whoever asks it from now on


class _Steps:
    """Counts the steps of this process, and of no other that it starts."""

    def __init__(self, step: int, happening: str) -> None:
        self.done = 0
        self._step = step
        self._happening = happening
        self._process = os.getpid()

    def see(self, event: str, details: tuple[object, ...]) -> None:
        """Look at what Python is about to do."""
        is_change = event in _CHANGES or (
            event == "open" and isinstance(details[2], int) and bool(details[2] & _WRITES)
        )
        # What Python keeps of a program that it has compiled is no step of that.
        is_change = is_change and "__pycache__" not in str(details[0])
        if is_change and os.getpid() == self._process:
            self.done += 1
            if self.done == self._step:
                _happen(self._happening)


if __name__ == "__main__":
    steps = _Steps(int(sys.argv[1]), sys.argv[2])
    sys.addaudithook(steps.see)
    code = main(sys.argv[3:])
    sys.stdout.write(f"{steps.done}\n")
    sys.exit(code)
