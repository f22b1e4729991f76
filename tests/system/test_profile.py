"""The report of where the time went, and of how near a site is to what its host takes."""

from __future__ import annotations

from pathlib import Path

from generator.pipeline import build
from generator.system import timing


def test_the_table_has_each_kind_of_work_once() -> None:
    """Seconds, share, papers a second; unknown kinds come last."""
    text = timing.table({"write": 1.0, "yaml": 3.0, "brew": 1.0}, 300, 4.0)
    lines = [line.split() for line in text.splitlines()]
    assert lines[1] == ["YAML", "3.000", "60%", "100"]
    assert lines[2] == ["write", "files", "1.000", "20%", "300"]
    assert lines[3] == ["brew", "1.000", "20%", "300"]
    assert lines[4] == ["all", "processes", "5.000"]
    assert lines[5] == ["whole", "build", "4.000"]


def test_a_site_is_warned_before_it_is_too_large() -> None:
    """The warning has the figures, and says what to turn off."""
    site = Path("site")
    assert list(build.limits(site, 1000, 10_000_000)) == []
    (large,) = build.limits(site, 1000, 900_000_000)
    assert "900 MB; GitHub Pages takes 1,000 MB" in large
    assert "`search: false`" in large
    (many,) = build.limits(site, 240_000, 10_000_000)
    assert "240,000 files" in many
