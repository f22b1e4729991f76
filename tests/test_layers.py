"""The table of layers in CONTRIBUTING.md is true: a module imports only from the layers above."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| (\d+) \| ([\w, /]+?) \|", re.MULTILINE)
MODULES = sorted(
    path for path in (ROOT / "generator").rglob("*.py") if path != ROOT / "generator/__init__.py"
)


def layers() -> dict[str, int]:
    """Return the layer of each module or package, as CONTRIBUTING.md has it."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return {
        name.strip(" /"): int(row[1]) for row in ROW.finditer(text) for name in row[2].split(",")
    }


def unit(path: Path) -> str:
    """Return what a file counts as: its module, or the package it lies in."""
    return path.relative_to(ROOT / "generator").with_suffix("").parts[0]


def imports(path: Path) -> set[str]:
    """Return the modules of generator that the file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "generator":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {
                alias.name.split(".")[1]
                for alias in node.names
                if alias.name.startswith("generator.")
            }
    return found - {"__version__"}


def test_every_module_has_a_layer_and_every_layer_its_modules() -> None:
    """The table names what there is, no less and no more."""
    assert set(layers()) == {unit(path) for path in MODULES}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_above(path: Path) -> None:
    """Data flows one way, and so do the imports; inside a package they are free."""
    table = layers()
    own = unit(path)
    wrong = {name for name in imports(path) if name != own and table[name] >= table[own]}
    assert not wrong, f"{own} is in layer {table[own]}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_can_be_held_in_the_head(path: Path) -> None:
    """One subject is read in one go."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
