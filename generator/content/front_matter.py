"""Front matter: a YAML mapping between two lines of ``---``, then a Markdown body.

Text in, text out. Values keep their YAML types; a date that does not exist (2025-02-30) stays
the text it is, so that whoever wants a date can say what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
import yaml

from generator.content import fast_yaml, limits
from generator.system.errors import SourceError

FENCE = "---"
# What the library raises for values that are none: a truth value that is neither, sixty-based
# numbers without end, lists in lists in lists.
_UNREADABLE = (
    *(yaml.YAMLError, ValueError, RecursionError),
    *(ArithmeticError, LookupError, AttributeError, TypeError),
)
# The fences stand alone on their lines; the body is all that follows the second.
_ENTRY = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL | re.MULTILINE)


class _Loader(yaml.CSafeLoader):
    """Safe YAML that refuses a key given twice, where plain YAML would keep the last."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Any, Any]:  # PyYAML's signature
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            seen: set[str] = set()
            for key, _ in node.value:
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value!r} is given twice", key.start_mark
                    )
                seen.add(key.value)
        return mapping

    def construct_date(self, node: yaml.ScalarNode) -> object:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)
# What people write: text, numbers, dates, lists and mappings. Tags for the rest are refused.
for _tag in ("binary", "omap", "pairs", "set"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _Loader.construct_undefined)  # type: ignore[type-var]  # the stubs know fewer loaders


class _Dumper(yaml.CSafeDumper):
    """Safe YAML that writes every value out: an alias is for machines, and _Loader refuses it."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def load_yaml(path: str, text: str, *, first_line: int = 1) -> dict[str, Any]:
    """Return the mapping that the YAML ``text`` holds; an empty text is an empty mapping.

    ``first_line`` is the line of ``path`` at which ``text`` begins. Raises SourceError.
    """
    plain = fast_yaml.load(text)
    if plain is not None:
        return plain
    try:
        if "*" in text:  # nothing else begins an alias
            _refuse_aliases(path, text, first_line)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  # a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        # A bracket that is never closed is found at the end, but mended where it opens.
        in_brackets = "flow" in (error.context or "")
        mark = error.context_mark if in_brackets else error.problem_mark
        line = first_line + (mark.line if mark else 0)
        problem = (error.problem or "this is not YAML").replace("\n", " ")
        if "mapping values are not allowed" in problem and mark:
            problem = _colon(text.splitlines()[mark.line])
        raise SourceError(path, line, f"broken YAML: {problem}") from error
    except _UNREADABLE as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise SourceError(path, first_line, f"broken YAML: {reason}") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        message = "expected `key: value` lines, found something else"
        raise SourceError(path, first_line, message)
    for key, value in data.items():
        if problem := _problem(key, value):
            line = line_of(text, (str(key),), first_line=first_line)
            raise SourceError(path, line, problem)
    return data


def _problem(key: object, value: object) -> str:
    """Return what is wrong with a key of the mapping or with its value, or nothing."""
    if not isinstance(key, str):
        return f"a key has to be a word: put {key!r} in quotes"
    excess = limits.excess(value)
    return f"`{key}` {excess}" if excess else ""


def _colon(line: str) -> str:
    """Return what to do with ``line``, whose value has a colon that YAML takes for another key."""
    key, _, value = line.strip().partition(": ")
    return f"the value has a colon, so put it in quotes, {key}: {value!r}"


def _refuse_aliases(path: str, text: str, first_line: int) -> None:
    """Raise SourceError where YAML repeats a value by reference: a few lines can stand for GBs."""
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.AliasToken):
            line = first_line + token.start_mark.line
            raise SourceError(path, line, f"write the value out: *{token.value} is not followed")


def load(path: str, text: str) -> tuple[dict[str, Any], str]:
    """Return front matter and body (no blank lines around it) of an entry.

    Raises SourceError, with ``path`` and line, where there is no front matter or broken YAML.
    """
    start, end, body = _fences(text)
    if not start:
        raise SourceError(
            path, 1, "expected front matter: `---`, lines of `key: value`, `---`, then the text"
        )
    data = load_yaml(path, text[start:end], first_line=2)
    if limits.may_hide(text, text[start:end]):
        data = {key: limits.shown(value) for key, value in data.items()}
        return data, limits.shown(text[body:]).strip("\n")
    return data, text[body:].strip("\n")


def _fences(text: str) -> tuple[int, int, int]:
    """Return where the front matter starts and ends and where the body starts, or only zeros."""
    end = text.find("\n---\n", 3)
    if end > 0 and text.startswith("---\n"):
        return 4, end + 1, end + 5
    # Blanks behind the fence, an empty front matter or body.
    entry = _ENTRY.match(text)
    return (entry.start(1), entry.end(1), entry.start(2)) if entry else (0, 0, 0)


def dump(data: Mapping[str, Any], body: str) -> str:
    """Return the entry's text; ``load`` gives back equal ``data`` and ``body``."""
    return dump_and_tell(data, body)[0]


def dump_and_tell(data: Mapping[str, Any], body: str) -> tuple[str, bool]:
    """Return the entry's text, and whether it is so plain that ``load`` gives back the same.

    Of other text that is likely; where it has to be certain, it has to be read.
    """
    lines = [fast_yaml.dump(key, value) for key, value in data.items()]
    is_plain = None not in lines and "\r" not in body and body == body.strip("\n")
    matter = "".join(map(str, lines)) if lines and None not in lines else dump_yaml(data)
    return f"{FENCE}\n{matter}{FENCE}\n" + (f"\n{body}\n" if body else ""), is_plain


def dump_yaml(data: Mapping[str, Any]) -> str:
    """Return ``data`` as YAML, keys in their order, one line a value however long."""
    if not data:
        return "{}\n"
    return "".join(
        [fast_yaml.dump(key, value) or _dumped({key: value}) for key, value in data.items()]
    )


def _dumped(data: Mapping[str, Any]) -> str:
    """Return what the YAML library writes of ``data``."""
    text: str = yaml.dump(
        dict(data),
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=2**30,
    )
    return text


def insert(text: str, data: Mapping[str, Any], under: str = "") -> str:
    """Return the entry ``text`` with ``data`` in its front matter; all other bytes stay.

    A key that is there gets the new value, others go to the end, of the mapping ``under`` if
    that is named. Where that mapping is written in braces, on one line, the text stays as it is.
    """
    start, end, _ = _fences(text)
    matter = text[start:end]
    for key, value in data.items():
        matter = _inserted(matter, key, dump_yaml({key: value}), under)
    return text[:start] + matter + text[end:]


def _inserted(matter: str, key: str, written: str, under: str) -> str:
    """Return the YAML ``matter`` with ``key``, which is ``written`` out, in the mapping ``under``.

    Marks count places in the text that was read, so it is read anew for every key.
    """
    node: Any = yaml.compose(matter, Loader=yaml.CSafeLoader)
    pairs = node.value if node else []
    if under:
        node = next(value for name, value in pairs if name.value == under)
        if node.flow_style:
            return matter
        indent = " " * node.value[0][0].start_mark.column
        after = node.value[-1][1].end_mark.line + 1
        lines = matter.splitlines(keepends=True)
        return "".join([*lines[:after], indent + written, *lines[after:]])
    for name, value in pairs:
        if name.value == key:
            first, last = name.start_mark.index, max(_end(value), name.end_mark.index + 1)
            return matter[:first] + written.rstrip("\n") + matter[last:]
    return matter + written


def _end(node: Any) -> int:  # noqa: ANN401  # a node of YAML
    """Return where the text of ``node`` ends, before the end of its last line.

    YAML itself has lists and mappings end where the next key begins, comments between included.
    """
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    ended: int = mark.index - 1 if mark.column == 0 and mark.line else mark.index
    return ended


def line_of(text: str, keys: tuple[str | int, ...], *, first_line: int = 2) -> int:
    """Return the line on which the value at ``keys`` stands, or the last of them that exists.

    Slow: for messages only. ``text`` is YAML or an entry, ``first_line`` the line it begins at.
    """
    start, end, _ = _fences(text)
    try:
        node = yaml.compose(text[start:end] if start else text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):  # the fast reader is not as strict
        return first_line
    line = 0
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pairs = [(name, value) for name, value in node.value if name.value == key]
            if not pairs:
                break
            name, node = pairs[-1]
            line = name.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line
    return first_line + line


T = TypeVar("T")
# How msgspec says that a value has another type than it should, and that key's path in the data.
_MISFIT = re.compile(r"(?:Expected|Invalid \w+ encoded) `?(\w+).* - at (`key` in )?`\$\.([^`]+)`")
_STEP = re.compile(r"[^.\[\]]+")
_WANTED = {
    "str": "text (put it in quotes if it looks like something else)",
    "array": "a list, one `- ...` line each",
    "object": "`name: value` lines, indented below it",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date like 2025-09-23",
}


def convert(path: str, text: str, data: Mapping[str, Any], to: type[T], first_line: int = 2) -> T:
    """Return ``data``, loaded from ``text``, as the dataclass ``to``, every value's type checked.

    Raises SourceError that names the line and the type that would be right.
    """
    try:
        return msgspec.convert(data, to)
    except msgspec.ValidationError as error:
        misfit = _MISFIT.match(str(error))
        if not misfit:
            raise SourceError(path, first_line, str(error)) from None
        keys: list[str | int] = []
        value: Any = data
        for step in _STEP.findall(misfit[3]):
            # A mapping's own keys are not in the message.
            key = int(step) if isinstance(value, list) else step
            if step == "..." or (isinstance(value, dict) and key not in value):
                break
            keys.append(key)
            value = value[key]
        wanted = _WANTED.get(misfit[1], misfit[1])
        where = f"an item of `{keys[0]}`" if len(keys) > 1 or "..." in misfit[3] else f"`{keys[0]}`"
        line = line_of(text, tuple(keys), first_line=first_line)
        raise SourceError(path, line, f"{where} has to be {wanted}; found {value!r}") from None
