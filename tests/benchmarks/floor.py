"""Write as many files with as many bytes as a site has, and nothing else: no build can do less.

Run: python floor.py SITE TARGET
"""

from __future__ import annotations

import os
import sys


def main(source: str, target: str) -> None:
    """Write into the folder ``target`` what ``source`` has, all in one process."""
    files: list[tuple[str, int]] = []
    for folder, _, names in os.walk(source):
        place = f"{target}/{os.path.relpath(folder, source)}"
        os.makedirs(place)  # noqa: PTH103  # paths as objects would cost as much as the writing
        sizes = (os.stat(f"{folder}/{name}").st_size for name in names)  # noqa: PTH116
        files += ((f"{place}/{name}", size) for name, size in zip(names, sizes, strict=True))
    data = memoryview(b"x" * max(size for _, size in files))
    for path, size in files:
        with open(path, "wb", buffering=0) as file:  # noqa: PTH123
            file.write(data[:size])


if __name__ == "__main__":
    main(*sys.argv[1:])
