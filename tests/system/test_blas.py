"""The threads of what multiplies for numpy."""

from __future__ import annotations

import os
import subprocess
import sys

ASKED = """
from pathlib import Path
import numpy
from generator.system import blas
library = blas.openblas(Path(numpy.__file__).parent)
told = library[0] if library else lambda: 1
before = told()
with blas.one_thread():
    print(told())
print(told() == before)
"""


def test_one_thread_while_it_lasts() -> None:
    """Whatever the environment said when numpy was loaded; afterwards as many as before."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "2"}
    answer = subprocess.check_output([sys.executable, "-c", ASKED], text=True, env=environment)
    assert answer.split() == ["1", "True"]
