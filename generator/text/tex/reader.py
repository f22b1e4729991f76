"""Reads prose with TeX in it: text, groups in braces, accents, and commands by a table of them.

Parts of a text that are done (maths, addresses) are put aside meanwhile: each leaves one character
of the last private plane of Unicode, which no text uses, in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cached_property

from generator.text.tex import tables

_FIRST, _LAST = 0x100000, 0x10FFEF
HELD = f"{chr(_FIRST)}-{chr(_LAST)}"
# Marks of ours, standing in for Markdown's until the text around them has been escaped.
STRONG, STRESS, OPEN, MIDDLE, CLOSE = map(chr, range(0x10FFF0, 0x10FFF5))
_MARKS = {STRONG: "**", STRESS: "*", OPEN: "[", MIDDLE: "](", CLOSE: ")"}

_HELD = re.compile(f"[{HELD}]")
_MARK = re.compile(f"[{''.join(_MARKS)}]")
_RESERVED = re.compile(f"[{chr(_FIRST)}-{CLOSE}]")


class Placeholders:
    """What has been put aside from one text."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def hold(self, part: str) -> str:
        """Put ``part`` aside; return what stands for it."""
        if len(self._parts) > _LAST - _FIRST:
            return part
        self._parts.append(part)
        return chr(_FIRST + len(self._parts) - 1)

    def release(self, text: str) -> str:
        """Return ``text`` with everything back in its place, and what those parts hold."""
        while _HELD.search(text):
            text = _HELD.sub(lambda held: self._parts[ord(held[0]) - _FIRST], text)
        return text


def unreserved(text: str) -> str:
    """Return ``text`` without the characters that stand for something here."""
    return _RESERVED.sub("", text)


def marked(text: str) -> str:
    """Return ``text`` with our marks as Markdown's."""
    return _MARK.sub(lambda mark: _MARKS[mark[0]], text)


_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\(.)|([{}])", re.DOTALL)
_SWITCH = re.compile(rf"\{{\\?({'|'.join(sorted(tables.SWITCHES))})(?:\s+|(?=[\\{{]))", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_GROUP = re.compile(r"\{+\s*\\([A-Za-z]+|.)", re.DOTALL)
_SPACES = re.compile(r"[ \t]*\n?[ \t]*")
_HELD_OR_MARKED = re.compile(f"[`{HELD}{STRONG}-{CLOSE}]")
_POSSESSIVE = re.compile(r"[^\W\d_]\\'s(?![^\W\d_])")
_ACCENTED = re.compile(r"\s*(\\[ij](?![A-Za-z])\s?|[^\W\d_])")
# Commands of one sign that are no accents: spaces, hyphens where a word may be cut, line ends.
_SPACING = {
    **dict.fromkeys((";", ":", " ", "\n", "\\"), " "),
    **dict.fromkeys(("!", "/", "-", "@"), ""),
    ",": "\u2009",
}
_LITERAL = frozenset("%&#$_{}")
_DEPTH = 30


class Reader:
    """Reads a text from left to right; ``at`` is where it is.

    A command is a function that is given the reader, which stands behind the command's name, and
    that name; it reads its arguments and returns what stands in their place.
    """

    def __init__(
        self, text: str, commands: Mapping[str, Command], held: Placeholders, depth: int = 0
    ) -> None:
        self.text = text
        self.at = 0
        self._commands = commands
        self._shelf = held
        self._depth = depth

    def read(self) -> str:
        """Return all of the text, its commands carried out; those unknown as they came."""
        parts: list[str] = []
        while match := _COMMAND.search(self.text, self.at):
            parts.append(self.text[self.at : match.start()])
            self.at = match.end()
            if match[1]:
                parts.append(self._command(match[1], match[0]))
            elif match[2]:
                parts.append(self._sign(match[2]))
            elif match[3] == "{":
                parts.append(self._group(match.start()))
            else:
                parts.append("}")
        return "".join([*parts, self.text[self.at :]])

    def argument(self) -> str | None:
        """Return the argument in braces that stands here as it came, and go past it, or None."""
        spaces = _SPACES.match(self.text, self.at)
        start = spaces.end() if spaces else self.at
        end = self._closing.get(start)
        if end is None:
            return None
        self.at = end + 1
        return self.text[start + 1 : end]

    def read_argument(self) -> str | None:
        """Return the argument in braces that stands here, read, and go past it, or None."""
        raw = self.argument()
        return None if raw is None else self.inner(raw)

    def inner(self, raw: str) -> str:
        """Return a part of the text, read."""
        if self._depth >= _DEPTH:
            return raw
        return Reader(raw, self._commands, self._shelf, self._depth + 1).read()

    def go_past(self, expected: str) -> bool:
        """Go past ``expected`` if it stands here; say whether it did."""
        found = self.text.startswith(expected, self.at)
        self.at += len(expected) * found
        return found

    def go_past_match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go past what ``pattern`` matches here, and return it."""
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def styled(self, name: str, text: str) -> str:
        """Return ``text`` in the style of the command ``name``, the spaces around it outside."""
        core = text.strip()
        if not core:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if name in tables.CODE and not _HELD_OR_MARKED.search(core):
            core = self._shelf.hold(f"`{core}`")
        elif name in tables.STRONG:
            core = f"{STRONG}{core.replace(STRONG, '')}{STRONG}"
        elif name in tables.STRESS:
            core = f"{STRESS}{core.replace(STRESS, '')}{STRESS}"
        return f"{before}{core}{after}"

    @cached_property
    def _closing(self) -> dict[int, int]:
        """Where the brace is that closes each opening one."""
        found: dict[int, int] = {}
        opened: list[int] = []
        for match in _BRACE.finditer(self.text):
            if match[0] == "{":
                opened.append(match.start())
            elif match[0] == "}" and opened:
                found[opened.pop()] = match.start()
        return found

    def _group(self, start: int) -> str:
        """Return a group in braces: bare if it is there for TeX alone, else with its braces."""
        end = self._closing.get(start)
        if end is None:
            return "{"
        self.at = end + 1
        if switch := _SWITCH.match(self.text, start):
            return self.styled(switch[1], self.inner(self.text[switch.end() : end]))
        inner = self.inner(self.text[start + 1 : end])
        command = _GROUP.match(self.text, start)
        return inner if command and self._is_known(command[1]) else f"{{{inner}}}"

    def _is_known(self, name: str) -> bool:
        return not name.isalpha() or name in tables.ACCENTS or name in self._commands

    def _command(self, name: str, came: str) -> str:
        """Return what the command ``name`` (as it ``came``) makes of what follows."""
        if name in tables.ACCENTS and (letter := self._accent(name)):
            return letter
        command = self._commands.get(name)
        return command(self, name) if command else came

    def _sign(self, sign: str) -> str:
        """Return what a command of one sign stands for: that sign, a space or an accent."""
        if sign in _LITERAL:
            return sign
        if sign in tables.ACCENTS:
            return self._accent(sign) or ("~" if sign == "~" else f"\\{sign}")
        return _SPACING.get(sign, f"\\{sign}")

    def _accent(self, accent: str) -> str:
        """Return the letter that stands here with its accent; nothing where none stands."""
        start = self.at
        if accent == "'" and (possessive := _POSSESSIVE.match(self.text, start - 3)):
            self.at = possessive.end()
            return "'s"
        raw = self.argument()
        if raw is None:
            match = self.go_past_match(_ACCENTED)
            raw = match[1].strip() if match else ""
            if accent.isalpha() and match and match.start(1) == start:
                raw = ""  # the accent \c would be part of another command's name
        if accent + raw in tables.SYMBOLS:  # arXiv writes \rho as \r{ho}
            return tables.SYMBOLS[accent + raw]
        raw = raw.strip().replace("\\i", "i").replace("\\j", "j")
        if not raw[:1].isalpha():
            self.at = start
            return ""
        return unicodedata.normalize("NFC", raw[0] + tables.ACCENTS[accent]) + self.inner(raw[1:])


Command = Callable[[Reader, str], str]
