r"""TeX in prose -> Markdown: ``\emph{new}`` is *new*, ``T\"ULU`` is TÜLU, ``\%`` is %, ``--`` is –.

A command that is not known stays as it came, and so do its braces.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.text.tex import tables
from generator.text.tex.plain import raised
from generator.text.tex.reader import (
    CLOSE,
    HELD,
    MIDDLE,
    OPEN,
    STRESS,
    STRONG,
    Command,
    Placeholders,
    Reader,
)

_OPTION = re.compile(r"\[[^\[\]]*\]")
_HELD = re.compile(f"[{HELD}]")
_VERB = re.compile(r"([|!+=@])(.+?)\1")
_ESCAPED = re.compile(r"\\([_%#&~])")
# One emphasis that ends where the next begins is one.
_ADJACENT = re.compile(f"{STRONG}{STRONG}|{STRESS}{STRESS}")


def convert(text: str, held: Placeholders) -> str:
    """Return ``text`` with its TeX commands carried out; what is Markdown already put aside."""
    return _ADJACENT.sub("", Reader(text, _COMMANDS, held).read())


def _abbreviation(reader: Reader, name: str) -> str:
    """Return the abbreviation in full, with one full stop, apart from the word that follows."""
    full = tables.ABBREVIATIONS[name]
    reader.go_past("{}")
    reader.go_past(".")
    return f"{full} " if reader.text[reader.at : reader.at + 1].isalnum() else full


def _letter(reader: Reader, name: str) -> str:
    r"""Return a letter; the space after ``\o`` within a word only ends its name."""
    if not reader.go_past("{}"):
        reader.go_past(" ")
    return tables.LETTERS[name]


def _symbol(reader: Reader, name: str) -> str:
    reader.go_past("{}")
    return tables.SYMBOLS[name]


def _function(_reader: Reader, name: str) -> str:
    return name


def _silent(reader: Reader, _name: str) -> str:
    reader.go_past("{}")
    return " "


def _style(reader: Reader, name: str) -> str:
    """Return the argument in its style; without one, nothing."""
    if name == "verb" and (verbatim := reader.go_past_match(_VERB)):
        return reader.styled(name, verbatim[2])
    text = reader.read_argument()
    if text is None:
        reader.go_past("{")  # of an argument that a cut text never closes
        return ""
    return reader.styled(name, text)


def _with_argument(show: Callable[[str], str]) -> Command:
    """Return the command that shows its argument by ``show``; without one, nothing."""

    def command(reader: Reader, _name: str) -> str:
        while reader.go_past_match(_OPTION):
            pass
        text = reader.read_argument()
        if text is None:
            return " " if reader.go_past("{") else ""
        return show(text)

    return command


def _link(reader: Reader, _name: str) -> str:
    r"""Return the link that ``\href`` makes: the bare address where it shows nothing else."""
    target, text = reader.argument(), reader.read_argument() or ""
    if target is None:
        return " " if reader.go_past("{") else ""
    address, text = _address(target), text.strip()
    if _HELD.fullmatch(text) and not _HELD.match(address):
        address, text = text, address
    if not text or _HELD.fullmatch(text):
        return address
    return (
        f"{OPEN}{text}{MIDDLE}{address}{CLOSE}" if _HELD.match(address) else f"{text} ({address})"
    )


def _coloured(reader: Reader, name: str) -> str:
    """Return a text without its colour."""
    _COMMANDS["color"](reader, name)
    return reader.read_argument() or ""


def _note(reader: Reader, name: str) -> str:
    """Return a footnote in brackets."""
    before = reader.text[: reader.at - len(name) - 1][-1:]
    text = reader.read_argument()
    if text is None:
        return " " if reader.go_past("{") else ""
    return f"{'' if before.isspace() else ' '}({text.strip()})"


def _address(text: str) -> str:
    """Return an address without TeX's escapes."""
    return _ESCAPED.sub(r"\1", text).strip()


def _dingbat(text: str) -> str:
    return tables.dingbat(int(text)) if text.isascii() and text.isdigit() else ""


def _table(names: frozenset[str] | dict[str, str], command: Command) -> dict[str, Command]:
    return dict.fromkeys(names, command)


_COMMANDS: dict[str, Command] = {
    **_table(tables.SILENT, _silent),
    **_table(tables.FUNCTIONS, _function),
    **_table(tables.STRONG | tables.STRESS | tables.CODE | tables.PLAIN, _style),
    **_table(tables.SYMBOLS, _symbol),
    **_table(tables.LETTERS, _letter),
    **_table(tables.ABBREVIATIONS, _abbreviation),
    **_table(tables.GLOSSARY, _with_argument(str)),
    **_table(tables.CITATIONS, _with_argument(lambda keys: f"[{keys.strip()}]")),
    **_table(tables.names("url path hyperlink"), _with_argument(_address)),
    **_table(tables.names("color label hspace vspace"), _with_argument(lambda _: "")),
    **_table(tables.names("textcolor colorbox"), _coloured),
    "href": _link,
    "footnote": _note,
    **_table(tables.names("enquote textquote"), _with_argument("“{}”".format)),
    "ding": _with_argument(_dingbat),
    "textsuperscript": _with_argument(lambda text: raised(text, tables.SUPERSCRIPTS, "^")),
    "textsubscript": _with_argument(lambda text: raised(text, tables.SUBSCRIPTS, "_")),
}


_CLOSING = re.compile(r"(?<=[^\s\d(\[])''(?!')|(?<=[0-9])''(?=[\s.,;:!?)]|$)")
_SWAPPED = re.compile(r"(?<![^\s(\[])''(?=\w)")
_SINGLE = re.compile(r"(?<![\w`])`(?=[^\s`'])([^`'\n]{0,120}(?:\n[^`'\n]{0,120})?)'(?!\w)")
_STRAIGHT = re.compile(r"(“[^“”\"]{0,200})\"(?!\w)")
_EM_DASH = re.compile(r"(?<!-)---(?!-)")
_EN_DASH = re.compile(
    rf"(?<=[\w)\]”’.,%°}}$*{HELD}])--(?=[\w(\[“‘\\{HELD}])|(?<=\s)--(?=\s)|(?<=[\w)\]”])--(?=\s)"
)
_TIE = re.compile(
    rf"(?<=[A-Za-z.)\]}}”’,:;{HELD}])~{{1,3}}(?=[^\s~/=])"
    rf"|(?<=[0-9])~{{1,3}}(?=[A-Za-zµμ\\(\[{{{HELD}])|(?<=\S)~{{1,3}}(?=\\(?:cite|ref))"
)


def mend(text: str) -> str:
    """Return ``text`` with curly quotes for TeX's, dashes for rows of hyphens, spaces for ties.

    What is no TeX stays: straight quotes, ``--option``, ``~10``, ``5~10`` and rules of hyphens.
    """
    quoted = "``" in text or "''" in text
    if "`" in text:
        text = _SINGLE.sub(r"‘\1’", text.replace("``", "“"))
    if "''" in text:
        text = _CLOSING.sub("”", _SWAPPED.sub("“", text))
    if quoted:
        text = _STRAIGHT.sub(r"\1”", text)
    if "--" in text:
        text = _EN_DASH.sub("–", _EM_DASH.sub("—", text))
    if "~" in text:
        text = _TIE.sub(" ", text)
    return text
