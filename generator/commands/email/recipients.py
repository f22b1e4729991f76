"""Who gets the mail: addresses from a file or the environment, never from the repository."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.system import files
from generator.system.errors import GazetteError, SourceError, SourceErrors

VARIABLE = "GAZETTE_RECIPIENTS"
# What every mail server takes; the rest of what RFC 5321 allows nobody has.
ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.)*[\w-]{1,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address, and the slugs of the topics it wants (all without any; a minus: not these)."""

    address: str
    topics: tuple[str, ...] = ()

    def key(self, edition: str) -> str:
        """Return a name for the recipient of an edition that does not tell the address."""
        return hashlib.sha256(f"{edition} {self.address.lower()}".encode()).hexdigest()[:24]


def load(
    path: Path | None, environment: Mapping[str, str], topics: Collection[str]
) -> tuple[Recipient, ...]:
    """Return the recipients that the file ``path`` names, else the variable GAZETTE_RECIPIENTS.

    ``topics`` are the slugs there are. Raises GazetteError where nobody is named or the file would
    be published, SourceErrors with the lines that are wrong.
    """
    if path is None:
        text, name = environment.get(VARIABLE, "").replace(";", "\n"), VARIABLE
    elif not path.is_file():
        raise GazetteError(f"{path}: no such file; it has one address a line")
    else:
        _refuse_repository(path)
        text, name = files.read_text(path), str(path)
    found = read(text, name, topics)
    if not found:
        raise GazetteError(
            f"{name}: names nobody; give one address a line, with --to or {VARIABLE}"
        )
    return found


def read(text: str, name: str, topics: Collection[str]) -> tuple[Recipient, ...]:
    """Return the recipients of ``text``: a line is an address, then topics; ``#`` begins a remark.

    An address that comes twice counts once, as it stands first.
    """
    found: dict[str, Recipient] = {}
    wrong: list[SourceError] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].replace(",", " ").split()
        if not words:
            continue
        address, *wanted = words
        if not ADDRESS.fullmatch(address):
            wrong.append(
                SourceError(name, number, f"{address!r} is no address like ada@example.org")
            )
        elif unknown := next((word for word in wanted if word.removeprefix("-") not in topics), ""):
            known = ", ".join(sorted(topics)) or "none"
            wrong.append(SourceError(name, number, f"no topic {unknown!r}; known: {known}"))
        else:
            found.setdefault(address.lower(), Recipient(address, tuple(wanted)))
    if wrong:
        raise SourceErrors(wrong)
    return tuple(found.values())


def _refuse_repository(path: Path) -> None:
    """Raise GazetteError where ``path`` lies in a repository: what people commit, they publish."""
    folders: Iterable[Path] = path.resolve().parents
    for folder in folders:
        if (folder / ".git").exists():
            raise GazetteError(
                f"{path}: lies in the repository {folder}, and addresses of people are not to be "
                "published: keep the file elsewhere"
            )
