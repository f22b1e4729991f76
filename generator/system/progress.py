"""Progress of long work, on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.system.errors import printable

# Elsewhere than on a terminal a line is printed at every tenth, and never for short work.
PARTS = 10
SHORT = 1000

Step = Callable[[int], None]


class Progress:
    """Says how far the work is; ``quiet`` says nothing."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet

    def say(self, message: str) -> None:
        """Print one line."""
        if not self.quiet:
            print(printable(message), file=sys.stderr)

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Step]:
        """Show the progress of ``total`` steps called ``name``; yield what counts them."""
        if self.quiet:
            yield lambda _: None
        elif sys.stderr.isatty():
            from tqdm import tqdm  # noqa: PLC0415  # it takes longer to load than most builds

            with tqdm(total=total, desc=name, file=sys.stderr, leave=False) as bar:

                def step(steps: int) -> None:
                    bar.update(steps)

                yield step
        else:
            yield _lines(name, total)


def _lines(name: str, total: int) -> Step:
    """Return a counter that prints a line whenever another tenth of ``total`` is done."""
    done = 0

    def step(steps: int) -> None:
        nonlocal done
        before, done = done, done + steps
        if total >= SHORT and done * PARTS // total > before * PARTS // total:
            print(f"{name}: {done:,} of {total:,}", file=sys.stderr)

    return step
