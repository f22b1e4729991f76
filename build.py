"""The entry point: ``python build.py`` builds the site; ``python build.py --help`` says the rest."""

import sys

from generator.cli import main

if __name__ == "__main__":
    sys.exit(main())
