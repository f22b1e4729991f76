"""The words of the interface: templates/strings/LANGUAGE.yaml, and dates written in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from generator.system.errors import GazetteError, SourceError


class Strings:
    """The interface in one language.

    A string may have ``{names}`` to be filled; one that speaks of ``n`` things is a mapping of
    ``one`` and ``other`` (a language without a plural has the same text, or only ``other``).
    """

    def __init__(self, folder: Path, language: str) -> None:
        path = folder / f"{language}.yaml"
        if not path.is_file():
            known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml")))
            raise GazetteError(f"language: there is no {language!r}; there are: {known}")
        loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        if not isinstance(loaded, dict):
            raise SourceError(path, 1, "expected `key: text` lines")
        self.texts: Mapping[str, str | Mapping[str, str]] = loaded
        self.language = language
        self.day = lru_cache(4096)(self._day)

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """Return the text of ``key``, filled; KeyError if there is no such text."""
        text = self.texts[key]
        if not isinstance(text, str):
            text = text["one"] if n == 1 and "one" in text else text["other"]
        if n is not None:
            return text.format(n=f"{n:,}", **values)
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Return whether there is a text for ``key``."""
        return key in self.texts

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
