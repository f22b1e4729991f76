"""YAML data as a dataclass, every value's type checked, every misfit explained."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from generator.content.frontmatter import line_of
from generator.errors import SourceError

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
