"""What was sent to whom, written before and after each message, so that nobody gets one twice.

A server that takes a message and dies before it says so leaves a doubt. The journal decides it for
the recipient's peace: such a message counts as sent. It has keys, no addresses.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import filelock

from generator.pipeline.cache import MAIL, cache_folder
from generator.system.errors import GazetteError


class State(StrEnum):
    """How far a message has come: on its way, taken, certainly not taken, refused for good."""

    TRYING = "trying"
    SENT = "sent"
    FAILED = "failed"
    REFUSED = "refused"


class Journal:
    """The journal of one edition. Use ``opened``."""

    def __init__(self, path: Path) -> None:
        self._states: dict[str, State] = {}
        self._path = path
        held = path.read_text("utf-8", errors="replace") if path.exists() else ""
        for line in held.splitlines():
            self._read(line)
        self._file = path.open("a", encoding="utf-8", newline="\n")
        if held and not held.endswith("\n"):  # the disk was full: what comes next is a line again
            self._file.write("\n")

    def _read(self, line: str) -> None:
        """Take over one line; the last one may have been cut short, and then says nothing."""
        try:
            key, state = json.loads(line)
            self._states[key] = State(state)
        except (ValueError, TypeError):
            return

    def state(self, key: str) -> State | None:
        """Return how far the message to ``key`` has come, or None where none was tried."""
        return self._states.get(key)

    def is_over(self, key: str) -> bool:
        """Say whether there is nothing more to do for ``key``: sent, in doubt, or refused."""
        return self._states.get(key) in {State.SENT, State.TRYING, State.REFUSED}

    def write(self, key: str, state: State) -> None:
        """Note ``state``, so that it is on the disk; raises GazetteError where it is not.

        That a message was taken may be lost with the machine: it was on its way, and that counts
        as much.
        """
        try:
            self._file.write(json.dumps([key, state]) + "\n")
            self._file.flush()
            if state is not State.SENT:
                os.fsync(self._file.fileno())
        except OSError as error:
            message = f"{self._path}: cannot be written, so nothing is sent: {error.strerror}"
            raise GazetteError(message) from None
        self._states[key] = state

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@contextmanager
def opened(content: Path, edition: str) -> Iterator[Journal]:
    """Open the journal of ``edition`` of the folder ``content``; one run at a time has it.

    Raises GazetteError where another run is sending the same edition.
    """
    folder = cache_folder(content) / MAIL
    folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder / f"{edition}.lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        raise GazetteError(f"{edition}: is being sent by another run") from None
    with lock:
        journal = Journal(folder / f"{edition}.jsonl")
        try:
            yield journal
        finally:
            journal.close()
