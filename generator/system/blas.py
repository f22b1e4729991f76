"""The threads of OpenBLAS, which multiplies for numpy, where numpy is loaded already.

Our products are small: threads would wait for each other, and keep a core busy with that, longer
than they work. A process of ours says so in its environment (library/__init__.py), which is read
when numpy is loaded; in a worker of a cluster somebody else has loaded it before.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_NAMES = ("scipy_openblas_{}_num_threads64_", "scipy_openblas_{}_num_threads")
"""What the wheels of numpy call the functions, with ``get`` or ``set``."""


@contextmanager
def one_thread() -> Iterator[None]:
    """Have what is multiplied in the block, by whatever thread, multiplied in that one alone."""
    module = sys.modules.get("numpy")
    path = getattr(module, "__file__", None)
    library = openblas(Path(path).parent) if path else None
    if library is None:
        yield
        return
    get, put = library
    threads = get()
    put(1)
    try:
        yield
    finally:
        put(threads)


@cache
def openblas(numpy: Path) -> tuple[ctypes._NamedFuncPointer, ctypes._NamedFuncPointer] | None:
    """Return what tells and what sets the number of threads; None where numpy has another BLAS."""
    for folder in (numpy.with_name("numpy.libs"), numpy / ".dylibs"):
        for path in folder.glob("*openblas*"):
            library = ctypes.CDLL(str(path))  # the one that is loaded
            for name in _NAMES:
                if hasattr(library, name.format("set")):
                    return library[name.format("get")], library[name.format("set")]
    return None
