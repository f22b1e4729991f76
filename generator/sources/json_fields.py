"""One JSON object, read field by field: each field has many names and may be of the wrong kind.

A value that is not of its kind is named and left out; the rest of its object is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.sources import facts

_AND = re.compile(r" ?; ?|, ?(?:and )?| and ")
_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
# How an object names a person or a group, best first.
_WHOLE = ("name", "literal", "fullname", "full_name", "fullName", "display_name", "displayName")
_GIVEN, _FAMILY = ("given", "firstName", "first"), ("family", "lastName", "last")
_TEXTS = {str}
_LARGEST = 2**53


class Fields:
    """The fields of ``data``; ``odd`` names those that are of another kind than they should be."""

    def __init__(self, data: Mapping[str, Any], place: str = "") -> None:
        self.odd: list[str] = []
        self._data = data
        self._place = place

    def has(self, *names: str) -> bool:
        """Say whether one of the fields is there and says something."""
        return any(self._data.get(name) not in (None, "", [], {}) for name in names)

    def text(self, *names: str) -> str:
        """Return the first of the fields that says something, as it came: text, or a number."""
        data = self._data
        if not data or data.keys().isdisjoint(names):  # as for most names of most records
            return ""
        for name in names:
            value = data.get(name)
            if value is None:
                continue
            if isinstance(value, list) and value:
                value = value[0]  # Crossref puts titles into lists
            if isinstance(value, str):
                if text := value.strip():
                    return text
                continue
            if type(value) is int and abs(value) < _LARGEST:
                return str(value)
            if value not in (None, "", [], {}):
                self._wrong(name, "text", value)
        return ""

    def line(self, *names: str) -> str:
        """Return the same on one line."""
        text = self.text(*names)
        return facts.line(text) if text else ""

    def address(self, *names: str) -> str:
        """Return the first of the fields that says something, where that is a web address."""
        text = self.text(*names)
        if not text or facts.is_address(text):
            return text
        name = next(name for name in names if self._data.get(name))
        self.odd.append(f"{self._place}{name}: {text[:80]!r} is no web address: left out")
        return ""

    def count(self, *names: str) -> int | None:
        """Return the first of the fields that is a whole number that can be a count."""
        for name in names:
            value = self._data.get(name)
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            if type(value) is int and 0 <= value <= _LARGEST:
                return value
            if value is not None:
                self._wrong(name, "a count", value)
        return None

    def names(self, *names: str) -> tuple[str, ...]:
        """Return the people of the first of the fields that has any, but those who are hidden.

        It may be a list of texts or of objects, or one text with commas.
        """
        for name in names:
            value = self._data.get(name)
            if isinstance(value, str):
                value = _AND.split(facts.line(value))
            elif isinstance(value, dict):
                value = [value]
            if isinstance(value, list):
                if set(map(type, value)) == _TEXTS:  # nearly always
                    found = list(map(facts.line, value))
                else:
                    found = [self._name(name, one) for one in value]
                if people := tuple(dict.fromkeys(filter(None, found))):
                    return people
            elif value is not None:
                self._wrong(name, "a list of names", value)
        return ()

    def words(self, *names: str) -> tuple[str, ...]:
        """Return the words of the first of the fields that has any: a list, or text with commas."""
        for name in names:
            value = self._data.get(name)
            if isinstance(value, str):
                value = re.split("[;,]" if re.search("[;,]", value) else " ", facts.line(value))
            if isinstance(value, list):
                texts = [one if isinstance(one, str) else self._name(name, one) for one in value]
                if found := tuple(dict.fromkeys(filter(None, map(facts.line, texts)))):
                    return found
            elif value is not None:
                self._wrong(name, "a list of words", value)
        return ()

    def inner(self, *names: str) -> Fields:
        """Return the first of the fields that is an object; an empty one where there is none."""
        for name in names:
            value = self._data.get(name)
            if isinstance(value, dict):
                inner = Fields(value, f"{self._place}{name}.")
                inner.odd = self.odd
                return inner
        return _NOTHING

    def list(self, name: str) -> Sequence[Any]:
        """Return the field as a list, empty where it is none."""
        value = self._data.get(name)
        return value if isinstance(value, list) else []

    def get(self, name: str) -> Any:  # noqa: ANN401  # any JSON
        """Return the field as it is."""
        return self._data.get(name)

    def _name(self, field: str, value: object) -> str:
        if isinstance(value, str):
            return facts.line(value)
        if isinstance(value, dict):
            return "" if value.get("hidden") is True else facts.line(name_of(value))
        if value is not None:
            self._wrong(field, "a name", value)
        return ""

    def _wrong(self, name: str, wanted: str, value: object) -> None:
        found = _KINDS.get(type(value), "a number")
        if isinstance(value, int | float) and not isinstance(value, bool) and wanted == "a count":
            found = "a number that is none"
        self.odd.append(f"{self._place}{name}: expected {wanted}, found {found}: left out")


_NOTHING = Fields({})


def name_of(value: Mapping[str, Any]) -> str:
    """Return the name that an object gives a person or a group; nothing where it gives none."""
    for inner in ("author", "person"):  # OpenAlex
        if isinstance(value.get(inner), dict):
            return name_of(value[inner])
    given, family = _first(value, _GIVEN), _first(value, _FAMILY)
    if family:
        particles = (value.get("dropping-particle"), value.get("non-dropping-particle"))
        parts = (given, *particles, family, value.get("suffix"))
        return " ".join([part for part in parts if isinstance(part, str) and part])
    return _first(value, _WHOLE) or given


def _first(value: Mapping[str, Any], names: Sequence[str]) -> str:
    return next(_texts(value, names), "")


def _texts(value: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        found = value.get(name)
        if isinstance(found, str) and found.strip():
            yield found
