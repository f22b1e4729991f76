"""What a command costs: wall time, CPU seconds and peak memory, with all processes it starts.

A run is a whole process from start to end. Before it, the disk is let come to rest, and what the
run is to make anew is renamed away: deleting thousands of files slows down the creation of others
for a while on some file systems, so that nothing is deleted before the series has ended.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

SAMPLE_S = 0.03
_PAGE = os.sysconf("SC_PAGE_SIZE")
_numbers = count(1)
# Python keeps what it has compiled, as it does for everybody who has not told it otherwise.
_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


@dataclass(frozen=True)
class Cost:
    """Seconds of wall time and of CPU (user and system); peak memory in bytes.

    ``memory`` is the sum of the resident sets of all processes, the pages they share counted once
    a process, so that it is an upper bound.
    """

    wall: float
    cpu: float
    memory: int

    def __add__(self, other: Cost) -> Cost:
        """Return the cost of one command after another."""
        peak = max(self.memory, other.memory)
        return Cost(self.wall + other.wall, self.cpu + other.cpu, peak)


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure by itself."""
    return Cost(
        statistics.median(cost.wall for cost in costs),
        statistics.median(cost.cpu for cost in costs),
        int(statistics.median(cost.memory for cost in costs)),
    )


def run(
    command: Sequence[str | Path], cwd: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run ``command`` to its end and return what it cost; RuntimeError where it fails."""
    os.sync()
    log = cwd / "last.log"
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env={**_ENVIRONMENT, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        peak = _Peak(process.pid)
        peak.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        peak.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}: exit code {process.returncode}\n{log.read_text('utf-8')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak.bytes)


def weigh(root: Path) -> tuple[int, int]:
    """Return the number of the files below ``root`` and of their bytes."""
    sizes = [path.stat().st_size for path in root.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def set_aside(paths: Iterable[Path], attic: Path) -> None:
    """Rename ``paths``, where they exist, into the folder ``attic``."""
    attic.mkdir(exist_ok=True)
    for path in paths:
        if path.exists():
            path.rename(attic / f"{next(_numbers)}-{path.name}")


class _Peak(threading.Thread):
    """Looks again and again how much memory a process and its descendants have."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.bytes = 0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(SAMPLE_S):
            self.bytes = max(self.bytes, sum(map(_resident, _family(self._pid))))

    def stop(self) -> None:
        """End the thread."""
        self._ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    """Return ``pid`` and every process that descends from it."""
    found = [pid]
    for one in found:
        for task in _texts(Path(f"/proc/{one}/task"), "children"):
            found += map(int, task.split())
    return found


def _texts(folder: Path, name: str) -> list[str]:
    """Return the file ``name`` of every folder in ``folder``, those left out that have gone."""
    texts: list[str] = []
    # One that has ended since has no memory left.
    with contextlib.suppress(OSError):
        texts += (Path(each.path, name).read_text("ascii") for each in os.scandir(folder))
    return texts


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE
    except OSError:
        return 0
