"""The entry point: ``python build.py`` builds the site, ``--help`` says what else there is."""

import os
import signal
import sys
from pathlib import Path

# Until there is something to tidy up, whoever is asked to end does so at once.
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda number, _: os._exit(128 + number))

from generator.commands.cli import main  # noqa: E402  # it takes a while, and may be interrupted

if __name__ == "__main__":
    sys.exit(main(home=Path(__file__).parent))
