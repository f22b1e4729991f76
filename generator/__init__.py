"""Gazette: a daily paper digest in, a website that needs no server out.

Data moves one way: sources -> Digest of Papers -> content/ -> the plan -> site/.
CONTRIBUTING.md holds the table of layers; tests/test_layers.py keeps it true.
"""

__version__ = "0.1.0"
