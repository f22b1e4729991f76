"""BibTeX, as today's biblatex and BibTeX on UTF-8 read it."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.citation.names import Name
from generator.citation.record import Citation, balanced
from generator.citation.types import form_of

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# BibTeX counts braces behind a backslash too, so a lone one has to go by its name.
LONE_BRACES = str.maketrans({"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
SPECIAL = re.compile(r"[\\{}$&%#_~^]")
HYPHEN = re.compile(r"[-–/]")
DIVIDER = re.compile(r"\band\b|,", re.IGNORECASE)
ODD = re.compile(rf"{SPECIAL.pattern}|{DIVIDER.pattern}", re.IGNORECASE)
UNSAFE = re.compile(r"[\\{}\s]")
# The core of a word, without the punctuation around it.
CORE = re.compile(r"[^\W_](?:.*[^\W_])?[+#]*")
SENTENCE_END = (".", ":", "?", "!", "-", "–", "—")


def bibtex(citation: Citation) -> str:
    """Return one entry with a newline at its end, of the type that BibTeX has for the work."""
    form = form_of(citation.type)
    names = [*map(_author, citation.authors), *(["others"] if citation.others else [])]
    issued = citation.issued
    lines = [
        f"author = {{{' and '.join(names)}}}" if names else "",
        f"title = {{{title}}}" if (title := bibtex_title(citation)) else "",
        f"{form.venue} = {{{escape(citation.venue)}}}" if citation.venue else "",
        f"volume = {{{escape(citation.volume)}}}" if citation.volume else "",
        f"number = {{{escape(citation.number)}}}" if citation.number else "",
        f"pages = {{{escape(pages)}}}" if (pages := citation.pages.replace("–", "--")) else "",
        f"{form.publisher} = {{{escape(citation.publisher)}}}" if citation.publisher else "",
        f"year = {{{issued[0]:04}}}" if issued else "",
        f"month = {MONTHS[issued[1] - 1]}" if issued[1:] else "",
        f"eprint = {{{eprint}}}" if (eprint := _verbatim(citation.arxiv)) else "",
        "archivePrefix = {arXiv}" if citation.arxiv else "",
        f"primaryClass = {{{primary}}}" if (primary := _verbatim(citation.primary)) else "",
        f"doi = {{{doi}}}" if (doi := _verbatim(citation.doi)) else "",
        f"url = {{{citation.url}}}" if citation.url else "",
    ]
    return f"@{form.bibtex}{{{citation.key},\n  " + ",\n  ".join(filter(None, lines)) + "\n}\n"


def escape(text: str) -> str:
    """Return ``text`` so that TeX prints it as it stands; letters beyond ASCII stay themselves."""
    if not SPECIAL.search(text):
        return text
    if balanced(text):
        return text.translate(ESCAPES)
    return text.translate(ESCAPES | LONE_BRACES)


def _verbatim(text: str) -> str:
    """Return an identifier for a field that TeX does not read: only what would end it goes."""
    return UNSAFE.sub("", text)


@lru_cache(maxsize=1 << 15)
def _author(name: Name) -> str:
    """Return "von Last, Jr, First"; a name without parts in braces, so that none are seen."""
    if not name.given:
        return f"{{{escape(name.full)}}}"
    parts = (name.last, name.suffix, name.given)
    return ", ".join([_name_part(part) for part in parts if part])


def _name_part(part: str) -> str:
    """Return a part of a name, in braces where it holds the word that divides authors."""
    is_plain = part.replace(" ", "").isalpha() and "and" not in part.lower()  # as most are
    if is_plain or not ODD.search(part):
        return part
    escaped = escape(part)
    return f"{{{escaped}}}" if DIVIDER.search(part) else escaped


def bibtex_title(citation: Citation) -> str:
    """Return the title as its field holds it: maths as TeX, capitals that stay in braces."""
    return _title(citation.title, citation.parts)


@lru_cache(maxsize=1 << 12)
def _title(title: str, parts: tuple[tuple[bool, str], ...]) -> str:
    names = _in_sentence_case(title)
    shouted = title.isupper()
    pieces: list[str] = []
    for maths, text in parts:
        if maths:
            pieces.append(f"${text}$")
        elif shouted:
            pieces.append(escape(text))
        else:
            pieces.append(_protected(text, names=names, fresh=not pieces))
    return "".join(pieces)


def _protected(text: str, *, names: bool, fresh: bool) -> str:
    """Return ``text`` with its words protected; where it is ``fresh``, a sentence begins with it.

    A capital marks a name only within a sentence, and only where ``names``.
    """
    words = text.split(" ")
    for place, word in enumerate(words):
        if word:
            # Most words are letters alone, and small where a capital might have to stay.
            if not (word.isalpha() and (word if names else word[1:]).islower()):
                words[place] = _protect(word, names=names and not fresh)
            fresh = word.endswith(SENTENCE_END)
    return " ".join(words)


def _in_sentence_case(title: str) -> bool:
    """Tell whether most words of ``title`` are small, so that a capital marks a name."""
    words = [word for word in title.split()[1:] if word[3:]]  # "with" counts, "of" says nothing
    return sum([word[0].islower() for word in words]) * 2 > len(words)


def _protect(word: str, *, names: bool) -> str:
    """Return ``word`` escaped, its core in braces if its capitals are its spelling."""
    core = CORE.search(word)
    if core is None or not _is_spelling(core[0], names=names):
        return escape(word)
    before, after = word[: core.start()], word[core.end() :]
    return f"{escape(before)}{{{escape(core[0])}}}{escape(after)}"


def _is_spelling(core: str, *, names: bool) -> bool:
    """Tell whether the capitals of ``core`` have to stay: GPT-4, LoRA, 3D, Q-learning; not Deep."""
    for part in (core,) if core.isalpha() else HYPHEN.split(core):
        if any(map(str.isupper, part[1:])) or (len(part) == 1 and part.isupper() and part != "A"):
            return True
    return names and core[0].isupper() and core != "A"
