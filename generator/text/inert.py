"""Markdown for programs that we do not know: nothing in it runs, loads, or goes on behind it.

Our own pages are cleaned once they are HTML. Of a twin in Markdown somebody else makes HTML, maybe
without cleaning it.
"""

from __future__ import annotations

import re

from generator.text import tex

# What may begin a tag, a picture, or the target of a link.
_RISKS = re.compile(r"(?<!\\)(\\*+)(<(?=[A-Za-z/!?])|!(?=\[)|\](?=[(:]))")
_ADDRESS = re.compile(r"<https?://[^\s<>]{1,2000}>")
_HARMLESS = re.compile(r".\s*+<?(?:https?://|mailto:|[\w./#?=-]*+(?=[\s)>]|\Z))", re.ASCII)
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})(.*)")


def inert(markdown: str) -> str:
    """Return ``markdown`` with its tags as text, without pictures, its links to the web alone."""
    may_begin = "<" in markdown or "]" in markdown or "![" in markdown  # hardly any text has one
    if may_begin and _RISKS.search(markdown):
        parts: list[str] = []
        at = 0
        for span in tex.spans(markdown):
            parts += (_shown(markdown[at : span.start()]), _RISKS.sub(r"\g<0> ", span[0]))
            at = span.end()
        markdown = "".join([*parts, _shown(markdown[at:])])
    if "```" in markdown or "~~~" in markdown:
        markdown = _closed(markdown)
    if not markdown.endswith("\\"):
        return markdown
    ends_open = (len(markdown) - len(markdown.rstrip("\\"))) % 2  # it would escape what follows
    return f"{markdown}\\" if ends_open else markdown


def _shown(prose: str) -> str:
    def replace(found: re.Match[str]) -> str:
        before, sign = found.groups()
        is_escaped = len(before) % 2 == 1
        if sign == "<":
            is_address = not is_escaped and _ADDRESS.match(prose, found.start(2))
            return found[0] if is_address else f"{before[is_escaped:]}&lt;"
        if prose[found.end()] == ":":
            return found[0] if _HARMLESS.match(prose, found.end()) else f"{found[0]}\\"
        if is_escaped or (sign == "]" and _HARMLESS.match(prose, found.end())):
            return found[0]
        return f"{before}\\{sign}"

    return _RISKS.sub(replace, prose)


def _closed(markdown: str) -> str:
    """Return ``markdown`` with the marks of a block of code as text, from one that nothing ends."""
    lines = markdown.split("\n")
    fence, start = "", 0
    for number, line in enumerate(lines):
        if found := _FENCE.match(line):
            if not fence:
                fence, start = found[1], number
            elif found[1].startswith(fence) and not found[2].strip():
                fence = ""
    if not fence:
        return markdown
    return "\n".join([*lines[:start], *(_FENCE.sub(r"\\\g<0>", line) for line in lines[start:])])
