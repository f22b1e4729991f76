"""Charts as inline SVG, made at build time.

A chart is shapes alone. It is stretched to the width it is given, so its words (scale, dates, the
table behind it) stand beside it in HTML: ``templates/_chart.html`` puts them there, and
``static/css/charts.css`` gives the shapes their colours. ``label`` is what a screen reader says in
place of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

HEIGHT = 100
SPARK_HEIGHT = 20
# More points than pixels of a phone's screen can hold apart are summed by week, then by month.
MOST_POINTS = 130
STEPS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Periods:
    """Sums over equal periods without a gap; ``step`` is one of STEPS, a point its first day."""

    step: str
    points: tuple[tuple[date, float], ...]

    @property
    def values(self) -> tuple[float, ...]:
        """The sums alone."""
        return tuple(value for _, value in self.points)


def by_period(
    counts: Mapping[date, float], days: Sequence[date] = (), most: int = MOST_POINTS
) -> Periods:
    """Return ``counts`` of days summed over the shortest period that gives at most ``most`` points.

    ``days`` widens the span, so that several charts have the same periods; a period without
    counts is 0.
    """
    span = sorted({*counts, *days})
    if not span:
        return Periods("day", ())
    for step in STEPS:
        starts = list(_starts(span[0], span[-1], step))
        if len(starts) <= most or step == STEPS[-1]:
            break
    sums = dict.fromkeys(starts, 0.0)
    for day, count in counts.items():
        sums[_start(day, step)] += count
    return Periods(step, tuple(sums.items()))


def _start(day: date, step: str) -> date:
    """Return the first day of the period that ``day`` lies in."""
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def _starts(first: date, last: date, step: str) -> Iterator[date]:
    """Yield the first day of every period from that of ``first`` to that of ``last``."""
    start = _start(first, step)
    while start <= last:
        yield start
        start = _start(start + timedelta(days={"day": 1, "week": 7, "month": 31}[step]), step)


def top_of(values: Sequence[float]) -> float:
    """Return the end of a scale for ``values``: 1, 2 or 5 times a power of ten; 1 for none."""
    most = max(values, default=0)
    if most <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(most))
    return next((power * step for step in (1, 2, 5) if power * step >= most), power * 10)


def bars(values: Sequence[float], *, label: str, top: float = 0) -> Markup:
    """Return a bar for each of ``values``, on a scale from 0 to ``top`` (else ``top_of`` them)."""
    scale = HEIGHT / (top or top_of(values))
    path = "".join(
        f"M{number}.5 {HEIGHT}v-{_short(value * scale)}"
        for number, value in enumerate(values)
        if value > 0
    )
    return _svg("bars", len(values), HEIGHT, f'<path class="bar" d="{path}"/>', label)


def line(values: Sequence[float], *, label: str, top: float = 0) -> Markup:
    """Return a line through ``values`` and the area under it, on the same scale as ``bars``."""
    return _line("line", values, HEIGHT, label, top)


def sparkline(values: Sequence[float], *, label: str, top: float = 0) -> Markup:
    """Return the line at the height of a word, for a table or a sentence."""
    return _line("spark", values, SPARK_HEIGHT, label, top)


def _line(kind: str, values: Sequence[float], height: int, label: str, top: float) -> Markup:
    """Return a line and the area under it; one value alone is a level line."""
    points = [*values, *values] if len(values) == 1 else list(values)
    scale = height / (top or top_of(points))
    steps = "L".join(f"{x} {_short(height - y * scale)}" for x, y in enumerate(points))
    width = max(len(points) - 1, 1)
    shapes = (
        f'<path class="area" d="M0 {height}L{steps}L{width} {height}z"/>'
        f'<path class="stroke" d="M{steps}"/>'
        if points
        else ""
    )
    return _svg(kind, width, height, shapes, label)


def _svg(kind: str, width: int, height: int, shapes: str, label: str) -> Markup:
    """Return the picture around ``shapes``; only the style sheet colours it and gives it a size."""
    return Markup(  # noqa: S704  # the label is escaped, all else is numbers
        f'<svg class="{kind}" role="img" aria-label="{escape(label)}"'
        f' viewBox="0 0 {max(width, 1)} {height}" preserveAspectRatio="none">{shapes}</svg>'
    )


def _short(number: float) -> str:
    """Return ``number`` with one digit after the point, and none where it is 0."""
    return f"{number:.1f}".removesuffix(".0")
