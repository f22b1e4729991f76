"""The entry point: ``python build.py`` builds the site, ``--help`` says what else there is."""

import sys
from pathlib import Path

from generator.commands.cli import main

if __name__ == "__main__":
    sys.exit(main(home=Path(__file__).parent))
