"""``build.py check``: what is wrong with the site that was built."""

from __future__ import annotations

import argparse
import sys

from generator import check
from generator.errors import GazetteError
from generator.system.progress import Progress


def run(options: argparse.Namespace, progress: Progress) -> int:
    """Print every problem; return 1 if there is one."""
    if not (options.output / "index.html").exists():
        raise GazetteError(f"{options.output}: there is no site yet; build it first")
    problems = list(check.check(options.output))
    for problem in problems:
        print(problem, file=sys.stderr)
    progress.say(f"{options.output}: {len(problems) or 'no'} problems")
    return 1 if problems else 0
