"""Small sites, compared file by file with what they were when somebody last looked at them.

After a change that is meant, `python -m tests.pipeline.test_golden` writes them anew; `git diff`
then shows what the change does to every page.
"""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest

from generator.pipeline import build
from generator.pipeline.build import ROOT, Options
from generator.system.progress import Progress
from tests.trees import shown

GOLDEN = ROOT / "tests/golden"
SITES = sorted(path.name for path in GOLDEN.iterdir())
# What is served as it is written needs no second copy to be compared with.
COPIED = {path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static").rglob("*")}
# What has a mark of every other file, and of the program: no change leaves them as they are.
MARKED = {"sw.js", "offline.json"}


def made(name: str, output: Path) -> dict[str, str]:
    """Return the files that the content of the golden site ``name`` makes, by path."""
    options = Options(content=GOLDEN / name / "content", output=output, search=False)
    build.build(options, Progress(quiet=True))
    shutil.rmtree(GOLDEN / name / ".gazette")
    return texts(output)


def texts(root: Path) -> dict[str, str]:
    """Return every file below ``root`` that a build writes, by path."""
    found = sorted(shown(root).items())
    left = COPIED | MARKED
    return {path: data.decode() for path, data in found if path not in left}


@pytest.mark.parametrize("name", SITES)
def test_the_site_is_what_it_was(tmp_path: Path, name: str) -> None:
    """The same files, each with the same text."""
    now, before = made(name, tmp_path / "site"), texts(GOLDEN / name / "site")
    assert list(now) == list(before)
    for path, text in now.items():
        lines = difflib.unified_diff(before[path].splitlines(), text.splitlines(), path, path)
        assert text == before[path], "\n".join(lines)


def main() -> None:
    """Write every golden site anew."""
    for name in SITES:
        site = GOLDEN / name / "site"
        shutil.rmtree(site, ignore_errors=True)
        files = made(name, site)
        for path in [path for path in site.rglob("*") if path.is_file()]:
            if path.relative_to(site).as_posix() not in files:
                path.unlink()


if __name__ == "__main__":
    main()
