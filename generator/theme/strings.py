"""The words of the interface: templates/strings/LANGUAGE.yaml, and dates written in them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from generator.system import files
from generator.system.errors import GazetteError, SourceError
from generator.text import partial_dates

DEFAULT = "en"
# Keys that a site may add: names of its own kinds of links, and texts for its own templates.
FREE = ("link.", "own.")
_Texts = dict[str, str | dict[str, str]]
_FIELD = re.compile(r"\{(\w*)\}")


class Strings:
    """The interface in one language.

    A string may have ``{names}`` to be filled; one that speaks of ``n`` things is a mapping of
    ``one`` and ``other`` (a language without a plural has the same text, or only ``other``).

    The texts are those of LANGUAGE.yaml in ``folder``, then in ``own``, a site's folder, where
    they may be replaced, or a language be added; what neither has stays English. Raises
    SourceError for a text that the interface does not have.
    """

    def __init__(self, folder: Path, language: str, own: Path | None = None) -> None:
        held = [place / f"{language}.yaml" for place in (folder, own) if place]
        held = [path for path in held if path.is_file()]
        if not held:
            places = [place for place in (folder, own) if place]
            known = sorted({file.stem for place in places for file in place.glob("*.yaml")})
            message = f"language: there is no {language!r}; there are: {', '.join(known)}"
            raise GazetteError(message)
        base = folder / f"{DEFAULT}.yaml"
        texts = _read(base)
        for path in held:
            texts = texts if path == base else {**texts, **_read(path, texts)}
        self.texts: Mapping[str, str | Mapping[str, str]] = texts
        self.language = language
        self.day = lru_cache(4096)(self._day)
        self._counted = lru_cache(4096)(self._filled)

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """Return the text of ``key``, filled; KeyError if there is no such text."""
        if n is not None and not values:
            return self._counted(key, n)
        return self._filled(key, n, **values)

    def _filled(self, key: str, n: int | None = None, **values: object) -> str:
        text = self.texts[key]
        if not isinstance(text, str):
            text = text["one"] if n == 1 and "one" in text else text["other"]
        if n is not None:
            return text.format(n=f"{n:,}", **values)
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Return whether there is a text for ``key``."""
        return key in self.texts

    def when(self, published: str) -> str:
        """Return ``1997``, ``1997-11`` or ``1997-11-03`` in words."""
        year, *rest = partial_dates.parts(published)
        if not rest:
            return str(year)
        form = "long" if rest[1:] else "month"
        return self.day(date(year, rest[0], (rest[1:] or [1])[0]), form)

    def _day(self, day: date, form: str = "long") -> str:
        """Return ``day`` as date.FORM has it: ``full``, ``long``, ``short`` or ``month``."""
        return self(
            f"date.{form}",
            weekday=self(f"weekday.{day.isoweekday()}"),
            month=self(f"month.{day.month}"),
            mon=self(f"mon.{day.month}"),
            day=day.day,
            year=day.year,
        )


def _read(path: Path, known: _Texts | None = None) -> _Texts:
    """Return the texts of the file ``path``, which have to be among those ``known``, if given."""
    text = files.read_text(path)
    try:
        loaded = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(path, line, f"this is not YAML: {error.problem}") from None
    if not isinstance(loaded, dict):
        raise SourceError(path, 1, "expected `key: text` lines")
    for key, value in loaded.items() if known else ():
        if problem := _problem(key, value, known or {}):
            raise SourceError(path, _line(text, str(key)), problem)
    return loaded


def _problem(key: object, value: object, known: _Texts) -> str:
    """Return what is wrong with a text, or nothing."""
    if not isinstance(key, str) or (key not in known and not key.startswith(FREE)):
        near = difflib.get_close_matches(str(key), known, n=1)
        advice = f"did you mean `{near[0]}`?" if near else "en.yaml has them all"
        return f"`{key}` is no text of the interface; {advice}"
    texts = [text for text in _forms(value) if isinstance(text, str)]
    if not texts or len(texts) != len(_forms(value)):
        return f"`{key}` has to be text; put it in quotes"
    if isinstance(value, dict) and "other" not in value:
        return f"`{key}` needs `other`"
    if key not in known:
        return ""
    english = known[key]
    fields = set(_FIELD.findall(english if isinstance(english, str) else english["other"]))
    if key.startswith("date."):
        fields = {"weekday", "month", "mon", "day", "year"}
    unknown = {name for text in texts for name in _FIELD.findall(text)} - fields
    if unknown:
        has = ", ".join(sorted(fields)) or "nothing"
        return f"`{key}` cannot be filled with {{{min(unknown)}}}; it has {has}"
    return ""


def _forms(value: object) -> list[object]:
    """Return the forms of a text: one, or that of one thing and that of others."""
    return list(value.values()) if isinstance(value, dict) else [value]


def _line(text: str, key: str) -> int:
    """Return the line of ``text`` on which ``key`` stands."""
    found = re.search(rf"""^["']?{re.escape(key)}["']?[ \t]*:""", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
