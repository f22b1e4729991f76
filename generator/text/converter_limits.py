r"""Bounds of what strangers' text may ask of the converters behind us, in depth and in work.

The converter of maths is native code: nested deep enough, a formula overflows its stack, and the
process is gone. So the nesting is found first, by one walk over the formula. Python-Markdown takes
a time that grows with the square of some texts; it is charged for every character that it looks
at, and stopped when what one text may cost is spent.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from markdown import Markdown

# 74,728 real papers hold no formula deeper than 15 and none longer than 2,000. The native
# converter takes 2,000 levels on a stack of 8 MB, and 250 on the smallest there is, of 1 MB.
MATHS_DEPTH = 60
MATHS_LENGTH = 20_000
# Characters looked at, each about a third of a microsecond: what any text may cost, and what a long
# one may cost for each character that it has.
MARKDOWN_WORK = 1_000_000
MARKDOWN_EACH = 4
STRESS_MARKS = 4000

# What opens a level, what ends one, what may hold what follows it, and escapes, passed over.
_LEVEL = re.compile(
    r"\\(?P<name>[A-Za-z]+)|\\.|(?P<open>\{)|(?P<close>\})",
    re.DOTALL,
)
_PAIRS = {"left": "right", "begin": "end"}
# Commands by which a text changes what commands mean: a few lines of them stand for gigabytes.
_DEFINING = frozenset(
    [
        *("def", "edef", "gdef", "xdef", "let", "futurelet", "global"),
        *("newcommand", "renewcommand", "providecommand"),
    ]
)
# A copy of a text costs this small a part of what it costs to look at each character.
_COPY = 64


class TooMuch(Exception):
    """A text asks for more work than one text may."""


class Work:
    """What may still be spent on one text."""

    def __init__(self) -> None:
        self._left = 0

    def start(self, text: str) -> None:
        """Begin with another text."""
        self._left = MARKDOWN_WORK + MARKDOWN_EACH * len(text)

    def spend(self, characters: int) -> None:
        """Charge ``characters``; raises TooMuch where they are more than what is left."""
        self._left -= characters
        if self._left < 0:
            raise TooMuch


def is_too_deep(source: str, flat: frozenset[str]) -> bool:
    r"""Say whether the maths ``source`` is more than the native converter should be given.

    Braces, ``\left`` and environments nest, and so do commands that take what follows them without
    braces (``\sqrt\sqrt x``): every command counts until its group ends, those in ``flat`` apart,
    which are known to take nothing. That is never less than the depth at which the converter
    arrives.
    """
    if len(source) > MATHS_LENGTH:
        return True
    groups: list[tuple[str, int]] = []  # what ends each open group, and the depth around it
    depth = 0
    for match in _LEVEL.finditer(source):
        name = match["name"]
        if name in _DEFINING:
            return True
        if match["open"] or name in _PAIRS:
            groups.append((_PAIRS.get(name, "}"), depth))
            depth += 1
        elif match["close"] or name in _PAIRS.values():
            if groups and groups[-1][0] == (name or "}"):
                depth = groups.pop()[1]
        elif name and name not in flat:
            depth += 1
        if depth > MATHS_DEPTH:
            return True
    return False


def watch(converter: Markdown, work: Work) -> Markdown:
    """Return ``converter``, which from now on charges ``work`` with all that it does.

    It raises TooMuch within a text that asks for too much of it.
    """
    for block in converter.parser.blockprocessors:
        _replace(block, "run", functools.partial(_charge_block, work))
    for pattern in converter.inlinePatterns:
        _replace(pattern, "handleMatch", functools.partial(_charge_match, work))
        for name in ("getText", "getLink"):
            _replace(pattern, name, functools.partial(_charge_scan, work))
        _replace(pattern, "find_code_spans", functools.partial(_charge_code, work))
    for preprocessor in converter.preprocessors:
        _replace(preprocessor, "run", functools.partial(_charge_fences, work))
    return converter


def _replace(thing: object, name: str, charging: Callable[..., object]) -> None:
    """Put ``charging`` before the method ``name`` of ``thing``, where there is one."""
    if hasattr(thing, name):
        setattr(thing, name, functools.partial(charging, getattr(thing, name)))


def _charge_block(work: Work, run: Callable[..., object], parent: object, blocks: list[str]) -> Any:  # noqa: ANN401  # whatever the processor answers
    work.spend(len(blocks[0]) // 4 + len(blocks) // _COPY + 20)
    return run(parent, blocks)


def _charge_match(
    work: Work, handle: Callable[..., object], match: re.Match[str], data: str
) -> Any:  # noqa: ANN401  # whatever the pattern answers
    if max(data.count("*"), data.count("_")) > STRESS_MARKS:
        raise TooMuch  # they are paired off at one go
    work.spend(len(data) // _COPY + 20)
    return handle(match, data)


def _charge_scan(work: Work, scan: Callable[..., Any], data: str, index: int) -> Any:  # noqa: ANN401  # the same
    result = scan(data, index)
    work.spend(result[-2] - index)
    return result


def _charge_code(work: Work, find: Callable[..., Any], start: int, text: str) -> Any:  # noqa: ANN401  # the same
    result = find(start, text)
    work.spend((result[1] or len(text)) - start)
    return result


def _charge_fences(work: Work, run: Callable[..., Any], lines: list[str]) -> Any:  # noqa: ANN401  # the same
    fences = sum(line.startswith(("```", "~~~")) for line in lines)
    work.spend(fences * sum(map(len, lines)) // _COPY)
    return run(lines)
